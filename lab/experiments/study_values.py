"""The values at which a setting is looked at when nobody says others."""

from lab.base import Number, Option, Param, Text, Toggle, Value

_WIDTHS = {True: 10.0, False: 100.0}
"""How many times below and above its own value a whole number, and any other, is looked at."""

_WITHOUT = {True: 32.0, False: 1.0}
"""How far from its least value where its own gives no measure: no limit, or 0."""


def values_of(
    param: Param,
    own: Value,
    *,
    n: int = 7,
    low: float | None = None,
    high: float | None = None,
) -> tuple[Value, ...]:
    """Return values of a setting for a validation curve, its own value always among them.

    Parameters
    ----------
    param : Param
        The setting.
    own : Value
        What it is set to.
    n : int, default 7
        How many values of a number, besides its own: equal ratios where the setting has a log
        scale, equal steps otherwise. Of other settings all values are taken.
    low, high : float, optional
        Ends of the range of a number; those of `value_range` when not given.

    Examples
    --------
    >>> C = Number(name="C", label="C", default=1, minimum=1e-5, maximum=1e5, log_scale=True)
    >>> values_of(C, 1.0, n=5)
    (0.01, 0.1, 1.0, 10.0, 100.0)
    """
    if isinstance(param, Number):
        start, end = value_range(param, own)
        return _numbers(
            param, own, n, low=start if low is None else low, high=end if high is None else high
        )
    if isinstance(param, Toggle):
        return (False, True)
    if isinstance(param, Option):
        return param.words
    return (own,)


def value_range(param: Number, own: Value) -> tuple[float, float]:
    """Return the ends of the range in which a number is looked at: some times its own value.

    A number without a log scale is looked at from its least value on.
    """
    middle = float(own or 0.0)
    if middle <= 0:
        return param.minimum, min(param.maximum, param.minimum + _WITHOUT[param.integer])
    high = min(param.maximum, middle * _WIDTHS[param.integer or not param.log_scale])
    low = middle / _WIDTHS[param.integer] if param.log_scale else param.minimum
    return max(param.minimum, low), high


def varied_params(params: tuple[Param, ...]) -> tuple[Param, ...]:
    """Return the settings of which a curve can be drawn: all but free text."""
    return tuple(param for param in params if not isinstance(param, Text))


def _numbers(param: Number, own: Value, n: int, *, low: float, high: float) -> tuple[Value, ...]:
    low, high = max(low, param.minimum), min(high, param.maximum)
    steps = [place / max(n - 1, 1) for place in range(n)]
    if param.log_scale and low > 0:
        spaced = [low * (high / low) ** step for step in steps]
    else:
        spaced = [low + (high - low) * step for step in steps]
    rounded = {_rounded(param, value) for value in spaced}
    numbers = sorted(
        {*rounded, *([own] if own is not None else [])}, key=lambda value: float(value or 0)
    )
    return (*numbers, *([None] if own is None else []))


def _rounded(param: Number, value: float) -> float:
    short = round(value) if param.integer else float(f"{value:.3g}")
    return min(max(short, int(param.minimum) if param.integer else param.minimum), param.maximum)
