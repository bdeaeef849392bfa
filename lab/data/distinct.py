"""How many different values a column has, counted as cheaply as its values allow."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

_MAX_BYTES = 1 << 24
_MAX_BITS = 8 * _MAX_BYTES
_MAX_SPARSE = 256
_BLOCK = 1 << 16
_SECOND = 1_000_000
_UNITS = (86_400 * _SECOND, _SECOND)
_MAX_DECIMALS = 4
_LOOKED_AT = 1_000


def count_distinct(values: npt.NDArray[Any]) -> tuple[int, bool]:
    """Return the number of different values without missing ones, and whether any is missing.

    Whole numbers, numbers with few decimals and times in whole seconds are marked in a table of
    all values between the smallest and the largest when that is not too large; others are sorted.

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
    first = known[:_LOOKED_AT]
    step = _scale(first) if known.dtype.kind == "f" else _unit(first)
    if step is None:
        return _steps(known)
    low, high = _place(known.min(), step), _place(known.max(), step)
    worth_it = high - low < min(_MAX_BITS, _MAX_SPARSE * len(known))
    found = _marked(known, step, low, high) if worth_it else None
    return _steps(known) if found is None else found


def _scale(values: npt.NDArray[np.float64]) -> int | None:
    """Return the power of ten that makes the first values whole, None when a small one does not."""
    for decimals in range(_MAX_DECIMALS + 1):
        scale: int = 10**decimals
        if bool((np.rint(values * scale) / scale == values).all()):
            return scale
    return None


def _unit(values: npt.NDArray[np.int64]) -> int:
    """Return what divides the first values: a day or a second in microseconds, or one."""
    return next((unit for unit in _UNITS if not (values % unit).any()), 1)


def _place(value: Any, step: int) -> int:
    """Return the value as the whole number that `_whole` makes of it."""
    place: int = round(value.item() * step) if value.dtype.kind == "f" else value.item() // step
    return place


def _marked(known: npt.NDArray[Any], step: int, low: int, high: int) -> int | None:
    """Return the number of places that values mark, None when one is not whole after all.

    Values go through in blocks that fit the processor's cache.
    """
    size = high - low + 1
    in_bits = size > _MAX_BYTES
    seen = np.empty(8 * (size // 64 + 1) if in_bits else size, dtype=np.uint8)
    seen.fill(0)  # in order: cheaper than zeros that the system maps where they are looked at
    for start in range(0, len(known), _BLOCK):
        places = _whole(known[start : start + _BLOCK], step)
        if places is None:
            return None
        if in_bits:
            _mark_bits(seen, places - low)
        else:
            seen[places - low] = 1
    if in_bits:
        return int(np.bitwise_count(seen.view(np.uint64)).sum())
    return int(np.count_nonzero(seen.view(np.bool_)))


def _whole(block: npt.NDArray[Any], step: int) -> npt.NDArray[np.int64] | None:
    """Return numbers times the step, or times divided by it; None when they are not whole then."""
    if block.dtype.kind == "f":
        scaled = np.rint(block * step)
        return scaled.astype(np.int64) if bool((scaled / step == block).all()) else None
    if step == 1:
        return block
    divided = block // step
    return divided if bool((divided * step == block).all()) else None


def _mark_bits(seen: npt.NDArray[np.uint8], places: npt.NDArray[np.int64]) -> None:
    """Set the bits at these places, again where others of the same byte have undone it."""
    of_bytes, bits = places >> 3, np.left_shift(np.uint8(1), (places & 7).astype(np.uint8))
    while len(of_bytes):
        seen[of_bytes] |= bits
        lost = np.flatnonzero(seen[of_bytes] & bits == 0)
        of_bytes, bits = of_bytes[lost], bits[lost]


def _steps(values: npt.NDArray[Any]) -> int:
    ordered = np.sort(values)
    return 1 + int(np.count_nonzero(ordered[1:] != ordered[:-1]))
