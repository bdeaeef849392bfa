"""Groups of rows in charts of a table: their order, colours, legend, and a sample of each."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.charts.layout import legend
from lab.charts.theme import MAX_ORDERED, Theme, ordered_hues
from lab.data import value_texts

ALL_ROWS = "all rows"


def as_groups(by: "pd.Series[Any] | None", index: "pd.Index[Any]") -> "pd.Series[Any]":
    """Return the group of each row as a categorical; one group of all rows without any.

    Parameters
    ----------
    by : Series or None
        Groups of the same rows; a categorical keeps its order, others go by frequency.
    index : Index
        Of the rows.
    """
    if by is None:
        whole = pd.Categorical([ALL_ROWS] * len(index), categories=[ALL_ROWS])
        return pd.Series(whole, index=index)
    if isinstance(by.dtype, pd.CategoricalDtype):
        return by
    names = value_texts(by)
    return names.astype(pd.CategoricalDtype(names.value_counts().index.tolist()))


def present(groups: "pd.Series[Any]") -> list[str]:
    """Return the groups that have rows, in their order."""
    counts = groups.value_counts(sort=False)
    return [str(name) for name in groups.cat.categories if counts[name]]


def group_colours(theme: Theme, names: Sequence[str], *, is_ordered: bool) -> dict[str, str]:
    """Return a colour for each group: from blue to orange when they have an order."""
    if is_ordered and len(names) <= MAX_ORDERED:
        return dict(zip(names, ordered_hues(theme, len(names)), strict=True))
    return {name: theme.hue(place) for place, name in enumerate(names)}


def legend_above(theme: Theme, names: Sequence[str]) -> dict[str, Any]:
    """Return a legend over the plot, in the order of the groups."""
    return {**legend(theme, names), "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}


def sampled(n_rows: int, room: int) -> npt.NDArray[np.int64]:
    """Return the places of at most so many rows, drawn with a fixed seed, in order."""
    if n_rows <= room:
        return np.arange(n_rows)
    return np.sort(np.random.default_rng(0).choice(n_rows, size=room, replace=False))


def as_floats(values: "pd.Series[Any]") -> npt.NDArray[np.float64]:
    """Return numbers as they are, and dates in milliseconds since 1970; NaN where missing."""
    if pd.api.types.is_datetime64_any_dtype(values):
        stamps = values.to_numpy("datetime64[us]")
        return np.where(np.isnat(stamps), np.nan, stamps.astype(np.int64) / 1e3)
    numbers = values.to_numpy(np.float64, na_value=np.nan)
    return np.where(np.abs(numbers) < 3e38, numbers, np.nan)


def axis_kind(values: "pd.Series[Any]") -> str:
    """Return ``"date"`` or ``"linear"``."""
    return "date" if pd.api.types.is_datetime64_any_dtype(values) else "linear"


def number_words(value: float) -> str:
    """Return a number to four digits, without an exponent where people do not write one."""
    return f"{value:,.0f}" if 1e3 <= abs(value) < 1e12 else f"{value:.4g}"
