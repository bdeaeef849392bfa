"""The tables that stand one below the other in a text file, and the largest of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from lab.data.readers.cell_classes import (
    NUMBER,
    TEXT,
    class_of,
    classes_of,
    come_again,
    conforms,
    is_like_header,
)
from lab.data.readers.dividing import Record

_GAP = 3
_AS_LARGE = 0.8
_LOOKED_AT = (2, 3, 5, 10, 20, 50)
_AHEAD = 5


@dataclass(frozen=True, kw_only=True)
class Region:
    """Places of the first record and after the last record of a table."""

    first: int
    last: int


def main_region(records: Sequence[Record], width: int, *, forced: bool) -> Region:
    """Return the largest run of records of a width, over lone ones of another; all when forced.

    A run ends where a record is like a header above columns of other types, or where what is
    between belongs to neither; the first of several that are about as large is taken.
    """
    rows = [place for place, record in enumerate(records) if len(record.cells) == width]
    if forced or width < 2 or not rows:
        first = next(place for place, record in enumerate(records) if record.cells)
        return Region(first=first, last=len(records))
    regions: list[Region] = []
    run = _Run(records, rows[0], width)
    for row in rows[1:]:
        if run.ends_before(row):
            regions.append(run.region)
            run = _Run(records, row, width)
        else:
            run.add(row)
    regions.append(run.region)
    largest = max(region.last - region.first for region in regions)
    return next(one for one in regions if one.last - one.first >= _AS_LARGE * largest)


class _Run:
    """Records of one width, and what the columns of the first ones look like."""

    def __init__(self, records: Sequence[Record], first: int, width: int) -> None:
        self._records, self._first, self._last, self._width = records, first, first, width
        self._body: list[list[str]] = []
        self._classes: tuple[str, ...] = ()

    @property
    def region(self) -> Region:
        """The places that it takes."""
        return Region(first=self._first, last=self._last + 1)

    def add(self, row: int) -> None:
        """Put a record after the others."""
        self._last = row
        if len(self._body) < _LOOKED_AT[-1]:
            self._body.append(self._records[row].cells)
            if len(self._body) in _LOOKED_AT:
                self._classes = classes_of(self._body, self._width)

    def ends_before(self, row: int) -> bool:
        """Return whether a record begins another table."""
        between = self._records[self._last + 1 : row]
        cells = self._records[row].cells
        following = self._records[row + 1 : row + 1 + _AHEAD]
        after = [one.cells for one in following if len(one.cells) == self._width]
        if self._last - self._first < 2:
            return self._is_apart(row, between, after)
        if not self._classes or not is_like_header(cells, self._classes):
            return False
        if come_again(cells, after):
            return False
        strange = sum(not conforms(other, self._classes) for other in after)
        again = cells == self._records[self._first].cells
        gap = any(not record.cells for record in between)
        return not again and bool(after) and (gap or 2 * strange > len(after))

    def _is_apart(
        self, row: int, between: Sequence[Record], after: Sequence[Sequence[str]]
    ) -> bool:
        """Return whether one or two records are none of the table that a record below is of."""
        first, cells = self._records[self._first].cells, self._records[row].cells
        classes = classes_of(after, self._width)
        n_odd = sum(bool(record.cells) for record in between)
        if self._last > self._first:
            values = self._records[self._last].cells
            own = _are_names(first) and _are_names(cells) and is_like_header(cells, classes)
            apart = bool(between) and first != cells and NUMBER in map(class_of, values)
            return n_odd >= _GAP or (own and apart)
        is_names = _are_names(first) and is_like_header(first, classes)
        if n_odd == len(between) and is_names and not is_like_header(cells, classes):
            return False
        return n_odd >= _GAP or 0 < n_odd < len(between)


def _are_names(cells: Sequence[str]) -> bool:
    """Return whether all cells are words, none of them twice."""
    return len(set(cells)) == len(cells) and all(class_of(cell) == TEXT for cell in cells)
