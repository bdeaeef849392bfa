"""Scores by fold: how much a score depends on which rows it was judged on."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure, lanes
from lab.charts.theme import Theme, shown, small
from lab.metrics import METRICS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def frame(scores: pd.DataFrame, *, metric: str) -> pd.DataFrame:
    """Return the scores of one metric, best candidate first.

    Parameters
    ----------
    scores : DataFrame
        ``candidate, repeat, fold, metric, value, ...`` of `lab.comparison.fold_scores`.
    metric : str
        A key of `METRICS`.

    Returns
    -------
    DataFrame
        ``candidate, repeat, fold, metric, value, mean``; `metric` is its title.
    """
    columns = ["candidate", "repeat", "fold", "metric", "value", "mean"]
    part = scores[(scores["metric"] == metric) & scores["value"].notna()].copy()
    if part.empty:
        return pd.DataFrame(columns=columns)
    part["value"] = part["value"].astype(np.float64)
    part["mean"] = part.groupby("candidate", sort=False)["value"].transform("mean")
    entry = METRICS[metric]
    ranked = part.sort_values("mean", ascending=not entry.greater_is_better, kind="stable")
    return ranked.assign(metric=entry.title)[columns].reset_index(drop=True)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a lane a candidate: a dot a fold, a bar for the mean."""
    if frame.empty:
        return blank(theme, "There are no scores by fold yet.")
    names = frame["candidate"].unique().tolist()
    traces = [
        _dots(frame[frame["candidate"] == name], place, theme) for place, name in enumerate(names)
    ]
    return figure(
        theme,
        [*traces, _means(frame, names, theme)],
        x=axis(theme, shown(frame["metric"].iloc[0])),
        y=lanes(theme, names),
        height=90 + 34 * len(names),
    )


def _dots(part: pd.DataFrame, place: int, theme: Theme) -> Any:
    from plotly import graph_objects as go

    candidate = str(part["candidate"].iloc[0])
    spread = np.linspace(-0.16, 0.16, len(part)) if len(part) > 1 else np.zeros(1)
    return go.Scatter(
        x=small(part["value"]),
        y=small(place + spread),
        customdata=np.column_stack([part["repeat"] + 1, part["fold"] + 1]).astype(np.int32),
        mode="markers",
        marker={
            "color": theme.colour(candidate),
            "size": 8,
            "opacity": 0.75,
            "symbol": theme.symbol(candidate),
        },
        name=shown(candidate, max_length=28),
        hovertemplate=(
            f"{shown(candidate)}<br>repeat %{{customdata[0]}}, fold %{{customdata[1]}}: "
            "%{x:.4f}<extra></extra>"
        ),
    )


def _means(frame: pd.DataFrame, names: list[str], theme: Theme) -> Any:
    from plotly import graph_objects as go

    means = frame.groupby("candidate", sort=False)["mean"].first()
    return go.Scatter(
        x=small([means[name] for name in names]),
        y=list(range(len(names))),
        mode="markers",
        marker={
            "symbol": "line-ns",
            "size": 18,
            "line": {"width": 2, "color": theme.inks.text},
        },
        hovertemplate="mean %{x:.4f}<extra></extra>",
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the range of each candidate's fold scores in words."""
    if frame.empty:
        return "Scores by fold: there are none yet."
    words = "; ".join(
        f"{name} {rows['value'].min():.3f} to {rows['value'].max():.3f}"
        f" (mean {rows['mean'].iloc[0]:.3f})"
        for name, rows in list(frame.groupby("candidate", sort=False))[:14]
    )
    return f"{frame['metric'].iloc[0]} by fold: {words}."
