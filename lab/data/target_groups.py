"""The target as a few groups of rows that charts can colour, and the shape of a number."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.data.conversion import value_texts
from lab.data.summaries import number_statistics

MAX_GROUPS = 7
OTHER = "other classes"
_QUARTERS = ("lowest quarter", "second quarter", "third quarter", "highest quarter")
_SKEWED = 1.0


@dataclass(frozen=True, kw_only=True)
class TargetShape:
    """How a target of numbers is spread, and whether its logarithm would be spread more evenly.

    Parameters
    ----------
    skewness : float
        Of the values.
    log_skewness : float or None
        Of ``log(1 + value)``; None when a value is negative.
    suggests_log : bool
        Whether the values are skewed to the right by more than 1 and their logarithm by less than
        half of that, in absolute terms.
    """

    skewness: float
    log_skewness: float | None
    suggests_log: bool


def target_groups(values: "pd.Series[Any]", *, of_classes: bool) -> "pd.Series[Any]":
    """Return the group of each row: its class, or the quarter in which its number lies.

    Parameters
    ----------
    values : Series
        The target of some rows.
    of_classes : bool
        Whether the target has classes: the six most frequent, when there are more than seven,
        and "other classes". Otherwise quarters of equal size; fewer when values repeat much.

    Returns
    -------
    Series
        Categorical, the most frequent class first, or the quarters in order (``cat.ordered``);
        missing where the target is.
    """
    return _classes(values) if of_classes else _quarters(values)


def _classes(values: "pd.Series[Any]") -> "pd.Series[Any]":
    names = value_texts(values)
    frequent = names.value_counts().index.tolist()
    if len(frequent) > MAX_GROUPS:
        frequent = frequent[: MAX_GROUPS - 1]
        names = names.where(names.isin(frequent) | names.isna(), OTHER)
        frequent = [name for name in frequent if name != OTHER] + [OTHER]
    return names.astype(pd.CategoricalDtype(frequent))


def _quarters(values: "pd.Series[Any]") -> "pd.Series[Any]":
    numbers = values.to_numpy(np.float64, na_value=np.nan)
    known = numbers[np.isfinite(numbers)]
    inner = np.unique(np.quantile(known, [0.25, 0.5, 0.75])) if len(known) else np.zeros(0)
    inner = inner[inner < known.max(initial=-np.inf)]
    codes = np.searchsorted(inner, numbers, side="left")
    labels = _quarter_labels(inner)
    codes = np.where(np.isfinite(numbers), codes, -1)
    dtype: Any = pd.CategoricalDtype(labels, ordered=True)
    return pd.Series(pd.Categorical.from_codes(codes, dtype=dtype), index=values.index)


def _quarter_labels(inner: npt.NDArray[np.float64]) -> list[str]:
    bounds = [f"{bound:,.4g}" if abs(bound) < 1e4 else f"{bound:,.0f}" for bound in inner]
    if not bounds:
        return ["all values"]
    ranges = [f"up to {bounds[0]}", *(f"up to {bound}" for bound in bounds[1:]),
              f"above {bounds[-1]}"]  # fmt: skip
    words = _QUARTERS if len(bounds) == 3 else [f"part {n + 1}" for n in range(len(ranges))]
    labels = [f"{word} ({range_})" for word, range_ in zip(words, ranges, strict=True)]
    if len(set(labels)) < len(labels):  # bounds that agree in four digits
        labels = [f"{label} {n + 1}" for n, label in enumerate(labels)]
    return labels


def target_shape(values: npt.NDArray[np.float64]) -> TargetShape | None:
    """Return how numbers are spread; None when there are fewer than 4 or all are equal."""
    known = values[np.isfinite(values)]
    if len(known) < 4:
        return None
    skewness = number_statistics(known).skewness
    if skewness is None:
        return None
    log = None if known.min() < 0 else number_statistics(np.log1p(known)).skewness
    better = log is not None and skewness > _SKEWED and abs(log) < skewness / 2
    return TargetShape(skewness=skewness, log_skewness=log, suggests_log=better)
