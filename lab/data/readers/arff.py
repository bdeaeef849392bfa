"""ARFF, the format of Weka: attributes declared with their types, then comma-separated rows."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO, TextIO

import numpy as np
import numpy.typing as npt

from lab.base import ColumnKind, LabError
from lab.data.readers.arff_header import Attribute, read_header
from lab.data.readers.arff_rows import Cell, cells_of, sparse_cells
from lab.data.readers.encodings import title
from lab.data.readers.entry import RawColumns, ReadOptions
from lab.data.readers.limits import check_cells
from lab.data.readers.records import BATCH, listed, told_infinite
from lab.data.readers.text_input import next_line, read_text
from lab.data.readers.values import ValueColumn

_MAX_BAD_SHARE = 0.25
_NAMED = 5

Row = list[Cell]


def suits_arff(head: bytes) -> bool:
    """Return whether a text begins, after comments, by naming a relation."""
    text = head.decode("utf-8", "replace").lstrip("\ufeff")
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("%")), "")
    return first[:10].lower().rstrip() in {"@relation", "@attribute"}


def read_arff(file: BinaryIO, options: ReadOptions) -> RawColumns:
    """Return the columns of an ARFF file; rows that do not fit are left out and named.

    Nominal attributes are categories whatever their values look like.

    Raises
    ------
    LabError
        When its header is damaged, it has no rows, or most of them do not fit.
    """
    raw, encoding = read_text(file, options.encoding, _read)
    return replace(raw, notes=(f"Read as ARFF in {title(encoding)}.", *raw.notes))


def _read(text: TextIO) -> RawColumns:
    attributes = read_header(text)
    rows = _Rows(attributes)
    rest = _parsed(text, attributes)
    while batch := list(islice(rest, BATCH)):
        rows.add(batch)
    return rows.take()


def _parsed(text: TextIO, attributes: tuple[Attribute, ...]) -> Iterator[Row | None]:
    """Give the cells of every row, None for one that is not whole."""
    width = len(attributes)
    while line := next_line(text):
        line = line.strip()
        if not line or line.startswith("%"):
            continue
        if line.startswith("{"):
            yield sparse_cells(line, attributes)
            continue
        cells = cells_of(line)
        yield cells if cells is not None and len(cells) == width else None


class _Rows:
    """Columns filled row by row."""

    def __init__(self, attributes: tuple[Attribute, ...]) -> None:
        self._attributes = attributes
        self._columns = [ValueColumn() for _ in attributes]
        self._odd: dict[str, None] = {}
        self._undeclared: dict[str, None] = {}
        self._bad: list[int] = []
        self._n_rows = 0

    def add(self, rows: list[Row | None]) -> None:
        good = [row for row in rows if row is not None]
        self._bad.extend(self._n_rows + place for place, row in enumerate(rows) if row is None)
        self._n_rows += len(rows)
        check_cells(self._n_rows, len(self._columns))
        for attribute, column, cells in zip(
            self._attributes, self._columns, zip(*good, strict=True), strict=bool(good)
        ):
            values = attribute.values(cells)
            if values is None:
                self._odd[attribute.name] = None
                values = list(cells)
            elif attribute.undeclared(cells):
                self._undeclared[attribute.name] = None
            column.add(values)

    def take(self) -> RawColumns:
        n_bad, names = len(self._bad), tuple(attribute.name for attribute in self._attributes)
        if self._n_rows == 0:
            raise LabError("the ARFF file has no rows", hint="Choose a file that holds data.")
        if n_bad > _MAX_BAD_SHARE * self._n_rows:
            raise LabError(
                f"{n_bad:,} of {self._n_rows:,} rows do not fit the {len(names):,} attributes that"
                " are declared",
                hint="Check the header and the quotation marks.",
            )
        arrays = [column.take() for column in self._columns]
        infinite = [name for name, column in zip(names, self._columns, strict=True)
                    if column.n_infinite]  # fmt: skip
        return RawColumns(
            names=names, arrays=arrays, kinds=self._kinds(),
            notes=(*self._told(), *told_infinite(infinite)),
            row_numbers=_without(self._n_rows, self._bad),
        )  # fmt: skip

    def _kinds(self) -> dict[int, ColumnKind]:
        return {place: ColumnKind.CATEGORY for place, attribute in enumerate(self._attributes)
                if attribute.is_nominal}  # fmt: skip

    def _told(self) -> Iterator[str]:
        if self._odd:
            yield f"Declared as numbers or dates and holding other text: {listed(self._odd)}."
        if self._undeclared:
            names_left = listed(self._undeclared)
            yield f"Holding values that their declaration does not name: {names_left}."
        if self._bad:
            many = f"{len(self._bad):,} rows that do" if len(self._bad) > 1 else "1 row that does"
            rows = ", ".join(f"{row:,}" for row in self._bad[:_NAMED])
            more = " and more" if len(self._bad) > _NAMED else ""
            yield (f"{many} not fit the {len(self._attributes):,} attributes left out:"
                   f" rows {rows}{more} of the data, counted from 0.")  # fmt: skip


def _without(n_rows: int, bad: list[int]) -> npt.NDArray[np.int64] | None:
    return np.delete(np.arange(n_rows), bad) if bad else None
