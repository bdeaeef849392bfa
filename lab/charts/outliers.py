"""Outliers by column: the share of values beyond the fences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from lab.charts.bars import share_bars
from lab.charts.layout import blank
from lab.charts.theme import Theme

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from lab.data import OutlierCount

MAX_COLUMNS = 30


def frame(counts: "Sequence[OutlierCount]") -> pd.DataFrame:
    """Return the columns that have values beyond their fences, the most first.

    Parameters
    ----------
    counts : sequence of OutlierCount
        One a column of numbers.

    Returns
    -------
    DataFrame
        ``label, share, count, below, above, low_fence, high_fence``.
    """
    rows = [
        (one.column, one.share, one.below + one.above, one.below, one.above, one.low_fence,
         one.high_fence)
        for one in sorted(counts, key=lambda one: -one.share)
        if one.below + one.above
    ]  # fmt: skip
    return pd.DataFrame(
        rows,
        columns=["label", "share", "count", "below", "above", "low_fence", "high_fence"],
    )


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a bar a column with outliers, at most 30."""
    if frame.empty:
        return blank(theme, "No value lies beyond the fences of its column.")
    return share_bars(frame.head(MAX_COLUMNS), theme, title="Share of values beyond the fences")


def alt(frame: pd.DataFrame) -> str:
    """Return the columns with the most outliers in words."""
    if frame.empty:
        return "Outliers: no value lies beyond the fences of its column."
    words = ", ".join(f"{row.label} {row.share:.1%}" for row in frame.head(10).itertuples())
    return f"Values beyond the fences in {len(frame)} columns, most first: {words}."
