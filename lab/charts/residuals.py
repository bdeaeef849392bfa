"""Residuals: what is left between the truth and the prediction, over the prediction."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.averaging import Floats
from lab.charts.layout import axis, blank, figure, legend
from lab.charts.theme import Theme, faded, shown, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from lab.experiments import Outputs

MAX_POINTS = 1000
N_BINS = 20
MAX_BANDS = 2
_COLUMNS = ["candidate", "kind", "predicted", "truth", "residual", "low", "high", "count"]


def frame(outputs: "Mapping[str, Sequence[Outputs]]") -> pd.DataFrame:
    """Return a sample of rows and the middle of the residuals in bins of the prediction.

    Parameters
    ----------
    outputs : mapping of str to sequence of Outputs
        Answers on the test rows, one for each fold, by candidate; all folds are pooled.

    Returns
    -------
    DataFrame
        ``candidate, kind, predicted, truth, residual, low, high, count``. Kind ``point``: at most
        1,000 rows in all, drawn with a fixed seed; the residual is truth minus prediction. Kind
        ``bin``: twenty bins of equal size with their medians and the 10 % and 90 % quantiles of
        the residuals. Rows beyond 1e38 are left out: no chart can hold them.
    """
    room = max(MAX_POINTS // max(len(outputs), 1), 1)
    parts = []
    for candidate, folds in outputs.items():
        if folds:
            truth = np.concatenate([fold.truth.astype(np.float64) for fold in folds])
            predicted = np.concatenate([fold.predicted.astype(np.float64) for fold in folds])
            drawable = (np.abs(truth) < 1e38) & (np.abs(predicted) < 1e38)
            parts.append(_points(candidate, truth[drawable], predicted[drawable], room))
            parts.append(_bins(candidate, truth[drawable], predicted[drawable]))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)


def _points(candidate: str, truth: Floats, predicted: Floats, room: int) -> pd.DataFrame:
    chosen = np.arange(len(truth))
    if len(chosen) > room:
        chosen = np.sort(np.random.default_rng(0).choice(len(truth), size=room, replace=False))
    values = {"predicted": predicted[chosen], "truth": truth[chosen]}
    return pd.DataFrame(
        {
            "candidate": candidate,
            "kind": "point",
            **values,
            "residual": values["truth"] - values["predicted"],
            "low": np.nan,
            "high": np.nan,
            "count": 1,
        }
    )


def _bins(candidate: str, truth: Floats, predicted: Floats) -> pd.DataFrame:
    n_bins = int(np.clip(len(truth) // 10, min(len(truth), 1), N_BINS))
    order = np.argsort(predicted, kind="stable")
    rows = []
    for chosen in np.array_split(order, n_bins) if n_bins else []:
        left = truth[chosen] - predicted[chosen]
        low, middle, high = np.quantile(left, [0.1, 0.5, 0.9])
        rows.append((np.median(predicted[chosen]), np.median(truth[chosen]), middle, low, high,
                     len(chosen)))  # fmt: skip
    table = pd.DataFrame(rows, columns=_COLUMNS[2:])
    return table.assign(candidate=candidate, kind="bin")[_COLUMNS]


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the residuals of all candidates: sampled rows, and the median with its spread."""
    if frame.empty:
        return blank(theme, "There are no predictions yet.")
    names = frame["candidate"].unique().tolist()
    traces = []
    for name in names:
        part = frame[frame["candidate"] == name]
        traces.append(points(part, theme, up="residual"))
        bins = part[part["kind"] == "bin"]
        traces.extend(_middle(bins, theme)[0 if len(names) <= MAX_BANDS else 1 :])
    zero = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0}
    return figure(
        theme,
        traces,
        x=axis(theme, "Predicted value"),
        y=axis(theme, "Truth minus prediction"),
        shapes=[{**zero, "line": {"color": theme.inks.quiet, "width": 1, "dash": "dot"}}],
        showlegend=len(names) > 1,
        legend=legend(theme, names),
        height=400 + 12 * len(names),
    )


def points(part: pd.DataFrame, theme: Theme, *, up: str) -> Any:
    """Return the sampled rows of one candidate as faint dots.

    Parameters
    ----------
    part : DataFrame
        One candidate's rows of a residual frame.
    theme : Theme
        Light or dark, with the candidates' colours.
    up : {"residual", "truth"}
        What stands on the vertical axis.
    """
    from plotly import graph_objects as go

    candidate = str(part["candidate"].iloc[0])
    rows = part[part["kind"] == "point"]
    return go.Scatter(
        x=small(rows["predicted"]),
        y=small(rows[up]),
        mode="markers",
        name=shown(candidate, max_length=28),
        legendgroup=shown(candidate),
        showlegend=False,
        marker={
            "color": faded(theme.colour(candidate), 0.35),
            "size": 5,
            "symbol": theme.symbol(candidate),
        },
        hovertemplate=(
            f"{shown(candidate)}<br>predicted %{{x:.4~g}}<br>{up} %{{y:.4~g}}<extra></extra>"
        ),
    )


def _middle(bins: pd.DataFrame, theme: Theme) -> list[Any]:
    from plotly import graph_objects as go

    candidate = str(bins["candidate"].iloc[0])
    x = small(bins["predicted"])
    band = go.Scatter(
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([small(bins["high"]), small(bins["low"])[::-1]]),
        fill="toself",
        fillcolor=faded(theme.colour(candidate), 0.12),
        mode="lines",
        line={"width": 0},
        hoverinfo="skip",
        legendgroup=shown(candidate),
        showlegend=False,
    )
    line = go.Scatter(
        x=x,
        y=small(bins["residual"]),
        customdata=np.column_stack([small(bins["low"]), small(bins["high"])]),
        mode="lines",
        name=shown(candidate, max_length=28),
        legendgroup=shown(candidate),
        line={"color": theme.colour(candidate), "width": 2.5, "dash": theme.dash(candidate)},
        hovertemplate=(
            f"{shown(candidate)}<br>near %{{x:.4~g}}: median %{{y:.4~g}}<br>"
            "80 % lie in %{customdata[0]:.4~g} to %{customdata[1]:.4~g}<extra></extra>"
        ),
    )
    return [band, line]


def alt(frame: pd.DataFrame) -> str:
    """Return the middle and spread of the residuals in words."""
    if frame.empty:
        return "Residuals: there are no predictions."
    bins = frame[frame["kind"] == "bin"].groupby("candidate", sort=False)
    words = "; ".join(
        f"{name}: median {rows['residual'].median():.4g}, 80 % within {rows['low'].median():.4g}"
        f" to {rows['high'].median():.4g}"
        for name, rows in list(bins)[:14]
    )
    return f"Residuals over the predicted value. {words}."
