"""One record of the wrong width or with wrong quotation marks: mended if there is only one way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.data.readers.cell_classes import (
    DATE,
    MIXED,
    NOTHING,
    NUMBER,
    TEXT,
    class_of,
    classes_of,
    conforms,
)
from lab.data.readers.dialect import RUNS
from lab.data.readers.dividing import INNER, STRAY, UNCLOSED, Divider, Record
from lab.data.readers.events import FILLED, JOINED, MARKS, TRIMMED

_FEW = 30
_REPEATED = 4
_MOST_MARKS = 60


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What the records of a table have in common.

    Parameters
    ----------
    names : tuple of str
        The cells of the header.
    classes : tuple of str
        What each column looks like: numbers, dates, text, or nothing when it is empty.
    levels : tuple of frozenset of str
        The values of columns that hold a few that repeat; empty for others.
    """

    names: tuple[str, ...]
    classes: tuple[str, ...]
    levels: tuple[frozenset[str], ...] = ()

    @property
    def width(self) -> int:
        """Cells of a record."""
        return len(self.names)

    @property
    def n_typed(self) -> int:
        """Columns of numbers or dates."""
        return sum(kind in {NUMBER, DATE} for kind in self.classes)


def shape_of(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Shape:
    """Return the shape of a table from some of its rows, all of the header's width."""
    classes = classes_of(rows, len(names))
    levels = tuple(
        _levels(rows, place) if kind == TEXT else frozenset() for place, kind in enumerate(classes)
    )
    return Shape(names=tuple(names), classes=classes, levels=levels)


def repaired(record: Record, shape: Shape, divider: Divider) -> tuple[list[str], str] | None:
    """Return the cells of a record and how they were mended, None when that is not clear.

    A record of the right width is mended only in its quotation marks. One that is too wide loses
    empty cells at its end, or has neighbouring cells joined where just one way suits what the
    columns hold. One that is too short gets missing cells at its end, unless a gap elsewhere
    suits better, or the last cells cannot be where they would be.
    """
    cells = record.cells
    if len(cells) == shape.width:
        if not record.fault:
            return cells, ""
        fits = _are_whole(record, shape, divider) if record.fault == STRAY else conforms(
            cells, shape.classes
        )  # fmt: skip
        return (cells, MARKS) if fits else None
    if len(cells) > shape.width:
        return _trimmed(cells, shape) or _joined(record, shape, divider)
    return _without_marks(record, shape, divider) or _filled(record, shape)


def _are_whole(record: Record, shape: Shape, divider: Divider) -> bool:
    """Return whether no mark stands within a cell of a column of numbers or dates."""
    quote = divider.dialect.quote
    typed = zip(record.cells, shape.classes, strict=True)
    return not any(kind in {NUMBER, DATE} and quote in cell for cell, kind in typed)


def _levels(rows: Sequence[Sequence[str]], place: int) -> frozenset[str]:
    seen = [row[place] for row in rows if row[place].strip()]
    found = frozenset(seen)
    return found if len(found) <= _FEW and len(seen) >= _REPEATED * len(found) else frozenset()


def _suits(cells: Sequence[str], shape: Shape) -> list[int]:
    """Return for each cell 1 when its column wants it so, -1 when it cannot be there, else 0."""
    levels = shape.levels or (frozenset(),) * shape.width
    return [_suits_column(cell, kind, few) for cell, kind, few in
            zip(cells, shape.classes, levels, strict=True)]  # fmt: skip


def _suits_column(cell: str, kind: str, levels: frozenset[str]) -> int:
    found = class_of(cell)
    if not found or kind in {MIXED, NOTHING}:
        return 0
    if levels:
        return 1 if cell in levels else -1
    if kind == TEXT:
        return 0 if found == TEXT else -1
    return 1 if found == kind else -1


def _trimmed(cells: list[str], shape: Shape) -> tuple[list[str], str] | None:
    """Return the cells without empty ones beyond the width, or without one that is too much.

    That is the one at the end, unless only without another one the cells suit their columns.
    """
    if len(cells) > shape.width + 1:
        if any(map(str.strip, cells[shape.width :])) or not conforms(cells, shape.classes):
            return None
        return cells[: shape.width], TRIMMED
    ways: dict[tuple[str, ...], int] = {}
    for place in reversed(range(len(cells))):
        row = (*cells[:place], *cells[place + 1 :])
        if not cells[place].strip() and _can_be(row, shape):
            ways.setdefault(row, sum(_suits(row, shape)))
    best = [row for row, score in ways.items() if score == max(ways.values())]
    is_clear = len(best) == 1 or (len(best) > 1 and best[0] == tuple(cells[:-1]))
    return (list(best[0]), TRIMMED) if is_clear else None


def _can_be(cells: Sequence[str], shape: Shape) -> bool:
    """Return whether no cell is in a column that it does not suit, or that is always empty."""
    filled = (cell.strip() and kind == NOTHING
              for cell, kind in zip(cells, shape.classes, strict=True))  # fmt: skip
    return not any(filled) and min(_suits(cells, shape)) >= 0


def _joined(record: Record, shape: Shape, divider: Divider) -> tuple[list[str], str] | None:
    if record.n_lines > 1 or divider.dialect.delimiter in RUNS:
        return None
    if record.fault:
        marked = [cells for cells, group in _joins(divider.split(record.raw), shape, divider)
                  if _is_marked(group, divider)]  # fmt: skip
        if len(marked) == 1 and conforms(marked[0], shape.classes):
            return marked[0], JOINED
    if record.fault == UNCLOSED:
        return None
    ways = [(sum(suits) + _blanks(record.cells, group, divider), cells)
            for cells, group in _joins(record.cells, shape, divider)
            if _is_prose(group) and min(suits := _suits(cells, shape)) >= 0]  # fmt: skip
    best = max((score for score, _ in ways), default=0)
    found = [cells for score, cells in ways if score == best]
    return (found[0], JOINED) if len(found) == 1 else None


def _joins(
    parts: Sequence[str], shape: Shape, divider: Divider
) -> Iterator[tuple[list[str], list[str]]]:
    """Return every way to make one cell of neighbouring parts, with the parts that are joined."""
    more = len(parts) - shape.width + 1
    for place in range(shape.width if more > 1 else 0):
        group = list(parts[place : place + more])
        cells = [*parts[:place], divider.dialect.delimiter.join(group), *parts[place + more :]]
        yield [divider.unquoted(cell) for cell in cells], group


def _is_marked(group: Sequence[str], divider: Divider) -> bool:
    """Return whether parts begin and end as one cell between quotation marks does."""
    quote = divider.dialect.quote
    return bool(quote) and group[0].lstrip().startswith(quote) and group[-1].rstrip().endswith(
        quote
    )  # fmt: skip


def _is_prose(group: Sequence[str]) -> bool:
    """Return whether each part is text, so that they may be one cell with a delimiter in it."""
    return all(class_of(part) == TEXT or (part.startswith(" ") and part.strip())
               for part in group)  # fmt: skip


def _blanks(cells: Sequence[str], group: Sequence[str], divider: Divider) -> int:
    """Return 1 when just the joined parts go on after a blank, as in prose."""
    if divider.dialect.delimiter.endswith(" "):
        return 0
    after = sum(cell.startswith(" ") for cell in cells[1:])
    return int(after > 0 and after == sum(part.startswith(" ") for part in group[1:]))


def _without_marks(record: Record, shape: Shape, divider: Divider) -> tuple[list[str], str] | None:
    """Return the cells without the one mark that hides some, or divided at every delimiter."""
    if record.n_lines > 1 or record.fault not in {INNER, STRAY, UNCLOSED}:
        return None
    cells = [divider.unquoted(part) for part in divider.split(record.raw)]
    if len(cells) == shape.width and conforms(cells, shape.classes):
        return cells, MARKS
    ways = [cells for cells in _with_a_mark_less(record.raw, divider)
            if len(cells) == shape.width and conforms(cells, shape.classes)]  # fmt: skip
    return (ways[0], MARKS) if ways and all(way == ways[0] for way in ways) else None


def _with_a_mark_less(raw: str, divider: Divider) -> Iterator[list[str]]:
    """Return the cells of a line for each quotation mark that is taken out of it."""
    quote = divider.dialect.quote
    places = [place for place, letter in enumerate(raw) if letter == quote]
    for place in places if len(places) <= _MOST_MARKS else ():
        again = divider.record([raw[:place] + raw[place + 1 :]], 0)
        if not again.fault:
            yield again.cells


def _filled(record: Record, shape: Shape) -> tuple[list[str], str] | None:
    cells, lacking = record.cells, shape.width - len(record.cells)
    if record.fault or not _is_enough(cells, shape):
        return None
    at_end = _suits([*cells, *[""] * lacking], shape)
    wrong = [place for place, suits in enumerate(at_end) if suits < 0]
    if wrong and max(at_end[wrong[-1] :]) < 1:
        return None
    for place in range(len(cells)):
        elsewhere = _suits([*cells[:place], *[""] * lacking, *cells[place:]], shape)
        if sum(elsewhere) > sum(at_end):
            return None
    return [*cells, *[""] * lacking], FILLED


def _is_enough(cells: Sequence[str], shape: Shape) -> bool:
    """Return whether the cells that are there say that they belong to the first columns."""
    if not conforms(cells, shape.classes):
        return False
    typed = [cell for cell, kind in zip(cells, shape.classes, strict=False)
             if kind in {NUMBER, DATE} and class_of(cell)]  # fmt: skip
    if any(kind in {NUMBER, DATE} for kind in shape.classes[: len(cells)]):
        return bool(typed)
    return len(cells) >= 2 and 2 * len(cells) >= shape.width
