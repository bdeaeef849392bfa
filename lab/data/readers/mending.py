"""Text brought into the shape of its table: records mended, or left out and told by line."""

from collections.abc import Sequence
from itertools import groupby

from lab.data.readers.cell_classes import (
    DATE,
    NUMBER,
    TEXT,
    class_of,
    classes_of,
    come_again,
    conforms,
    is_alone,
    is_like_header,
)
from lab.data.readers.dialect import RUNS, Dialect
from lab.data.readers.dividing import Divider, Record, lines_of
from lab.data.readers.events import COMMENT, FOOTER, HEADER, LEFT_OUT, OTHER, Event
from lab.data.readers.mended import Mended, quoted
from lab.data.readers.repairing import Shape, repaired

_MARKS = "\x1f\x1e\x1d\x1c"
_RUN = 3
_AHEAD = 5
_LOOKED_AT = 100
_SHOWN = 200


def mend(text: str, dialect: Dialect, shape: Shape, *, last: bool) -> Mended:
    """Return the records of a piece of text, all as wide as the table.

    Parameters
    ----------
    text : str
        Whole lines.
    dialect : Dialect
        How their cells are divided.
    shape : Shape
        What the table's records have in common.
    last : bool
        Whether the file ends here, so that notes below the table are looked for.
    """
    work = _Work(text, dialect, shape)
    work.find_headers()
    work.judge_odd()
    if last:
        work.find_footer()
    return work.result()


class _Work:
    """The records of one piece and what is made of each."""

    def __init__(self, text: str, dialect: Dialect, shape: Shape) -> None:
        self.shape, self.dialect = shape, dialect
        self.divider = Divider(dialect, shape.width)
        self.lines = lines_of(text)
        self.rows: list[str | Record] = []
        self.places: list[int] = []
        self.odd: list[int] = []
        self.fates: dict[int, str] = {}
        self.cells: dict[int, list[str]] = {}
        self.after_blank: set[int] = set()
        self.comments: list[int] = []
        self.end: int | None = None
        free = [mark for mark in _MARKS if mark not in text]
        self.mark = free[0] if free else ","
        self._divide()

    def find_headers(self) -> None:
        """Find lines that repeat the header, and where another table of this width begins."""
        typed = next((place for place, kind in enumerate(self.shape.classes)
                      if kind in {NUMBER, DATE}), None)  # fmt: skip
        odd = set(self.odd)
        for row in range(1, len(self.rows)):
            if row in odd:
                continue
            if typed is None:
                self._repeats_names(row)
            elif self._is_word(self._cell(row, typed)) and self._begins_table(row):
                self.end = self._above_titles(row)
                return

    def judge_odd(self) -> None:
        """Mend or leave out records that are not as wide as the table."""
        end = len(self.rows) if self.end is None else self.end
        odd = [row for row in self.odd if row < end]
        last, width = -_RUN, 0
        for (_, n_cells), same in groupby(enumerate(odd), key=lambda pair: self._run_key(*pair)):
            run = [row for _, row in same]
            goes_on = n_cells == width and run[0] - last < _RUN
            if goes_on or self._is_other_table(run):
                first = last + 1 if goes_on else run[0]
                last, width = run[-1], n_cells
                self.fates.update((row, OTHER) for row in odd if first <= row <= last)
                continue
            for row in run:
                self._mend(row)

    def find_footer(self) -> None:
        """Find notes below the table: what is no record, or words in the first cell alone.

        Words are a note when the first column holds values, or when they are several and longer
        than all of its words; not where records above have words alone too.
        """
        last = (len(self.rows) if self.end is None else self.end) - 1
        row = last
        while row > 0 and (self.fates.get(row) == LEFT_OUT or self._is_note(row)):
            row -= 1
        found = range(row + 1, last + 1)
        alone = [one for one in found if self.fates.get(one) != LEFT_OUT]
        usual = bool(alone) and not self._are_notes(alone, range(row + 1))
        for one in found:
            if not usual or self.fates.get(one) == LEFT_OUT:
                self.fates[one] = FOOTER

    def result(self) -> Mended:
        """Return the records that are left and what was done about the others."""
        end = len(self.rows) if self.end is None else self.end
        dropped = {LEFT_OUT, HEADER, OTHER, FOOTER}
        left_out = tuple(row for row in sorted(self.fates) if self.fates[row] in dropped)
        gone = set(left_out)
        written = [self._written(row) for row in range(end) if row not in gone]
        data = "".join(line + "\n" for line in written).encode()
        return Mended(
            data=data, delimiter=self.mark, n_rows=end, left_out=left_out,
            events=tuple(self._events(end)), ended=self.end is not None,
        )  # fmt: skip

    def _divide(self) -> None:
        dialect, width, lines = self.dialect, self.shape.width, self.lines
        mark, quote, comment = dialect.delimiter, dialect.quote, dialect.comment
        simple = bool(mark) and mark not in RUNS and not dialect.escape and width > 1
        place = 0
        while place < len(lines):
            line = lines[place]
            if comment and line.lstrip().startswith(comment):
                self.comments.append(place)
                place += 1
            elif simple and line.count(mark) == width - 1 and not (
                (quote and quote in line) or '"' in line or "---" in line
            ):  # fmt: skip
                self.rows.append(line)
                self.places.append(place)
                place += 1
            else:
                place += self._take(self.divider.record(lines, place))

    def _take(self, record: Record) -> int:
        if not record.cells:
            if record.raw.strip():
                self.comments.append(record.line)
            else:
                self.after_blank.add(len(self.rows))
            return record.n_lines
        if len(record.cells) != self.shape.width or record.fault:
            self.odd.append(len(self.rows))
        self.rows.append(record)
        self.places.append(record.line)
        return record.n_lines

    def _cells(self, row: int) -> list[str]:
        found = self.rows[row]
        return found.split(self.dialect.delimiter) if isinstance(found, str) else found.cells

    def _cell(self, row: int, place: int) -> str:
        found = self.rows[row]
        if isinstance(found, str):
            return found.split(self.dialect.delimiter, place + 1)[place]
        return found.cells[place]

    def _is_word(self, cell: str) -> bool:
        """Return whether a cell is no value, quickly when it begins like one."""
        return not cell[:1].isdigit() and class_of(cell) == TEXT

    def _repeats_names(self, row: int) -> bool:
        cells = [cell.strip() for cell in self._cells(row)]
        repeated = cells == [name.strip() for name in self.shape.names]
        if repeated:
            self.fates[row] = HEADER
        return repeated

    def _begins_table(self, row: int) -> bool:
        """Return whether a row is the header of another table; one alone is left out."""
        if self._repeats_names(row):
            return False
        cells = self._cells(row)
        filled = [cell.strip() for cell in cells if cell.strip()]
        is_apart = self._above_titles(row) in self.after_blank
        n_names = min(2, len(cells)) if is_apart else len(cells)
        are_names = len(set(filled)) == len(filled) >= n_names
        if not are_names or not is_like_header(cells, self.shape.classes):
            return False
        following = [self._cells(other) for other in range(row + 1, len(self.rows))[:_AHEAD]]
        if come_again(cells, following):
            return False
        strange = [other for other in following if len(other) != len(cells)
                   or not conforms(other, self.shape.classes)]  # fmt: skip
        is_padded = len(filled) < len(cells)
        if (is_apart and not is_padded) or 2 * len(strange) > max(1, len(following)):
            return bool(following)
        if self.shape.n_typed > 1:
            self.fates[row] = HEADER
        return False

    def _above_titles(self, row: int) -> int:
        """Return the first of titles right above a row that follow a blank line, or the row."""
        first = row
        while first > 1 and is_alone(self._cells(first - 1)):
            first -= 1
        return first if first in self.after_blank else row

    def _run_key(self, place: int, row: int) -> tuple[int, int]:
        return row - place, len(self._cells(row))

    def _is_other_table(self, run: Sequence[int]) -> bool:
        """Return whether neighbouring records of another width are a table of their own."""
        first = self._cells(run[0])
        if len(run) < 2 or len(first) < 2:
            return False
        if len(run) >= _RUN and self._has_names(run):
            return True
        strange = sum(not self._fits(row) for row in run)
        if run[0] in self.after_blank and strange:
            return True
        return len(run) >= _RUN and 2 * strange > len(run)

    def _has_names(self, run: Sequence[int]) -> bool:
        """Return whether the first of some records is a header of the others."""
        first, others = self._cells(run[0]), [self._cells(row) for row in run[1:]]
        is_words = all(class_of(cell) == TEXT for cell in first) and len(set(first)) == len(first)
        classes = classes_of(others[:_LOOKED_AT], len(first))
        return is_words and is_like_header(first, classes)

    def _fits(self, row: int) -> bool:
        found = self.rows[row]
        return isinstance(found, str) or repaired(found, self.shape, self.divider) is not None

    def _mend(self, row: int) -> None:
        record = self.rows[row]
        if isinstance(record, str):
            return
        found = repaired(record, self.shape, self.divider)
        if found is None:
            self.fates[row] = LEFT_OUT
            return
        self.cells[row], how = found
        if how:
            self.fates[row] = how

    def _are_notes(self, alone: Sequence[int], above: range) -> bool:
        if any(map(self._is_note, above)):
            return False
        longest = max((len(self._cells(row)[0]) for row in above), default=0)
        typed = self.shape.classes[0] in {NUMBER, DATE}
        words = [self._cells(row)[0].strip() for row in alone]
        return typed or all(len(word) > longest and not word.isalnum() for word in words)

    def _is_note(self, row: int) -> bool:
        cells = self.cells.get(row) or self._cells(row)
        return len(cells) > 2 and self.shape.n_typed > 0 and is_alone(cells)

    def _written(self, row: int) -> str:
        found = self.rows[row]
        if isinstance(found, str) and self.mark != ",":
            return found.replace(self.dialect.delimiter, self.mark)
        cells = self.cells.get(row) or self._cells(row)
        if cells == [""]:
            return '""'
        return self.mark.join(quoted(cell, self.mark) for cell in cells)

    def _events(self, end: int) -> list[Event]:
        found = [Event(kind=COMMENT, line=place) for place in self.comments]
        for row, kind in self.fates.items():
            record = self.rows[row]
            raw, n_lines = (record, 1) if isinstance(record, str) else (record.raw, record.n_lines)
            found.append(
                Event(kind=kind, line=self.places[row], n_lines=n_lines,
                      width=len(self._cells(row)), text=raw[:_SHOWN])
            )  # fmt: skip
        if end < len(self.rows):
            line, width = self.places[end], len(self._cells(end))
            rows = sum(len(self._cells(row)) == width for row in range(end, len(self.rows)))
            found.append(
                Event(
                    kind=OTHER, line=line, n_lines=len(self.lines) - line, width=width, n_rows=rows
                )
            )
        return sorted(found, key=lambda event: event.line)
