"""What each step brings when it is done before the split: a dot with its interval a step."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

from lab.base import plain_text
from lab.charts.layout import axis, blank, figure
from lab.charts.theme import Theme, shown, small
from lab.metrics import METRICS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_COLUMNS = ["candidate", "metric", "step", "mean", "difference", "low", "high"]


class Line(Protocol):
    """What is known of a step."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def mean(self) -> float:
        """Mean score."""

    @property
    def difference(self) -> float:
        """How much better it looks, above 0 for better."""

    @property
    def low(self) -> float:
        """Lower end of the difference's interval."""

    @property
    def high(self) -> float:
        """Upper end."""


def frame(lines: Sequence[Line], *, metric: str, candidate: str) -> pd.DataFrame:
    """Return how much better a candidate looks with each step done before the split.

    Parameters
    ----------
    lines : sequence of Line
        All steps together, then each by itself; those without a number are left out.
    metric : str
        A key of `METRICS`.
    candidate : str
        Whose scores they are.

    Returns
    -------
    DataFrame
        ``candidate, metric, step, mean, difference, low, high`` in the order given; differences
        are above 0 for better whatever the metric's direction.
    """
    rows = [
        (candidate, METRICS[metric].title, line.title, line.mean, line.difference, line.low,
         line.high)
        for line in lines
        if np.isfinite(line.difference)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=_COLUMNS)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a lane a step; filled dots are those whose interval leaves out 0."""
    from plotly import graph_objects as go

    if frame.empty:
        return blank(theme, "No step has a score to show.")
    colour = theme.hue(1)
    is_clear = (frame["low"] > 0) | (frame["high"] < 0)
    dots = go.Scatter(
        x=small(frame["difference"]),
        y=list(range(len(frame))),
        error_x={
            "type": "data", "symmetric": False, "array": small(frame["high"] - frame["difference"]),
            "arrayminus": small(frame["difference"] - frame["low"]), "color": colour,
            "thickness": 2, "width": 4,
        },
        mode="markers",
        marker={
            "color": [colour if filled else theme.inks.surface for filled in is_clear],
            "size": 10, "line": {"color": colour, "width": 2},
        },
        customdata=[[shown(step, max_length=60), f"{mean:.4f}"]
                    for step, mean in zip(frame["step"], frame["mean"], strict=True)],
        hovertemplate=(
            "%{customdata[0]}<br>%{x:+.4f}, score %{customdata[1]}<extra></extra>"
        ),
    )  # fmt: skip
    metric = shown(frame["metric"].iloc[0])
    return figure(
        theme,
        [dots],
        x=axis(theme, f"Looks better by, 95 % interval<br>{metric}", exponentformat="power"),
        y=_lanes(theme, frame["step"].tolist()),
        height=120 + 40 * len(frame),
        shapes=[
            {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": 0, "x1": 0, "layer": "below",
             "line": {"color": theme.inks.quiet, "width": 1, "dash": "dot"}}
        ],
    )  # fmt: skip


def _lanes(theme: Theme, steps: Sequence[str]) -> dict[str, Any]:
    return axis(
        theme, "", tickmode="array", tickvals=list(range(len(steps))),
        ticktext=[_wrapped(step) for step in steps], range=[len(steps) - 0.5, -0.5],
        showgrid=False, tickfont={"size": 12, "color": theme.inks.text},
    )  # fmt: skip


def _wrapped(step: str) -> str:
    lines = textwrap.wrap(plain_text(step, max_length=60), 24) or [""]
    return "<br>".join(shown(line) for line in lines[:2])


def alt(frame: pd.DataFrame) -> str:
    """Return what each step brings, in words."""
    if frame.empty:
        return "Steps done before the split: there is no score to show."
    words = "; ".join(
        f"{row['step']} {row['difference']:+.3f}{_interval(row)}"
        for row in frame.to_dict("records")
    )
    first = frame.iloc[0]
    return (
        f"How much better {first['candidate']} looks in {first['metric']} with steps done before"
        f" the split: {words}."
    )


def _interval(row: dict[Any, Any]) -> str:
    known = bool(np.isfinite([row["low"], row["high"]]).all())
    return f" ({row['low']:+.3f} to {row['high']:+.3f})" if known else ""
