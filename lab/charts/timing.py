"""Time: what a candidate costs to fit and to predict with."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure, lanes, legend
from lab.charts.theme import Theme, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_SHOWN = (
    ("fit", "fit", "circle"),
    ("predict", "predict the test rows", "diamond-open"),
    ("prepare", "prepare the columns", "line-ns-open"),
)


def frame(leaderboard: pd.DataFrame) -> pd.DataFrame:
    """Return mean seconds of one fold for every candidate that finished one, the fastest first.

    Parameters
    ----------
    leaderboard : DataFrame
        ``Leaderboard.frame`` of `lab.comparison`.

    Returns
    -------
    DataFrame
        ``candidate, prepare, fit, predict`` in seconds.
    """
    names = {f"{name}_seconds": name for name in ("prepare", "fit", "predict")}
    part = leaderboard[["candidate", *names]].rename(columns=names)
    part = part[part["fit"].notna()]
    return part.sort_values("fit", kind="stable", ignore_index=True)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a lane a candidate with its times on a logarithmic axis."""
    if frame.empty:
        return blank(theme, "No candidate has finished a fold yet.")
    names = frame["candidate"].tolist()
    words = [word for _, word, _ in _SHOWN]
    return figure(
        theme,
        [_marks(frame, theme, line) for line in _SHOWN],
        x=axis(theme, "Seconds a fold, logarithmic", type="log", dtick=1),
        y=lanes(theme, names),
        height=120 + 30 * len(names),
        showlegend=True,
        legend={**legend(theme, words), "y": 1.02, "yanchor": "bottom"},
    )


def _marks(frame: pd.DataFrame, theme: Theme, line: tuple[str, str, str]) -> Any:
    from plotly import graph_objects as go

    column, words, symbol = line
    seconds = frame[column].to_numpy(np.float64)
    colours = [theme.colour(name) for name in frame["candidate"]]
    return go.Scatter(
        x=small(np.maximum(seconds, 0.0005)),
        y=list(range(len(frame))),
        mode="markers",
        name=words,
        marker={
            "symbol": symbol,
            "size": 10,
            "color": colours,
            "line": {"width": 2, "color": colours},
        },
        customdata=[f"{value:.3g}" for value in seconds],
        hovertemplate=f"{words}: %{{customdata}} s<extra></extra>",
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the fit times in words."""
    if frame.empty:
        return "Times: no candidate has finished a fold."
    words = ", ".join(f"{row.candidate} {row.fit:.3g} s" for row in frame.head(14).itertuples())
    return f"Mean time of one fit, fastest first: {words}."
