"""Which cells differ between two tables, and what their rows are called."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

MADE_UP, UNKNOWN = -1, -2
"""Positions of a row that is in no table, and of one of which nobody tells."""


_WORDS = {MADE_UP: "new", UNKNOWN: "row"}


def row_labels(positions: npt.NDArray[np.int64]) -> list[str]:
    """Return a name for each row: its position, told apart when it is there again, or new.

    Parameters
    ----------
    positions : ndarray of int64
        Positions in a table; `MADE_UP` for a row that is in no table, `UNKNOWN` for one that may
        be.

    Examples
    --------
    >>> row_labels(np.array([4, 4, -1]))
    ['4', '4 again', 'new 1']
    """
    seen: dict[int, int] = {}
    labels = []
    for position in positions.tolist():
        seen[position] = times = seen.get(position, 0) + 1
        if position in _WORDS:
            labels.append(f"{_WORDS[position]} {times}")
        elif times == 1:
            labels.append(str(position))
        else:
            labels.append(f"{position} again" if times == 2 else f"{position} again ({times - 1})")
    return labels


def changed_cells(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return for each cell of a table whether it differs from the same cell of an earlier one.

    Rows are matched by index and columns by name; what has no match counts as changed.

    Parameters
    ----------
    before, after : DataFrame
        With unique index and columns.
    """
    rows = after.index.intersection(before.index, sort=False)
    places = after.index.get_indexer(rows)
    old, new = before.loc[rows], after.loc[rows]
    marks = np.ones(after.shape, dtype=bool)
    for column, name in enumerate(after.columns):
        if name in before.columns:
            marks[places, column] = _differ(old[name], new[name])
    return pd.DataFrame(marks, index=after.index, columns=after.columns)


def _differ(old: pd.Series, new: pd.Series) -> npt.NDArray[np.bool_]:
    if pd.api.types.is_numeric_dtype(old) and pd.api.types.is_numeric_dtype(new):
        first, second = old.to_numpy(np.float64), new.to_numpy(np.float64)
        same: Any = (first == second) | (np.isnan(first) & np.isnan(second))
        return np.asarray(~same, dtype=np.bool_)
    gaps = old.isna().to_numpy(), new.isna().to_numpy()
    others = old.astype(object).to_numpy() != new.astype(object).to_numpy()
    return np.asarray((gaps[0] != gaps[1]) | (others & ~gaps[0] & ~gaps[1]), dtype=np.bool_)
