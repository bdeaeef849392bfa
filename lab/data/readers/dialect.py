"""How a text file is divided: the delimiter, its header, and where the data starts."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lab.base import LabError, plain_text
from lab.data.readers.limits import check_columns

DELIMITERS = (",", ";", "\t", "|", ":")
TITLES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", ":": "colon",
          " ": "blank"}  # fmt: skip
_MAX_LINES = 500
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a text file is divided.

    Parameters
    ----------
    delimiter : str
        Between cells; empty when every line is one cell.
    names : tuple of str
        The cells of the header.
    start : int
        Bytes before the first line of data, in UTF-8.
    notes : tuple of str
        What was skipped or added.
    """

    delimiter: str
    names: tuple[str, ...]
    start: int
    notes: tuple[str, ...] = ()


def find_dialect(head: str, *, complete: bool, delimiter: str | None = None) -> Dialect:
    """Return how a file is divided, from its first lines.

    A delimiter counts only if the header and nearly every line have the same number of cells with
    it; when several do, a second opinion decides.

    Parameters
    ----------
    head : str
        Beginning of the file.
    complete : bool
        Whether this is the whole file, so that its last line counts.
    delimiter : str, optional
        When it is known.

    Raises
    ------
    LabError
        When there is no header or the delimiter is not one character.
    """
    offset, notes, said = _skip_preamble(head)
    body = head[offset:]
    if not complete:
        body = body[: body.rfind("\n") + 1] or body
    _check_delimiter(delimiter)
    mark = delimiter or said or _guess(body)
    names, length = _header(body, mark)
    check_columns(len(names))
    names, more = _fit_header(names, body[length:], mark)
    start = len(head[: offset + length].encode())
    return Dialect(delimiter=mark, names=names, start=start, notes=(*notes, *more))


def told_header(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return a note when the header holds values rather than names.

    Examples
    --------
    >>> told_header(("5.1", "3.5", "setosa"))
    ('2 column names are numbers (5.1, 3.5): the file may have no header.',)
    """
    numbers = [name.strip() for name in names if _NUMBER.fullmatch(name.strip())]
    counted = [str(place) for place in range(len(numbers))]
    if len(numbers) < 0.5 * len(names) or numbers == counted:
        return ()
    shown = ", ".join(plain_text(name) for name in numbers[:3])
    return (f"{len(numbers)} column names are numbers ({shown}): the file may have no header.",)


def cells(text: str, delimiter: str, *, limit: int = _MAX_LINES) -> list[list[str]]:
    """Return the cells of the first lines that are not blank."""
    csv.field_size_limit(1 << 30)
    reader = csv.reader(_lines(text), delimiter=delimiter or "\x1f")
    rows: list[list[str]] = []
    for row in reader:
        if row:
            rows.append(row)
        if len(rows) >= limit:
            break
    return rows


def _lines(text: str) -> Iterator[str]:
    """Return the lines with their ends, one after the other: only the first of many are needed."""
    return (found[0] for found in _LINE.finditer(text))


def _check_delimiter(delimiter: str | None) -> None:
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n' or not (
        delimiter.isascii()
    )):  # fmt: skip
        raise LabError(
            f"the delimiter {plain_text(delimiter)!r} is not one character",
            hint="Common ones are comma, semicolon, tab, vertical bar and colon.",
        )


def _skip_preamble(head: str) -> tuple[int, tuple[str, ...], str]:
    """Return the length of what stands before the header, notes, and a delimiter named there."""
    offset, skipped, said = 0, 0, ""
    lines = head.splitlines(keepends=True)
    for place, line in enumerate(lines[:50]):
        text = line.strip()
        if text.lower().startswith("sep=") and place == 0 and len(text) <= 5:
            said = line[4:5].strip("\r\n") or ","
        elif text and not (text[0] in "#%" and _is_comment(text, lines, place)):
            break
        else:
            skipped += bool(text)
        offset += len(line)
    lines_word = "line" if skipped == 1 else "lines"
    return offset, ((f"{skipped} comment {lines_word} before the header left out.",)
                    if skipped else ()), said  # fmt: skip


def _is_comment(text: str, lines: list[str], place: int) -> bool:
    following = [line for line in lines[place + 1 : place + 6] if line.strip()]
    return bool(following) and not any(
        text.count(mark) and text.count(mark) == following[-1].count(mark) for mark in DELIMITERS
    ) and (text[0] == "#" or text[0] == "%")  # fmt: skip


def _guess(body: str) -> str:
    fitting = {}
    for mark in DELIMITERS:
        rows = cells(body, mark)
        share = _consistency(rows)
        if share >= 0.8:
            fitting[mark] = (round(share, 2), -_dirt(rows))
    if not fitting:
        return _majority(body)
    best = max(fitting.values())
    tied = [mark for mark, score in fitting.items() if score == best]
    return tied[0] if len(tied) == 1 else _second_opinion(body, tied)


def _consistency(rows: list[list[str]]) -> float:
    """Return the share of lines that have as many cells as the header, 0 for one cell."""
    if not rows:
        return 0.0
    widths = Counter(len(row) for row in rows[1:] or rows)
    width, _ = widths.most_common(1)[0]
    if width < 2 or len(rows[0]) not in {width, width - 1} or len(rows[0]) < 2:
        return 0.0
    return widths[width] / sum(widths.values())


def _majority(body: str) -> str:
    """Return a delimiter that divides the header and most lines unevenly, empty for one column."""
    for mark in DELIMITERS[:4]:
        header, *rows = cells(body, mark) or [[]]
        divided = sum(len(row) > 1 for row in rows)
        if len(header) > 1 and divided > 0.5 * len(rows):
            return mark
    return ""


def _dirt(rows: list[list[str]]) -> int:
    """Return the number of cells with another delimiter in them, per hundred."""
    flat = [cell for row in rows[:50] for cell in row]
    dirty = sum(1 for cell in flat if any(mark in cell for mark in DELIMITERS[:4]))
    return round(100 * dirty / max(1, len(flat)))


def _second_opinion(body: str, tied: list[str]) -> str:
    import clevercsv

    lines = body.splitlines(keepends=True)[:50]
    try:
        found = clevercsv.Sniffer().sniff("".join(lines), delimiters="".join(tied))
    except clevercsv.Error:
        return tied[0]
    return found.delimiter if found and found.delimiter in tied else tied[0]


def _header(body: str, delimiter: str) -> tuple[tuple[str, ...], int]:
    """Return the cells of the first record and its length in characters."""
    length = 0
    for line in _lines(body):
        length += len(line)
        if body[:length].count('"') % 2 == 0 and body[:length].strip():
            break
    record = body[:length]
    rows = cells(record, delimiter, limit=1)
    if not rows:
        raise LabError("the file is empty", hint="Choose a file with a header and rows.")
    return tuple(rows[0]), length


def _fit_header(
    names: tuple[str, ...], data: str, delimiter: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the header with a name added when every line has one cell more."""
    rows = cells(data, delimiter)
    if not rows or not delimiter or any(len(row) != len(names) + 1 for row in rows):
        return names, ()
    if not any(row[-1].strip() for row in rows):
        return (*names, ""), ()
    firsts = [row[0] for row in rows]
    if len(set(firsts)) == len(firsts) and len(rows) > 1:
        return ("row_name", *names), (
            "Every line has one cell more than the header: the first holds row names.",
        )
    return names, ()
