"""Permutation importance: how much worse a model gets when a column is shuffled."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd

from lab.charts.layout import around_zero, blank, figure, lanes
from lab.charts.theme import Theme, faded, shown, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MAX_COLUMNS = 25


class HasImportance(Protocol):
    """A column with its importance and interval, such as `lab.explain.ColumnImportance`."""

    @property
    def column(self) -> str:
        """The column's name."""

    @property
    def mean(self) -> float:
        """Mean loss of score."""

    @property
    def low(self) -> float:
        """Lower end of its interval."""

    @property
    def high(self) -> float:
        """Upper end of its interval."""


def frame(importances: Iterable[HasImportance], *, metric: str = "score") -> pd.DataFrame:
    """Return the importances of all columns, the largest first.

    Parameters
    ----------
    importances : iterable of objects with column, mean, low and high
        Of one candidate.
    metric : str, default "score"
        What gets worse, for people.

    Returns
    -------
    DataFrame
        ``column, importance, low, high, metric``.
    """
    rows = [(item.column, item.mean, item.low, item.high, metric) for item in importances]
    table = pd.DataFrame(rows, columns=["column", "importance", "low", "high", "metric"])
    return table.sort_values("importance", ascending=False, kind="stable", ignore_index=True)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a bar a column with its interval, at most 25."""
    if frame.empty:
        return blank(theme, "There are no importances yet.")
    from plotly import graph_objects as go

    top = frame.head(MAX_COLUMNS)
    names = top["column"].tolist()
    bars = go.Bar(
        x=small(top["importance"]),
        y=list(range(len(top))),
        orientation="h",
        width=0.62,
        marker={"color": faded(theme.accent, 0.75), "line": {"width": 0}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": small(top["high"] - top["importance"]),
            "arrayminus": small(top["importance"] - top["low"]),
            "color": theme.inks.text,
            "thickness": 1.2,
            "width": 3,
        },
        customdata=[
            [shown(row.column), f"{row.low:.4f}", f"{row.high:.4f}"] for row in top.itertuples()
        ],
        hovertemplate=(
            "%{customdata[0]}<br>%{x:.4f} (%{customdata[1]} to %{customdata[2]})<extra></extra>"
        ),
    )
    title = f"Loss of {shown(frame['metric'].iloc[0])}<br>when the column is shuffled"
    return figure(
        theme,
        [bars],
        x=around_zero(theme, title),
        y=lanes(theme, names),
        height=90 + 26 * len(top),
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the most important columns in words."""
    if frame.empty:
        return "Permutation importance: there is none yet."
    words = ", ".join(f"{row.column} {row.importance:.3g}" for row in frame.head(10).itertuples())
    unclear = int(np.sum(frame["low"].to_numpy(np.float64) <= 0))
    ending = f" {unclear} of {len(frame)} columns cannot be told from 0." if unclear else ""
    return f"Permutation importance, largest first: {words}.{ending}"
