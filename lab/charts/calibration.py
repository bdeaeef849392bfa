"""Calibration: how often it happens when a model says so."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.averaging import Floats
from lab.charts.layout import axis, blank, figure, legend, note, rows_text
from lab.charts.theme import Theme, shown, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from lab.experiments import Outputs

N_BINS = 10
_COLUMNS = ["candidate", "predicted", "observed", "low", "high", "count", "error"]
_Z = 1.959963984540054  # the 97.5 % point of the normal distribution


def frame(
    outputs: "Mapping[str, Sequence[Outputs]]", *, of_class: int | None = None
) -> pd.DataFrame:
    """Return predicted probabilities in bins of equal size beside what came true.

    Parameters
    ----------
    outputs : mapping of str to sequence of Outputs
        Answers on the test rows, one for each fold, by candidate; all folds are pooled.
    of_class : int, optional
        The class looked at; None for the positive class of a binary task, and for the predicted
        class (how often is the prediction right?) of a multiclass task.

    Returns
    -------
    DataFrame
        ``candidate, predicted, observed, low, high, count, error``, at most ten rows a candidate:
        mean probability, share that came true with its 95 % interval (Wilson 1927), rows, and the
        expected calibration error of the candidate. Only candidates that give probabilities.
    """
    parts = []
    for candidate, folds in outputs.items():
        given = [fold for fold in folds if fold.scores is not None and fold.are_probabilities]
        if given:
            pairs = [_pairs(fold, of_class) for fold in given]
            chance = np.concatenate([pair[0] for pair in pairs])
            happened = np.concatenate([pair[1] for pair in pairs])
            parts.append(_binned(candidate, chance, happened))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)


def _pairs(fold: "Outputs", of_class: int | None) -> tuple[Floats, Floats]:
    scores: Floats = np.empty((0, 2)) if fold.scores is None else fold.scores
    if of_class is None and scores.shape[1] > 2:
        best = scores.argmax(axis=1)
        return scores.max(axis=1), (fold.truth == best).astype(np.float64)
    code = 1 if of_class is None else of_class
    return scores[:, code], (fold.truth == code).astype(np.float64)


def _binned(candidate: str, chance: Floats, happened: Floats) -> pd.DataFrame:
    edges = np.unique(np.quantile(chance, np.linspace(0, 1, N_BINS + 1)))
    bins = np.searchsorted(edges[1:-1], chance, side="right")
    count = np.bincount(bins, minlength=1)
    filled = count > 0
    n = count[filled]
    predicted = np.bincount(bins, weights=chance)[filled] / n
    observed = np.bincount(bins, weights=happened)[filled] / n
    centre = (observed + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * np.sqrt(observed * (1 - observed) / n + (_Z / (2 * n)) ** 2)
    return pd.DataFrame(
        {
            "candidate": candidate,
            "predicted": predicted,
            "observed": observed,
            "low": np.clip(centre - half, 0.0, 1.0),
            "high": np.clip(centre + half, 0.0, 1.0),
            "count": n,
            "error": float(np.sum(n * np.abs(predicted - observed)) / n.sum()),
        }
    )


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a line a candidate with bars of the 95 % interval; the diagonal is perfect."""
    if frame.empty:
        return blank(theme, "None of these candidates gives probabilities, only decisions.")
    from plotly import graph_objects as go

    diagonal = go.Scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"color": theme.inks.quiet, "width": 1, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
    )
    names = frame["candidate"].unique().tolist()
    traces = [_line(frame[frame["candidate"] == name], theme, len(names)) for name in names]
    return figure(
        theme,
        [diagonal, *traces],
        x=axis(theme, "Predicted probability", range=[-0.02, 1.02]),
        y=axis(theme, "Share that came true", range=[-0.02, 1.04]),
        height=440 + (22 * len(names) if len(names) > 6 else 0),
        showlegend=True,
        legend=legend(theme, names, corner="lower right"),
        annotations=[note(theme, "perfect", x=0.9, y=0.9, yshift=-14, xanchor="left")],
    )


def _line(part: pd.DataFrame, theme: Theme, n_candidates: int) -> Any:
    from plotly import graph_objects as go

    candidate = str(part["candidate"].iloc[0])
    colour = theme.colour(candidate)
    label = f"{shown(candidate, max_length=28)} · error {part['error'].iloc[0]:.3f}"
    return go.Scatter(
        x=small(part["predicted"]),
        y=small(part["observed"]),
        error_y={
            "type": "data",
            "array": small(part["high"] - part["observed"]),
            "arrayminus": small(part["observed"] - part["low"]),
            "thickness": 1,
            "width": 0,
            "color": colour,
            "visible": n_candidates <= 4,
        },
        customdata=np.column_stack([small(part["low"]), small(part["high"])]),
        text=[rows_text(n) for n in part["count"]],
        mode="lines+markers",
        name=label,
        line={"color": colour, "width": 1.5, "dash": theme.dash(candidate)},
        marker={"color": colour, "size": 7, "symbol": theme.symbol(candidate)},
        hovertemplate=(
            f"{shown(candidate)}<br>predicted %{{x:.3f}}<br>came true %{{y:.3f}}"
            " (%{customdata[0]:.3f} to %{customdata[1]:.3f})<br>%{text}<extra></extra>"
        ),
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the calibration errors in words."""
    if frame.empty:
        return "Calibration: no candidate gives probabilities."
    errors = frame.groupby("candidate", sort=False)["error"].first().sort_values()
    words = ", ".join(f"{name} {value:.3f}" for name, value in errors.head(14).items())
    return f"Calibration, mean distance between predicted and observed share: {words}."
