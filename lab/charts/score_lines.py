"""The traces of curves of a score: measured points with intervals, training scores, bands."""

from typing import Any

import numpy as np
import pandas as pd

from lab.charts.theme import Theme, faded, small


def points(frame: pd.DataFrame, theme: Theme, *, across: str, is_line: bool = True) -> Any:
    """Return measured test scores with their intervals.

    Parameters
    ----------
    frame : DataFrame
        ``place, mean, low, high``.
    theme : Theme
        Light or dark.
    across : str
        What stands before the score when the reader points at a dot, as plotly's template.
    is_line : bool, default True
        Whether the dots are joined.
    """
    from plotly import graph_objects as go

    known = bool(frame[["low", "high"]].notna().all(axis=None))
    interval = " (%{customdata[0]:.4f} to %{customdata[1]:.4f})" if known else ""
    return go.Scatter(
        x=small(frame["place"]),
        y=small(frame["mean"]),
        customdata=np.column_stack([small(frame["low"]), small(frame["high"])]),
        error_y={
            "type": "data",
            "symmetric": False,
            "array": small(frame["high"] - frame["mean"]),
            "arrayminus": small(frame["mean"] - frame["low"]),
            "color": theme.accent,
            "thickness": 1.5,
            "width": 4,
            "visible": known,
        },
        mode="lines+markers" if is_line else "markers",
        name="Test score, 95 % interval" if known else "Test score",
        line={"color": theme.accent, "width": 2},
        marker={"color": theme.accent, "size": 8},
        hovertemplate=f"{across}<br>test %{{y:.4f}}{interval}<extra></extra>",
    )


def training(frame: pd.DataFrame, theme: Theme, *, across: str, is_line: bool = True) -> Any:
    """Return the training scores at the same places."""
    from plotly import graph_objects as go

    return go.Scatter(
        x=small(frame["place"]),
        y=small(frame["train"]),
        mode="lines+markers" if is_line else "markers",
        name="Training score",
        line={"color": theme.inks.quiet, "width": 1.5, "dash": "dot"},
        marker={"color": theme.inks.quiet, "size": 6, "symbol": "diamond"},
        hovertemplate=f"{across}<br>training %{{y:.4f}}<extra></extra>",
    )


def band(frame: pd.DataFrame, theme: Theme) -> Any:
    """Return the area between ``low`` and ``high``."""
    from plotly import graph_objects as go

    return go.Scatter(
        x=small(np.concatenate([frame["place"], frame["place"][::-1]])),
        y=small(np.concatenate([frame["high"], frame["low"][::-1]])),
        fill="toself",
        fillcolor=faded(theme.accent, 0.14),
        line={"width": 0},
        mode="lines",
        name="95 % band of the trend",
        hoverinfo="skip",
    )
