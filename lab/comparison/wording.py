"""Numbers and names as they stand in a sentence."""

from collections.abc import Sequence
from math import floor, log10

from lab.base import plain_text

_NAMED = 3


def number(value: float) -> str:
    """Return a number as short as it can be told without losing what matters.

    Examples
    --------
    >>> [number(value) for value in (0.91234, -0.0004, 12.345, 52340.6)]
    ['0.912', '-0.0004', '12.3', '52,341']
    """
    size = abs(value)
    if 0 < size < 0.0095:
        return f"{value:.1g}" if size >= 1e-4 else f"{value:.0e}"
    if size < 10:
        return f"{value:.3f}"
    return f"{value:.1f}" if size < 1000 else f"{value:,.0f}"


def with_interval(value: float, low: float, high: float) -> str:
    """Return a number with its interval, to the digits that the interval's width leaves.

    Examples
    --------
    >>> with_interval(0.91234, 0.88, 0.94)
    '0.912 (95 % interval 0.880 to 0.940)'
    >>> with_interval(10.54, 9.788, 11.3)
    '10.5 (95 % interval 9.8 to 11.3)'
    """
    if not high > low:
        return number(value)
    places = min(6, max(0, 1 - floor(log10(high - low))))
    told, start, end = (f"{part:,.{places}f}" for part in (value, low, high))
    return f"{told} (95 % interval {start} to {end})"


def name(text: str) -> str:
    """Return a candidate's name as plain text for a sentence."""
    return plain_text(text, max_length=60)


def listed(names: Sequence[str]) -> str:
    """Return names as a list in words, at most three of them.

    Examples
    --------
    >>> listed(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    shown = [name(text) for text in names[:_NAMED]]
    if len(names) > _NAMED:
        return f"{', '.join(shown)} and {len(names) - _NAMED} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
