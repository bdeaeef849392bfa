"""How many different values a column has, counted as cheaply as its values allow."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

_MAX_MARKED = 1 << 24
_BLOCK = 1 << 16
_MAX_DECIMALS = 4
_LOOKED_AT = 1_000


def count_distinct(values: npt.NDArray[Any]) -> tuple[int, bool]:
    """Return the number of different values without missing ones, and whether any is missing.

    Whole numbers, and numbers with few decimals, are marked in a table of all values between the
    smallest and the largest when that is not too large; others are sorted.

    Parameters
    ----------
    values : ndarray of int64, float64 or datetime64

    Examples
    --------
    >>> count_distinct(np.array([0.5, 0.25, np.nan, 0.5]))
    (2, True)
    """
    missing = pd.isna(values) if values.dtype.kind != "i" else np.zeros(0, dtype=np.bool_)
    has_missing = bool(missing.any())
    known = values[~missing] if has_missing else values
    return (_count(known) if len(known) else 0), has_missing


def _count(known: npt.NDArray[Any]) -> int:
    if known.dtype.kind == "M":
        known = known.view(np.int64)
    scale = 1 if known.dtype.kind == "i" else _scale(known[:_LOOKED_AT])
    if scale is None:
        return _steps(known)
    low, high = (round(known.min().item() * scale), round(known.max().item() * scale))
    found = _marked(known, scale, low, high) if high - low < _MAX_MARKED else None
    return _steps(known) if found is None else found


def _scale(values: npt.NDArray[np.float64]) -> int | None:
    """Return the power of ten that makes the first values whole, None when a small one does not."""
    for decimals in range(_MAX_DECIMALS + 1):
        scale: int = 10**decimals
        if bool((np.rint(values * scale) / scale == values).all()):
            return scale
    return None


def _marked(known: npt.NDArray[Any], scale: int, low: int, high: int) -> int | None:
    """Return the number of places that values mark, None when one is not whole after all.

    Values go through in blocks that fit the processor's cache.
    """
    seen = np.zeros(high - low + 1, dtype=np.bool_)
    for start in range(0, len(known), _BLOCK):
        block = known[start : start + _BLOCK]
        if block.dtype.kind == "f":
            scaled = np.rint(block * scale)
            if not bool((scaled / scale == block).all()):
                return None
            block = scaled.astype(np.int64)
        seen[block - low] = True
    return int(np.count_nonzero(seen))


def _steps(values: npt.NDArray[Any]) -> int:
    ordered = np.sort(values)
    return 1 + int(np.count_nonzero(ordered[1:] != ordered[:-1]))
