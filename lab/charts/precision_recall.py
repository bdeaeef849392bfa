"""Precision against recall: how pure the found are, by how many of all are found."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lab.charts.averaged_lines import areas_in_words, lines
from lab.charts.averaging import GRID, Floats, average_curves
from lab.charts.layout import axis, blank, figure, legend
from lab.charts.theme import Theme
from lab.metrics import Ranking

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from lab.experiments import Outputs


def frame(
    outputs: "Mapping[str, Sequence[Outputs]]", *, of_class: int | None = None
) -> pd.DataFrame:
    """Return the mean precision-recall curve of every candidate, on a grid of 300 points.

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
        As `average_curves`; `area` is the mean of scikit-learn's ``average_precision_score``.
    """
    return average_curves(outputs, _curve, of_class=of_class)


def _curve(ranking: Ranking) -> tuple[Floats, float]:
    recall = ranking.hits / ranking.hits[-1]
    start = int(np.searchsorted(recall, 0.0, side="right"))  # precision 0 before the first hit
    places = np.searchsorted(recall, GRID, side="left")
    chosen = np.clip(places, start, len(recall) - 1)
    return ranking.precision[chosen], float(ranking.average_precision)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the curves of all candidates with bands of one standard deviation over folds."""
    if frame.empty:
        return blank(theme, "None of these candidates gives scores by class, so there is no curve.")
    axes = ("Recall", "Precision")
    names = frame["candidate"].unique().tolist()
    return figure(
        theme,
        lines(frame, theme, area="AP", axes=axes, rises_from_zero=False),
        x=axis(theme, axes[0], range=[-0.01, 1.01]),
        y=axis(theme, axes[1], range=[-0.01, 1.02]),
        height=440 + (22 * len(names) if len(names) > 6 else 0),
        showlegend=True,
        legend=legend(theme, names, corner="lower left"),
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the average precisions in words."""
    return areas_in_words(frame, what="Precision-recall curves", area="average precision")
