"""A table over time: rows by step, and the mean of a column."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.grouping import number_words
from lab.charts.layout import axis, blank, figure, rows_text
from lab.charts.theme import Theme, faded, shown, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from lab.data import TimeSeries

MAX_STEPS = 290
_COLUMNS = ["date", "what", "step", "start", "count", "mean"]


def frame(series: "TimeSeries") -> pd.DataFrame:
    """Return rows and mean by step of time.

    Parameters
    ----------
    series : TimeSeries
        From `over_time`.

    Returns
    -------
    DataFrame
        ``date, what, step, start, count, mean``, at most 290 steps, the latest; the mean is
        missing when rows are only counted.
    """
    what = series.column if not series.label else f"share of {series.label} in {series.column}"
    means = series.means or (None,) * len(series.starts)
    table = pd.DataFrame(
        {"start": list(series.starts), "count": list(series.counts),
         "mean": np.array(means, dtype=np.float64)}
    )  # fmt: skip
    table = table.assign(date=series.date, what=what, step=series.step.value)
    return table[_COLUMNS].tail(MAX_STEPS).reset_index(drop=True)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the mean as a line over bars of rows, or the bars alone."""
    if frame.empty:
        return blank(theme, "No row has a date.")
    has_mean = bool(frame["mean"].notna().any())
    step = frame["step"].iloc[0]
    top = {"domain": [0.36, 1.0], "anchor": "x"} if has_mean else {}
    drawn = figure(
        theme,
        [*_lines(frame, theme), _bars(frame, theme, "y2" if has_mean else "y")],
        x=axis(theme, shown(frame["date"].iloc[0]), type="date",
               anchor="y2" if has_mean else "y"),
        y=axis(theme, shown(frame["what"].iloc[0] if has_mean else f"Rows a {step}"), **top),
        height=380 if has_mean else 280,
        bargap=0.1,
    )  # fmt: skip
    if has_mean:
        drawn.update_layout(
            yaxis2=axis(theme, f"Rows a {step}", domain=[0.0, 0.26], rangemode="tozero", nticks=4)
        )
    return drawn


def _lines(frame: pd.DataFrame, theme: Theme) -> list[Any]:
    from plotly import graph_objects as go

    if not frame["mean"].notna().any():
        return []
    return [
        go.Scatter(
            x=frame["start"].tolist(),
            y=small(frame["mean"]),
            mode="lines+markers" if len(frame) < 40 else "lines",
            line={"color": theme.accent, "width": 1.8},
            marker={"size": 5},
            customdata=[[rows_text(count)] for count in frame["count"]],
            hovertemplate="%{x}<br>%{y:.4~g}, %{customdata[0]}<extra></extra>",
        )
    ]


def _bars(frame: pd.DataFrame, theme: Theme, up: str) -> Any:
    from plotly import graph_objects as go

    return go.Bar(
        x=frame["start"].tolist(),
        y=small(frame["count"]),
        yaxis=up,
        marker={"color": faded(theme.accent, 0.55), "line": {"width": 0}},
        customdata=[[rows_text(count)] for count in frame["count"]],
        hovertemplate="%{x}<br>%{customdata[0]}<extra></extra>",
    )


def alt(frame: pd.DataFrame) -> str:
    """Return span, rows and the course of the mean in words."""
    if frame.empty:
        return "Over time: no row has a date."
    first, last = frame["start"].iloc[0], frame["start"].iloc[-1]
    text = (
        f"{frame['date'].iloc[0]} by {frame['step'].iloc[0]} from {first} to {last}:"
        f" {frame['count'].min():,} to {frame['count'].max():,} rows a step."
    )
    means = frame["mean"].dropna()
    if means.empty:
        return text
    return (
        f"{text} Mean of {frame['what'].iloc[0]}: first {number_words(means.iloc[0])}, last"
        f" {number_words(means.iloc[-1])}, lowest {number_words(means.min())}, highest"
        f" {number_words(means.max())}."
    )
