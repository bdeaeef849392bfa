"""Learning curve: the score against the rows learned from, and where it is going."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure, legend
from lab.charts.score_lines import band, points, training
from lab.charts.theme import Theme, shown, small
from lab.metrics import METRICS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_MEASURED, _TREND = "measured", "trend"


def frame(curve: pd.DataFrame, trend: pd.DataFrame, *, metric: str) -> pd.DataFrame:
    """Return the measured points and the trend through and beyond them.

    Parameters
    ----------
    curve : DataFrame
        Of `lab.comparison.study_curve`.
    trend : DataFrame
        ``LearningTrend.frame`` of `lab.comparison`; may be empty.
    metric : str
        A key of `METRICS`.

    Returns
    -------
    DataFrame
        ``candidate, metric, part, share, rows, mean, low, high, train``; `metric` is its title and
        `part` is ``measured`` or ``trend``. Nothing when no point is finished.
    """
    columns = ["candidate", "metric", "part", "share", "rows", "mean", "low", "high", "train"]
    done = curve[curve["mean"].notna()]
    if done.empty:
        return pd.DataFrame(columns=columns)
    measured = done.rename(columns={"label": "share", "n_train": "rows"}).assign(part=_MEASURED)
    followed = trend.rename(columns={"n": "rows"}).assign(
        part=_TREND, candidate=done["candidate"].iloc[0], share="", train=np.nan
    )
    parts = [measured, *([] if followed.empty else [followed])]
    whole = pd.concat([part.reindex(columns=columns) for part in parts], ignore_index=True)
    return whole.assign(metric=METRICS[metric].title)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return dots with intervals, the training score, and the trend with its band."""
    if frame.empty:
        return blank(theme, "No size is finished yet.")
    placed = frame.assign(place=frame["rows"])
    measured = placed[placed["part"] == _MEASURED].sort_values("rows")
    trend = placed[placed["part"] == _TREND]
    across = "%{x:,.0f} rows"
    traces = [points(measured, theme, across=across), training(measured, theme, across=across)]
    if len(trend):
        traces = [band(trend, theme), _beyond(trend, measured["rows"].max(), theme), *traces]
    names = [str(trace.name) for trace in traces]
    return figure(
        theme,
        traces,
        x=axis(theme, "Rows learned from", rangemode="tozero", tickformat=",.0f"),
        y=axis(theme, shown(frame["metric"].iloc[0])),
        height=420,
        showlegend=True,
        legend=legend(theme, names),
    )


def _beyond(trend: pd.DataFrame, most: float, theme: Theme) -> Any:
    """Return the trend from the most rows measured on."""
    from plotly import graph_objects as go

    part = trend[trend["rows"] >= most * 0.98]
    return go.Scatter(
        x=small(part["rows"]),
        y=small(part["mean"]),
        mode="lines",
        name="Trend, if there were more rows",
        line={"color": theme.accent, "width": 2, "dash": "dash"},
        hovertemplate="%{x:,.0f} rows<br>perhaps %{y:.4f}<extra></extra>",
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the measured scores and the end of the trend in words."""
    if frame.empty:
        return "Learning curve: no size is finished yet."
    measured = frame[frame["part"] == _MEASURED]
    words = "; ".join(
        f"{row['rows']:,.0f} rows {row['mean']:.3f}" for row in measured.to_dict("records")
    )
    text = f"Learning curve of {frame['candidate'].iloc[0]}, {frame['metric'].iloc[0]}: {words}"
    trend = frame[frame["part"] == _TREND]
    if trend.empty:
        return f"{text}."
    last = trend.iloc[-1]
    return (
        f"{text}; the trend leads to {last['mean']:.3f} ({last['low']:.3f} to {last['high']:.3f}) "
        f"with {last['rows']:,.0f} rows."
    )
