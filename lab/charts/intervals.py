"""Scores with their intervals, and who is tied with the best."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure, lanes
from lab.charts.theme import Theme, faded, shown, small
from lab.metrics import METRICS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def frame(leaderboard: pd.DataFrame, *, metric: str) -> pd.DataFrame:
    """Return mean and corrected interval of one metric for every candidate that has it.

    Parameters
    ----------
    leaderboard : DataFrame
        ``Leaderboard.frame`` of `lab.comparison`, best first.
    metric : str
        A key of `METRICS`.

    Returns
    -------
    DataFrame
        ``candidate, metric, mean, low, high, tied``; `metric` is its title.
    """
    columns = ["candidate", "metric", "mean", "low", "high", "tied"]
    if metric not in leaderboard:
        return pd.DataFrame(columns=columns)
    part = leaderboard[leaderboard[metric].notna()]
    return pd.DataFrame(
        {
            "candidate": part["candidate"].to_numpy(),
            "metric": METRICS[metric].title,
            "mean": part[metric].to_numpy(np.float64),
            "low": part[f"{metric}_low"].to_numpy(np.float64),
            "high": part[f"{metric}_high"].to_numpy(np.float64),
            "tied": part["tied"].to_numpy(bool),
        },
        columns=columns,
    )


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a dot with its interval a candidate; those tied with the best are filled."""
    if frame.empty:
        return blank(theme, "There are no scores yet.")
    names = frame["candidate"].tolist()
    best = float(frame["mean"].iloc[0])
    line = {
        "type": "line",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": best,
        "x1": best,
        "layer": "below",
    }
    tied = int(frame["tied"].sum())
    band = {
        "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": -0.5, "y1": tied - 0.5,
        "fillcolor": faded(theme.accent, 0.07), "line": {"width": 0}, "layer": "below",
    }  # fmt: skip
    solid = bool(frame["tied"].iloc[:tied].all()) and tied > 1
    return figure(
        theme,
        [_dot(row, place, theme) for place, row in enumerate(frame.to_dict("records"))],
        x=axis(theme, shown(frame["metric"].iloc[0]) + ", 95 % interval"),
        y=lanes(theme, names),
        height=90 + 34 * len(names),
        shapes=[
            {**line, "line": {"color": theme.inks.quiet, "width": 1, "dash": "dot"}},
            *([band] if solid else []),
        ],
    )


def _dot(row: dict[Any, Any], place: int, theme: Theme) -> Any:
    from plotly import graph_objects as go

    colour = theme.colour(row["candidate"])
    known = np.isfinite([row["low"], row["high"]]).all()
    words = "tied with the best" if row["tied"] else "behind the best"
    interval = f" ({row['low']:.4f} to {row['high']:.4f})" if known else ""
    return go.Scatter(
        x=small([row["mean"]]),
        y=[place],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": small([row["high"] - row["mean"]]),
            "arrayminus": small([row["mean"] - row["low"]]),
            "color": colour,
            "thickness": 2,
            "width": 5,
            "visible": bool(known),
        },
        mode="markers",
        marker={
            "color": colour if row["tied"] else theme.inks.surface,
            "size": 11,
            "symbol": theme.symbol(row["candidate"]),
            "line": {"color": colour, "width": 2},
        },
        name=shown(row["candidate"], max_length=28),
        hovertemplate=f"{shown(row['candidate'])}<br>%{{x:.4f}}{interval}<br>{words}<extra></extra>",
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the scores with their intervals in words."""
    if frame.empty:
        return "Scores with intervals: there are none yet."
    words = "; ".join(
        f"{row['candidate']} {row['mean']:.3f} ({row['low']:.3f} to {row['high']:.3f}"
        f"{', tied with the best' if row['tied'] else ''})"
        for row in frame.head(14).to_dict("records")
    )
    return f"{frame['metric'].iloc[0]} with 95 % intervals, best first: {words}."
