"""Which rows at the top of a table hold the names of its columns, and the names."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lab.data.readers.alike import is_one_of
from lab.data.readers.cell_classes import DATE, NUMBER, TEXT, class_of, classes_of, is_like_header
from lab.data.readers.dialect import REMARKS
from lab.data.readers.dividing import Record
from lab.data.readers.entry import ReadOptions

JOINED = " / "
_LOOKED_AT = 400
_BODY = 200
_NO_HEADER = (
    "The file seems to have no header: its first line holds values like the lines below, so the"
    " columns are numbered."
)
_OPEN = (
    "Nothing tells the first line from those below it: it was taken as the names of the columns."
)
_ROW_NAMES = "Every line has one cell more than the header: the first holds row names."
_REMARKED = "The line right above the values begins like a comment, and names the columns."
_MISFIT = (
    "The header has {} cells and the lines below have {}: it is not clear whose names they are, so"
    " the columns are numbered."
)
_MANY = "The header takes {} lines, whose cells were joined to names."
_MAX_ROWS = 5
_YEARS = range(1500, 2200)


@dataclass(frozen=True, kw_only=True)
class Header:
    """The header of a table.

    Parameters
    ----------
    names : tuple of str
        The names of the columns, perhaps empty or twice.
    first, last : int
        Places of its first record and its last; data begins after the last.
    n_rows : int
        Records that it takes, 0 when there is none.
    notes : tuple of str
        What was guessed.
    """

    names: tuple[str, ...]
    first: int
    last: int
    n_rows: int
    notes: tuple[str, ...] = ()


def find_header(records: Sequence[Record], places: Sequence[int], options: ReadOptions) -> Header:
    """Return the header of a table.

    Parameters
    ----------
    records : sequence of Record
        The file's first records.
    places : sequence of int
        Which of them are the table's, all of one width.
    options : ReadOptions
        What is known: the number of rows may be.
    """
    rows = [records[place].cells for place in places[:_LOOKED_AT]]
    top, width = places[0], len(rows[0])
    if options.header_rows is None and options.skip_rows is None and top > 0:
        above = records[top - 1]
        named = _named_by_remark(above, rows)
        if named:
            return Header(names=named, first=top - 1, last=top - 1, n_rows=1, notes=(_REMARKED,))
        borrowed = _of_another_width(above, rows)
        if borrowed is not None:
            names, note = borrowed
            return Header(names=names, first=top - 1, last=top - 1, n_rows=1, notes=note)
        if _is_misfit(above, rows):
            note = (_MISFIT.format(len(above.cells), width),)
            return Header(names=_numbered(width), first=top, last=top - 1, n_rows=0, notes=note)
    guessed = count_header_rows(rows) if options.header_rows is None else options.header_rows
    n_rows = min(guessed, len(rows))
    if not n_rows:
        notes = () if options.header_rows == 0 else (_NO_HEADER,)
        return Header(names=_numbered(width), first=top, last=top - 1, n_rows=0, notes=notes)
    notes = (_MANY.format(n_rows),) if n_rows > 1 else ()
    if n_rows == 1 and options.header_rows is None and _is_open(rows):
        notes = (_OPEN,)
    return Header(
        names=joined_names(rows[:n_rows]), first=top, last=places[n_rows - 1], n_rows=n_rows,
        notes=notes,
    )  # fmt: skip


def count_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows are a header, 0 when already the first one is data.

    Columns vote: one of numbers or dates whose first cell is a word says that there is a header;
    one whose first cell is a value like the others, a word that comes again below, or one of the
    form of those below, says that there is none. Without votes there is one.

    Examples
    --------
    >>> count_header_rows([["a", "b"], ["x", "1"], ["y", "2"]])
    1
    >>> count_header_rows([["z", "3"], ["x", "1"], ["z", "2"]])
    0
    >>> count_header_rows([["", "2019", ""], ["a", "in", "out"], ["x", "1", "2"], ["y", "3", "4"]])
    2
    """
    if len(rows) < 2:
        return len(rows)
    top = next((n for n in range(1, min(_MAX_ROWS, len(rows) - 1) + 1)
                if _is_header(rows, n)), None)  # fmt: skip
    if top is not None:
        return top
    return 0 if _votes(rows[0], rows[1:]) < 0 else 1


def joined_names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names that one or several rows of a header make together.

    A name above several columns stands in the first of their cells: it counts for the empty
    cells after it.

    Examples
    --------
    >>> joined_names([["", "2019", ""], ["town", "in", "out"]])
    ('town', '2019 / in', '2019 / out')
    """
    if len(rows) == 1:
        return tuple(rows[0])
    filled = [_spread(row) for row in rows[:-1]] + [[cell.strip() for cell in rows[-1]]]
    return tuple(
        JOINED.join(dict.fromkeys(part for part in parts if part))
        for parts in zip(*filled, strict=True)
    )


def are_counted(cells: Sequence[str]) -> bool:
    """Return whether cells go up by the same step like years or places, as names may do."""
    texts = [cell.strip() for cell in cells]
    if len(texts) < 2 or not all(text.isascii() and text.isdigit() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    steps = {later - one for one, later in pairwise(numbers)}
    from_start = numbers[0] in {0, 1} and steps == {1} and len(numbers) > 2
    years = all(number in _YEARS for number in numbers) and len(steps) == 1 and steps != {0}
    return from_start or years


def _are_rising(cells: Sequence[str]) -> bool:
    """Return whether cells are numbers that go up, as doses or widths over columns do."""
    try:
        numbers = [float(cell) for cell in cells]
    except ValueError:
        return False
    return len(numbers) > 2 and all(one < later for one, later in pairwise(numbers))


def _numbered(width: int) -> tuple[str, ...]:
    return tuple(f"column_{place}" for place in range(1, width + 1))


def _of_another_width(
    above: Record, rows: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return names from a line right above whose number of cells differs by one from all rows."""
    names, width = above.cells, len(rows[0])
    if not _are_words(names) or _is_header(rows, 1):
        return None
    if len(names) == width + 1 and not names[-1].strip():
        return tuple(names[:-1]), ()
    if len(names) != width - 1:
        return None
    if not any(row[-1].strip() for row in rows):
        return (*names, ""), ()
    firsts = [row[0] for row in rows]
    if len(set(firsts)) == len(firsts) > 1:
        return ("row_name", *names), (_ROW_NAMES,)
    return None


def _named_by_remark(above: Record, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return names from a comment right above rows without a header, empty when it names none."""
    mark = next((mark for mark in REMARKS if above.raw.startswith(mark)), "")
    if not mark or count_header_rows(rows):
        return ()
    first = above.cells[0].removeprefix(mark).strip()
    names = tuple(cell.strip() for cell in ((first,) if first else ()) + tuple(above.cells[1:]))
    is_whole = len(names) == len(rows[0]) == len(set(names))
    return names if is_whole and _are_words(names) and all(names) else ()


def _is_misfit(above: Record, rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a line right above is a header that does not say which name is whose."""
    near = len(rows[0]) - 2 < len(above.cells) < 2 * len(rows[0]) != 2 * len(above.cells)
    return near and _are_words(above.cells) and not _is_header(rows, 1)


def _are_words(cells: Sequence[str]) -> bool:
    words = [cell.strip() for cell in cells if cell.strip()]
    return len(words) > 1 and all(class_of(word) == TEXT for word in words)


def _is_header(rows: Sequence[Sequence[str]], n_rows: int) -> bool:
    """Return whether just these many rows hold words above columns of numbers or dates."""
    body = rows[n_rows : n_rows + _BODY]
    classes = classes_of(body, len(rows[0]))
    typed = [place for place, kind in enumerate(classes) if kind in {NUMBER, DATE}]
    if not typed or not all(is_like_header(row, classes) or _is_span(row, rows[n_rows - 1])
                            for row in rows[:n_rows]):  # fmt: skip
        return False
    if is_like_header(body[0], classes) and len(body) > 2:
        return _stands_out(body[0], typed) is False
    return n_rows == 1 or all(
        _is_span(row, rows[n_rows - 1]) or _stands_out(row, typed) for row in rows[1:n_rows]
    )


def _is_open(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether no column says whether the first of several rows is a header."""
    several = len(rows) > 2 and len(rows[0]) > 1
    return several and not _is_header(rows, 1) and _votes(rows[0], rows[1:]) == 0


def _stands_out(row: Sequence[str], typed: Sequence[int]) -> bool:
    """Return whether a row below the first one is a header too: units, or more names."""
    words = [place for place in typed if class_of(row[place]) == TEXT]
    others = [cell for place, cell in enumerate(row) if place not in typed and cell.strip()]
    return len(words) > 1 or (bool(words) and not others)


def _is_span(row: Sequence[str], below: Sequence[str]) -> bool:
    """Return whether cells are names above groups of columns: gaps, and words below all."""
    gaps = sum(not cell.strip() for cell in row)
    names = all(class_of(cell) == TEXT for cell in below if cell.strip())
    return row is not below and 0 < gaps < len(row) and names and bool(any(
        cell.strip() for cell in below
    ))  # fmt: skip


def _votes(first: Sequence[str], body: Sequence[Sequence[str]]) -> int:
    """Return for how many columns more the first row is a header than not."""
    classes = classes_of(body[:_BODY], len(first))
    numbers = [cell for cell in first if class_of(cell) == NUMBER]
    named = any(kind == NUMBER and class_of(cell) == TEXT
                for cell, kind in zip(first, classes, strict=True))  # fmt: skip
    counted = are_counted(numbers) or (named and _are_rising(numbers))
    votes = 0
    for place, (cell, kind) in enumerate(zip(first, classes, strict=True)):
        found = class_of(cell)
        if kind in {NUMBER, DATE} and found:
            votes += 1 if found == TEXT else 0 if counted else -1
        elif kind == TEXT and found:
            below = [row[place] for row in body[:_BODY]]
            is_word = found == TEXT
            votes -= cell in below or (is_one_of(cell, below) if is_word else not counted)
    return votes


def _spread(row: Sequence[str]) -> list[str]:
    spread: list[str] = []
    for cell in row:
        spread.append(cell.strip() or (spread[-1] if spread else ""))
    return spread
