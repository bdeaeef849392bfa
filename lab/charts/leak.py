"""Honest scores beside those of preparation before the split, on one axis."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure, lanes
from lab.charts.theme import Theme, shown, small
from lab.metrics import METRICS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_LANES = {"honest": "Inside each fold", "leaking": "Before the split (wrong)"}


def frame(
    honest: Sequence[float], leaking: Sequence[float], *, metric: str, candidate: str
) -> pd.DataFrame:
    """Return the scores of each fold, prepared inside the folds and before the split.

    Parameters
    ----------
    honest, leaking : sequence of float
        Scores by fold; those that are not numbers are left out.
    metric : str
        A key of `METRICS`.
    candidate : str
        Whose scores they are.

    Returns
    -------
    DataFrame
        ``candidate, metric, way, fold, value``; `way` is ``honest`` or ``leaking``, and folds are
        counted from 1 over all repeats.
    """
    lines = [
        (candidate, METRICS[metric].title, way, fold, float(value))
        for way, values in (("honest", honest), ("leaking", leaking))
        for fold, value in enumerate(values, start=1)
        if np.isfinite(value)
    ]
    return pd.DataFrame(lines, columns=["candidate", "metric", "way", "fold", "value"])


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a lane a way: a dot a fold, and a bar for the mean."""
    if frame.empty:
        return blank(theme, "There are no scores to set side by side.")
    traces = [
        trace
        for place, way in enumerate(_LANES)
        for trace in _lane(frame[frame["way"] == way], place, theme)
    ]
    return figure(
        theme,
        traces,
        x=axis(theme, shown(frame["metric"].iloc[0])),
        y=lanes(theme, list(_LANES.values())),
        height=220,
    )


def _lane(part: pd.DataFrame, place: int, theme: Theme) -> list[Any]:
    from plotly import graph_objects as go

    colour, mean = theme.hue(place), part["value"].mean()
    return [
        go.Scatter(
            x=small(part["value"]),
            y=[place] * len(part),
            text=[f"fold {fold}" for fold in part["fold"]],
            mode="markers",
            marker={"color": colour, "size": 9, "opacity": 0.55},
            name=list(_LANES.values())[place],
            hovertemplate="%{text}: %{x:.4f}<extra></extra>",
        ),
        go.Scatter(
            x=small([mean, mean]),
            y=[place - 0.28, place + 0.28],
            mode="lines",
            line={"color": colour, "width": 3},
            name=f"{list(_LANES.values())[place]}, mean",
            hovertemplate="mean %{x:.4f}<extra></extra>",
        ),
    ]


def alt(frame: pd.DataFrame) -> str:
    """Return both means in words."""
    if frame.empty:
        return "Honest and leaking scores: there are none."
    means = frame.groupby("way")["value"].mean()
    words = "; ".join(
        f"{label.lower()} {means[way]:.3f}" for way, label in _LANES.items() if way in means
    )
    first = frame.iloc[0]
    return f"Mean {first['metric']} of {first['candidate']} by where it was prepared: {words}."
