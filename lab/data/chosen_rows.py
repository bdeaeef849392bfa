"""Feature columns as scikit-learn takes them, of some rows, made when they are asked for."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.base import ColumnKind
from lab.data.content import Content, content_of, content_of_values
from lab.data.conversion import as_levels
from lab.data.kinds import FALSE_WORDS, TRUE_WORDS
from lab.data.levels import Levels
from lab.data.table import Table

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class ChosenRows:
    """Some rows of a table's features, as a frame of which only the columns in use are held.

    Parameters
    ----------
    table : Table
        The values.
    columns : tuple of str
        Names of the features.
    positions : ndarray of int64
        Which rows, counted from 0.
    group : str, default ""
        The column whose values are text, whatever its kind: the names of groups.
    """

    table: Table
    columns: tuple[str, ...]
    positions: npt.NDArray[np.int64]
    group: str = ""

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.positions)

    def __getitem__(self, names: list[str]) -> pd.DataFrame:
        """Return some columns of these rows; their index holds the positions.

        Columns of one type lie in one array, which scikit-learn takes without a copy.

        Parameters
        ----------
        names : list of str
            At least one.
        """
        index = pd.Index(self.positions)
        types = {self._type(name) for name in names}
        if len(types) != 1 or None in types:
            columns = [(name, self._values(name)) for name in names]
            made = {name: pd.Series(row, index=index, dtype=row.dtype) for name, row in columns}
            frame = pd.DataFrame(made, index=index, copy=False)
        else:
            (dtype,) = types
            block = np.empty((len(names), len(index)), dtype=dtype)
            for place, name in enumerate(names):
                block[place] = self._values(name)
            frame = pd.DataFrame(block.T, index=index, columns=names, dtype=dtype, copy=False)
        return frame

    def _type(self, name: str) -> np.dtype[Any] | None:
        kind = ColumnKind.TEXT if name == self.group else self.table.schema[name].kind
        return _TYPES.get(kind)

    def _values(self, name: str) -> npt.NDArray[Any]:
        """Return one column of these rows, having looked at other rows only where it must."""
        kind = self.table.schema[name].kind
        if name == self.group:
            values = words(content_of(self.table, name))[self.positions]
        elif kind is ColumnKind.BOOLEAN:  # which of two levels says yes is known from all rows
            values = feature_values(content_of(self.table, name))[self.positions]
        else:
            chosen = self.table.frame[name].array.take(self.positions)
            values = feature_values(content_of_values(name, kind, pd.Series(chosen)))
        self.table.let_go()
        return values


def feature_values(content: Content) -> npt.NDArray[Any]:
    """Return a column as scikit-learn takes it.

    Numbers are float64; booleans float64 of 0 and 1; dates datetime64 with NaT; categories and
    text are objects: str with NaN for missing.
    """
    if content.kind is ColumnKind.BOOLEAN:
        return _truth(as_levels(content))
    if content.kind in {ColumnKind.CATEGORY, ColumnKind.TEXT}:
        return words(content)
    return np.asarray(content.cells) if content.kind is ColumnKind.DATE else numbers(content)


def words(content: Content) -> npt.NDArray[np.object_]:
    """Return a column as text, NaN for missing."""
    levels = as_levels(content)
    return np.array([*levels.words, np.nan], dtype=object)[levels.codes]


def numbers(content: Content) -> Floats:
    """Return a column of numbers, or dates in seconds since 1970, with NaN for missing."""
    values = np.asarray(content.cells)
    if np.issubdtype(values.dtype, np.datetime64):
        seconds = values.astype("datetime64[us]").astype(np.float64) / 1e6
        return np.where(np.isnat(values), np.nan, seconds)
    return values.astype(np.float64)


_TYPES = {
    ColumnKind.NUMBER: np.dtype(np.float64),
    ColumnKind.BOOLEAN: np.dtype(np.float64),
    ColumnKind.CATEGORY: np.dtype(object),
    ColumnKind.TEXT: np.dtype(object),
}
"""What columns come out as; dates have the unit of their table."""


def _truth(levels: Levels) -> Floats:
    """Return 1 for the level that says yes (or the last in order), 0 for the other."""
    words = sorted(levels.words)
    last = next((word for word in words[-1:] if word.lower() not in FALSE_WORDS), "")
    true = next((word for word in words if word.lower() in TRUE_WORDS), last)
    values = np.array([float(word == true) for word in levels.words])
    return levels.spread(values, np.nan)
