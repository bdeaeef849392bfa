"""How many different values a column has, counted as cheaply as its values allow."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

_MAX_MARKED = 1 << 24
_MAX_SMALL = 1 << 31
_MAX_DECIMALS = 4
_LOOKED_AT = 1_000


def count_distinct(values: npt.NDArray[Any]) -> int:
    """Return the number of different values, missing ones left out.

    Whole numbers, and numbers with few decimals, are marked in a table of all values between the
    smallest and the largest when that is not too large; others are sorted.

    Parameters
    ----------
    values : ndarray of int64, float64 or datetime64

    Examples
    --------
    >>> count_distinct(np.array([0.5, 0.25, np.nan, 0.5]))
    2
    """
    missing = pd.isna(values)
    known = values[~missing] if missing.any() else values
    if not len(known):
        return 0
    whole = _as_whole(known)
    if whole is None:
        return _steps(known)
    low, high = int(whole.min()), int(whole.max())
    if high - low < _MAX_MARKED:
        return _marked(whole, low, high)
    return _steps((whole - low).astype(np.uint32) if high - low < _MAX_SMALL else whole)


def _as_whole(known: npt.NDArray[Any]) -> npt.NDArray[np.int64] | None:
    """Return whole numbers that differ where the values do, or None."""
    if known.dtype.kind != "f":
        return known.view(np.int64)
    scale = _scale(known[:_LOOKED_AT])
    if scale is None or float(np.abs(known).max()) * scale > _MAX_SMALL:
        return None
    scaled = np.rint(known * scale)
    return scaled.astype(np.int64) if bool((scaled / scale == known).all()) else None


def _scale(values: npt.NDArray[np.float64]) -> float | None:
    for decimals in range(_MAX_DECIMALS + 1):
        scale = 10.0**decimals
        if bool((np.rint(values * scale) / scale == values).all()):
            return scale
    return None


def _marked(whole: npt.NDArray[np.int64], low: int, high: int) -> int:
    seen = np.zeros(high - low + 1, dtype=np.bool_)
    seen[whole - low] = True
    return int(np.count_nonzero(seen))


def _steps(values: npt.NDArray[Any]) -> int:
    ordered = np.sort(values)
    return 1 + int(np.count_nonzero(ordered[1:] != ordered[:-1]))
