"""Averaged curves as lines with bands, one colour a candidate."""

from typing import Any

import numpy as np
import pandas as pd

from lab.charts.averaging import thin
from lab.charts.theme import Theme, faded, shown, small


def lines(
    frame: pd.DataFrame, theme: Theme, *, area: str, axes: tuple[str, str], rises_from_zero: bool
) -> list[Any]:
    """Return the traces of averaged curves, the largest area first.

    Parameters
    ----------
    frame : DataFrame
        From `average_curves`.
    theme : Theme
        Light or dark, with the candidates' colours.
    area : str
        What the area is called, such as ``"AUC"``.
    axes : (str, str)
        What the axes are called when the reader points at a curve.
    rises_from_zero : bool
        Whether the curves start at the origin, from where they may rise straight up.
    """
    ranked = frame.groupby("candidate", sort=False)["area"].first().sort_values(ascending=False)
    opacity = 0.16 if len(ranked) <= 3 else 0.09 if len(ranked) <= 7 else 0.05
    traces = []
    for candidate in ranked.index:
        part = frame[frame["candidate"] == candidate]
        if rises_from_zero:
            origin = part.iloc[:1].assign(mean=0.0, low=0.0, high=0.0)
            part = pd.concat([origin, part])
        if part["area_sd"].notna().all():
            traces.append(_band(part, theme, opacity))
        traces.append(_line(part, theme, (area, *axes)))
    return traces


def _band(part: pd.DataFrame, theme: Theme, opacity: float) -> Any:
    from plotly import graph_objects as go

    candidate = str(part["candidate"].iloc[0])
    x, low, high = (part[name].to_numpy(np.float64) for name in ("x", "low", "high"))
    over, under = thin(x, high, tolerance=0.005), thin(x, low, tolerance=0.005)[::-1]
    return go.Scatter(
        x=small(np.concatenate([x[over], x[under]])),
        y=small(np.concatenate([high[over], low[under]])),
        fill="toself",
        fillcolor=faded(theme.colour(candidate), opacity),
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
        legendgroup=candidate_group(theme, candidate),
        showlegend=False,
    )


def _line(part: pd.DataFrame, theme: Theme, words: tuple[str, str, str]) -> Any:
    from plotly import graph_objects as go

    candidate = str(part["candidate"].iloc[0])
    area, across, up = words
    label = f"{shown(candidate, max_length=28)} · {area} {part['area'].iloc[0]:.3f}"
    few = part.iloc[thin(part["x"].to_numpy(), part["mean"].to_numpy())]
    spread = few["high"] - few["mean"]
    return go.Scatter(
        x=small(few["x"]),
        y=small(few["mean"]),
        customdata=small(spread) if spread.notna().all() else None,
        mode="lines",
        name=label,
        legendgroup=candidate_group(theme, candidate),
        line={"color": theme.colour(candidate), "width": 2, "dash": theme.dash(candidate)},
        hovertemplate=(
            f"{label}<br>{across} %{{x:.3f}}<br>{up} %{{y:.3f}}"
            + (" ± %{customdata:.3f}" if spread.notna().all() else "")
            + "<extra></extra>"
        ),
    )


def candidate_group(theme: Theme, candidate: str) -> str:
    """Return a name under which a candidate's traces are shown and hidden together."""
    known = candidate in theme.candidates
    return f"candidate {theme.candidates.index(candidate)}" if known else shown(candidate)


def areas_in_words(frame: pd.DataFrame, *, what: str, area: str) -> str:
    """Return a sentence that names each candidate with its area, the largest first."""
    if frame.empty:
        return f"{what}: no candidate gives scores."
    ranked = frame.groupby("candidate", sort=False)["area"].first().sort_values(ascending=False)
    words = ", ".join(f"{name} {value:.3f}" for name, value in ranked.head(14).items())
    return f"{what}, {area} by candidate: {words}."
