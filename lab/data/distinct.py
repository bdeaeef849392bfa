"""How many different values a column has, counted as cheaply as its values allow."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

_MAX_RANGE = 1 << 24
_MAX_DECIMALS = 4
_LOOKED_AT = 1_000


def count_distinct(values: npt.NDArray[Any]) -> int:
    """Return the number of different values, missing ones left out.

    Whole numbers, and numbers with few decimals, are marked in a table of all values between the
    smallest and the largest when that is not too large; a hash table counts the others.

    Parameters
    ----------
    values : ndarray of int64, float64 or datetime64

    Examples
    --------
    >>> count_distinct(np.array([0.5, 0.25, np.nan, 0.5]))
    2
    """
    whole = _as_whole(values) if values.dtype.kind in "if" else None
    if whole is not None:
        return _marked(*whole)
    distinct = pd.unique(values)
    return int((~pd.isna(distinct)).sum())


def _as_whole(values: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int64], int, int] | None:
    """Return whole numbers that differ where the values do, with their bounds, or None."""
    if len(values) < _LOOKED_AT:
        return None
    if values.dtype.kind == "i":
        return _within_range(values)
    known = values if not np.isnan(values).any() else values[~np.isnan(values)]
    if not len(known):
        return None
    scale = _scale(known[:_LOOKED_AT])
    if scale is None or float(np.ptp(known)) * scale > _MAX_RANGE:
        return None
    scaled = np.rint(known * scale)
    if not bool((scaled / scale == known).all()):
        return None
    return _within_range(scaled.astype(np.int64))


def _scale(values: npt.NDArray[np.float64]) -> float | None:
    for decimals in range(_MAX_DECIMALS + 1):
        scale = 10.0**decimals
        if bool((np.rint(values * scale) / scale == values).all()):
            return scale
    return None


def _within_range(
    whole: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], int, int] | None:
    low, high = int(whole.min()), int(whole.max())
    return (whole, low, high) if high - low < _MAX_RANGE else None


def _marked(whole: npt.NDArray[np.int64], low: int, high: int) -> int:
    seen = np.zeros(high - low + 1, dtype=np.bool_)
    seen[whole - low] = True
    return int(np.count_nonzero(seen))
