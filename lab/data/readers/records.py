"""Records with names of their own, such as those of JSON, collected into columns."""

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

import numpy as np

from lab.base import LabError, plain_text
from lab.data.readers.entry import RawColumns
from lab.data.readers.limits import check_cells, check_columns
from lab.data.readers.values import ValueColumn

BATCH = 4_096
_MAX_BAD_SHARE = 0.25
_NAMED = 5
_LOOK = 'Records look like {"name": value, ...}.'

Record = dict[str, Any]


class Records:
    """Columns filled record by record; one without a value is missing there.

    Records within a record become columns with dotted names, one level deep; what is deeper and
    lists are kept as JSON.

    Parameters
    ----------
    noun : str, default "record"
        What one is called.
    whole : str, default "records of names and values"
        What all should be.
    hint : str
        The next step when many are something else.
    """

    def __init__(
        self, *, noun: str = "record", whole: str = "records of names and values", hint: str = _LOOK
    ) -> None:
        self._noun, self._whole, self._hint = noun, whole, hint
        self.n_rows = 0
        self.bad: list[int] = []
        self.packed: dict[str, None] = {}
        self.joined: dict[str, None] = {}
        self._columns: dict[str, ValueColumn] = {}

    def add_all(self, values: Iterable[object]) -> None:
        """Put all records after the others, batch by batch; what is no record is left out."""
        rest = iter(values)
        while batch := list(islice(rest, BATCH)):
            self._add(batch)

    def _add(self, values: list[object]) -> None:
        good = [self._flat(value) for value in values if isinstance(value, dict)]
        if len(good) < len(values):
            self.bad.extend(self.n_rows + place for place, value in enumerate(values)
                            if not isinstance(value, dict))  # fmt: skip
        n_before = self.n_rows - len(self.bad) + len(values) - len(good)
        for name in _names(good):
            if name not in self._columns:
                self._columns[name] = ValueColumn(n_before)
        self.n_rows += len(values)
        check_cells(self.n_rows, len(self._columns))
        for name, column in self._columns.items():
            column.add([record.get(name) for record in good])

    def _flat(self, record: Record) -> Record:
        if not any(type(value) in (dict, list) for value in record.values()):
            return record
        flat: Record = {}
        for name, value in record.items():
            if isinstance(value, dict):
                for inner, deeper in value.items():
                    self._put(flat, f"{name}.{inner}", deeper)
            else:
                self._put(flat, name, value)
        return flat

    def _put(self, flat: Record, name: str, value: object) -> None:
        if name in flat:
            self.joined[name] = None
        if isinstance(value, dict | list):
            self.packed[name] = None
            value = json.dumps(value, ensure_ascii=False)
        flat[name] = value

    def take(self, *notes: str) -> RawColumns:
        """Return the columns with notes of all that was changed, and forget them.

        Raises
        ------
        LabError
            When there are no records, or much of it is none.
        """
        self._check()
        names = tuple(self._columns)
        arrays = [self._columns[name].take() for name in names]
        infinite = [name for name in names if self._columns[name].n_infinite]
        self._columns = {}
        kept = np.delete(np.arange(self.n_rows), self.bad) if self.bad else None
        return RawColumns(
            names=names, arrays=arrays, row_numbers=kept,
            notes=(*notes, *self._told(), *told_infinite(infinite)),
        )  # fmt: skip

    def _check(self) -> None:
        if len(self.bad) > _MAX_BAD_SHARE * self.n_rows:
            raise LabError(
                f"{len(self.bad):,} of {self.n_rows:,} {self._noun}s are not {self._whole}",
                hint=self._hint,
            )
        if not self._columns:
            raise LabError("the JSON holds no records", hint="Choose a file that holds data.")

    def _told(self) -> tuple[str, ...]:
        told, noun = [], self._noun
        if self.packed:
            told.append(f"Lists and deeper records kept as JSON text in {listed(self.packed)}.")
        if self.joined:
            told.append(f"A record within a record has the same name as a column of it:"
                        f" the last value counts in {listed(self.joined)}.")  # fmt: skip
        if self.bad:
            word = (
                f"1 {noun} that is" if len(self.bad) == 1 else f"{len(self.bad):,} {noun}s that are"
            )
            rows = ", ".join(f"{row:,}" for row in self.bad[:_NAMED])
            more = " and more" if len(self.bad) > _NAMED else ""
            told.append(f"{word} not a whole record left out: rows {rows}{more} of the data,"
                        " counted from 0.")  # fmt: skip
        return tuple(told)


def told_infinite(names: Iterable[str]) -> tuple[str, ...]:
    """Return a note of columns in which infinite numbers were taken as missing."""
    found = list(names)
    what = "Numbers that are infinite, or too large to hold, taken as missing in"
    return (f"{what} {listed(found)}.",) if found else ()


def listed(names: Iterable[str]) -> str:
    """Return the first few names for people."""
    found = list(names)
    shown = ", ".join(repr(plain_text(name, max_length=60)) for name in found[:_NAMED])
    return shown + (f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else "")


def _names(records: list[Record]) -> dict[str, None]:
    names: dict[str, None] = {}
    previous = None
    for record in records:
        if record.keys() != previous:
            names.update(dict.fromkeys(record))
            check_columns(len(names))
            previous = record.keys()
    return names
