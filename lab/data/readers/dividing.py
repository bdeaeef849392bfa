"""Lines divided into cells by a dialect, with what was wrong about their quotation marks."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lab.data.readers.dialect import BLANKS, RUNS, Dialect

INNER = "inner"
STRAY = "stray"
UNCLOSED = "unclosed"
_MAX_LINES = 2_000
_MAX_ESCAPED = 30
"""Lines of a record whose ends are escaped; a file of nothing else would take for ever."""
_MAX_LENGTH = 256 << 10
_RULES = frozenset("-+|=: ")
_RULER = re.compile(r"[\s|+:=-]*-{3}[\s|+:=-]*")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and where it stands.

    Parameters
    ----------
    line : int
        Its first line, counted from 0.
    n_lines : int
        Lines that it takes.
    raw : str
        The text, without the last line end.
    cells : list of str
        Empty for a blank line.
    fault : str
        What was wrong about its quotation marks: empty, ``"inner"`` for marks within a cell that
        are not marked as text, ``"stray"`` when a delimiter stands between two of them, or
        ``"unclosed"``.
    """

    line: int
    n_lines: int
    raw: str
    cells: list[str] = field(default_factory=list)
    fault: str = ""


def lines_of(text: str) -> list[str]:
    """Return the lines without their ends."""
    lines = _LINE_END.split(text) if "\r" in text else text.split("\n")
    return lines[:-1] if lines and not lines[-1] else lines


class Divider:
    """Divides lines into cells.

    Parameters
    ----------
    dialect : Dialect
        Marks between and around cells.
    width : int, optional
        Cells of a record, when known: only then is it believed that a cell goes on in the next
        line if that makes the record as wide as the others.
    """

    def __init__(self, dialect: Dialect, width: int | None = None) -> None:
        self.dialect, self.width = dialect, width
        mark, quote, escape = dialect.delimiter, dialect.quote, re.escape(dialect.escape)
        between = RUNS.get(mark, re.escape(mark))
        lead = "" if mark[:1].isspace() or not mark else " *"
        end = rf"(?={between}|\Z)" if mark else r"(?=\Z)"
        self._between = re.compile(between, re.DOTALL)
        self._plain = _plain(mark, between, escape)
        q = re.escape(quote or "\0")
        escaped = rf"{q}{q}" + (rf"|{escape}." if escape else "")
        body = rf"[^{q}{escape}]*(?:(?:{escaped})[^{q}{escape}]*)*"
        self._opening = re.compile(rf"{lead}{q}") if quote else None
        self._strict = re.compile(rf"{lead}{q}({body}){q}{lead}{end}", re.DOTALL)
        self._closing = re.compile(rf"{lead}{q}{body}{q}(?!{q})", re.DOTALL)
        self._lenient = re.compile(rf"{lead}{q}(.*?){q}{lead}{end}")
        marks = rf"{between}|{q}|{escape}|\n"
        self._escaped = re.compile(rf"{escape}({marks})") if escape else None
        self._simple = len(mark) == 1 and mark != " " and bool(quote) and not escape
        self._marks = tuple(one for one in (quote, dialect.escape) if one)

    def records(self, lines: Sequence[str], start: int = 0) -> Iterator[Record]:
        """Return the records of lines in turn, blank ones without cells."""
        place = start
        while place < len(lines):
            record = self.record(lines, place)
            yield record
            place += record.n_lines

    def record(self, lines: Sequence[str], place: int) -> Record:
        """Return the record that begins in a line."""
        line = lines[place]
        if self.is_blank(line):
            return Record(place, 1, line)
        if not any(mark in line for mark in self._marks):
            return Record(place, 1, line, self.split(line))
        quick = self._quickly(line)
        found = Record(place, 1, line, quick) if quick else self._marked(lines, place)
        return replace(found, fault=STRAY) if self._has_stray_marks(found) else found

    def is_blank(self, line: str) -> bool:
        """Return whether a line holds nothing or is a ruler; one of tabs alone is empty cells."""
        mark = self.dialect.delimiter
        if mark and line[:1] in _RULES and _RULER.fullmatch(line):
            return True
        return not line.strip() and (not mark or mark in {" ", *RUNS} or mark not in line)

    def split(self, line: str) -> list[str]:
        """Return the cells of a line by its delimiters alone."""
        mark = self.dialect.delimiter
        if mark == BLANKS:
            return line.split()
        if mark in RUNS:
            return self._between.split(line.strip(" \t"))
        return line.split(mark) if mark else [line]

    def unquoted(self, raw: str) -> str:
        """Return a cell without the marks around it."""
        quote, text = self.dialect.quote, raw.strip(" ")
        if quote and text.startswith(quote):
            text = text[1:]
            return self._plain_text(text.removesuffix(quote))
        return text.removesuffix(quote) if quote and text.count(quote) == 1 else raw

    def _marked(self, lines: Sequence[str], place: int) -> Record:
        """Return the record that begins in a line with marks."""
        line = lines[place]
        text = self._stripped(line)
        cells, fault, opened = self._divided(text, strict=True)
        if not fault:
            return self._going_on(lines, place, len(cells)) or Record(place, 1, line, cells)
        over = None if self._closing.match(text, opened) else self._over_lines(lines, place)
        if over is not None:
            return over
        cells, fault, opened = self._divided(text)
        if fault == UNCLOSED:
            return self._bounded(line, place, opened)
        return Record(place, 1, line, cells, fault)

    def _has_stray_marks(self, record: Record) -> bool:
        """Return whether a delimiter stands between two marks that are within cells."""
        quote = self.dialect.quote
        if record.fault or record.n_lines > 1 or not quote or self.dialect.marks_within:
            return False
        if not any(quote in cell for cell in record.cells):
            return False
        odd = [part for part in self.split(record.raw)
               if part.count(quote) % 2 and not part.lstrip().startswith(quote)
               and part in record.cells]  # fmt: skip
        ends = [part.rstrip().endswith(quote) for part in odd]
        return False in ends and True in ends[ends.index(False) :]

    def _quickly(self, line: str) -> list[str] | None:
        """Return the cells of a line whose marks are right without blanks around, else None."""
        quote = self.dialect.quote
        if not self._simple or f" {quote}" in line or f"{quote} " in line:
            return None
        try:
            mark = self.dialect.delimiter
            return next(csv.reader((line,), delimiter=mark, quotechar=quote, strict=True))
        except csv.Error:
            return None

    def _stripped(self, line: str) -> str:
        return line.strip(" \t") if self.dialect.delimiter in RUNS else line

    def _divided(self, text: str, *, strict: bool = False) -> tuple[list[str], str, int]:
        """Return cells, what is wrong, and where a cell opens that is never closed."""
        cells: list[str] = []
        place, fault = 0, ""
        while True:
            found = None
            if self._opening and self._opening.match(text, place):
                found = self._strict.match(text, place)
                if found is None and not strict:
                    found, fault = self._lenient.match(text, place), INNER
                if found is None:
                    return cells, UNCLOSED, place
                cells.append(self._plain_text(found[1]))
            else:
                found = self._plain.match(text, place)
                cells.append(self._unescaped(found[0]) if found else "")
            place = found.end() if found else len(text)
            between = self._between.match(text, place) if place < len(text) else None
            if between is None or between.end() == place:
                return cells, fault, -1
            place = between.end()

    def _over_lines(self, lines: Sequence[str], place: int) -> Record | None:
        """Return a record over several lines when its marks are right and it is wide enough."""
        text = lines[place]
        for other in range(place + 1, min(place + _MAX_LINES, len(lines))):
            if self.dialect.quote not in lines[other]:
                continue
            text = "\n".join(lines[place : other + 1])
            if len(text) > _MAX_LENGTH:
                return None
            cells, fault, opened = self._divided(text, strict=True)
            if not fault:
                right = self.width is None or len(cells) == self.width
                return Record(place, other + 1 - place, text, cells) if right else None
            if self._closing.match(text, opened):
                return None
        return None

    def _going_on(self, lines: Sequence[str], place: int, n_cells: int) -> Record | None:
        """Return a record of lines that end with an escape before the line end, if wide enough."""
        if n_cells == self.width:
            return None
        end = next((other for other, line in enumerate(lines[place : place + _MAX_ESCAPED])
                    if not self._is_escaped_end(line)), 0)  # fmt: skip
        if not end:
            return None
        text = "\n".join(lines[place : place + end + 1])
        cells, fault, _ = self._divided(text, strict=True)
        right = not fault and self.width in {None, len(cells)}
        return Record(place, end + 1, text, cells) if right else None

    def _is_escaped_end(self, line: str) -> bool:
        escape = self.dialect.escape
        return bool(escape) and (len(line) - len(line.rstrip(escape))) % 2 == 1

    def _bounded(self, line: str, place: int, opened: int) -> Record:
        """Return the record of one line whose quotation mark is never closed."""
        lead = len(line) - len(line.lstrip(" \t")) if self.dialect.delimiter in RUNS else 0
        opening = line.index(self.dialect.quote, lead + opened)
        cells, _, _ = self._divided(self._stripped(line[:opening]) + line[opening + 1 :])
        return Record(place, 1, line, cells, UNCLOSED)

    def _plain_text(self, text: str) -> str:
        quote = self.dialect.quote
        return self._unescaped(text.replace(quote + quote, quote) if quote else text)

    def _unescaped(self, text: str) -> str:
        return self._escaped.sub(r"\1", text) if self._escaped else text


def _plain(mark: str, between: str, escape: str) -> re.Pattern[str]:
    """Return the pattern of a cell without marks around it."""
    if not mark:
        return re.compile(r".*", re.DOTALL)
    other = rf"[^{between}{escape}]" if len(mark) == 1 else rf"(?!{between})[^{escape or chr(0)}]"
    if mark == BLANKS:
        other = rf"[^ \t{escape}]"
    if not escape:
        body = rf"{other}*" if len(mark) == 1 or mark == BLANKS else rf"(?:{other})*"
    else:
        body = rf"(?:{other}|{escape}.|{escape}\Z)*"
    return re.compile(body, re.DOTALL)
