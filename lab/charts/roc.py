"""Receiver operating characteristic: found positives against false alarms."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lab.charts.averaged_lines import areas_in_words, lines
from lab.charts.averaging import GRID, Floats, average_curves
from lab.charts.layout import axis, blank, figure, legend, note
from lab.charts.theme import Theme
from lab.metrics import Ranking

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from lab.experiments import Outputs


def frame(
    outputs: "Mapping[str, Sequence[Outputs]]", *, of_class: int | None = None
) -> pd.DataFrame:
    """Return the mean ROC curve of every candidate over its folds, on a grid of 300 points.

    Parameters
    ----------
    outputs : mapping of str to sequence of Outputs
        Answers on the test rows, one for each fold, by candidate.
    of_class : int, optional
        The positive class; None for the positive class of a binary task and for the mean over
        classes, one against the rest, of a multiclass task.

    Returns
    -------
    DataFrame
        As `average_curves`; `area` is the mean of scikit-learn's ``roc_auc_score`` over folds.
    """
    return average_curves(outputs, _curve, of_class=of_class)


def _curve(ranking: Ranking) -> tuple[Floats, float]:
    false_rate = np.append(0.0, ranking.alarms / ranking.alarms[-1])
    true_rate = np.append(0.0, ranking.hits / ranking.hits[-1])
    # A curve that rises straight up has two heights there: take the middle, which keeps the
    # area, but at the ends the height that is seen.
    upper = np.interp(GRID, false_rate, true_rate)
    first = np.searchsorted(false_rate, GRID, side="left")
    last = np.searchsorted(false_rate, GRID, side="right") - 1
    on_point = first <= last
    heights = np.where(on_point, (true_rate[np.minimum(first, last)] + true_rate[last]) / 2, upper)
    heights[0], heights[-1] = true_rate[last[0]], 1.0
    return heights, float(ranking.area)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the curves of all candidates with bands of one standard deviation over folds."""
    if frame.empty:
        return blank(theme, "None of these candidates gives scores by class, so there is no curve.")
    from plotly import graph_objects as go

    chance = go.Scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"color": theme.inks.quiet, "width": 1, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
    )
    axes = ("False positive rate", "True positive rate")
    names = frame["candidate"].unique().tolist()
    return figure(
        theme,
        [chance, *lines(frame, theme, area="AUC", axes=axes, rises_from_zero=True)],
        x=axis(theme, axes[0], range=[-0.01, 1.01]),
        y=axis(theme, axes[1], range=[-0.01, 1.02]),
        height=440 + (22 * len(names) if len(names) > 6 else 0),
        showlegend=True,
        legend=legend(theme, names, corner="lower right"),
        annotations=[note(theme, "chance", x=0.74, y=0.74, yshift=-10, xanchor="left")],
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the areas under the curves in words."""
    return areas_in_words(frame, what="ROC curves", area="area under the curve")
