"""Rows in the order of a score: what every threshold metric is computed from."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Ranking:
    """Sums of weights above every distinct score, from the highest score down.

    Parameters
    ----------
    hits : ndarray of float64
        Weight of the rows of the class at or above each score.
    alarms : ndarray of float64
        Weight of the other rows at or above each score.
    """

    hits: Floats
    alarms: Floats

    @property
    def area(self) -> float:
        """Area under the ROC curve (trapezoids); NaN unless both kinds of rows are there."""
        if not self.hits.size or self.hits[-1] <= 0 or self.alarms[-1] <= 0:
            return float("nan")
        heights = self.hits + np.concatenate(([0.0], self.hits[:-1]))
        widths = np.diff(self.alarms, prepend=0.0)
        return float(heights @ widths / (2 * self.hits[-1] * self.alarms[-1]))

    @property
    def average_precision(self) -> float:
        """Mean of precision over the steps of recall; NaN when no row is of the class."""
        if not self.hits.size or self.hits[-1] <= 0:
            return float("nan")
        precision = self.hits / (self.hits + self.alarms)
        return float(np.diff(self.hits, prepend=0.0) @ precision / self.hits[-1])


def rank_rows(is_class: npt.NDArray[np.bool_], score: Floats, weight: Floats | None) -> Ranking:
    """Return the ranking of rows by a score; ties count as one step.

    Parameters
    ----------
    is_class : ndarray of bool, shape (n,)
        Whether each row is of the class.
    score : ndarray of float64, shape (n,)
        Higher means more likely of the class.
    weight : ndarray of float64, shape (n,), or None
        Row weights; rows of weight 0 are left out.
    """
    if weight is not None:
        counted = weight > 0
        is_class, score, weight = is_class[counted], score[counted], weight[counted]
    order = np.argsort(score)[::-1]
    ordered = score[order]
    ends = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], ordered.size > 0))
    if weight is None:
        hits = np.cumsum(is_class[order], dtype=np.float64)[ends]
        return Ranking(hits=hits, alarms=ends + 1.0 - hits)
    inside = is_class[order]
    steps = weight[order]
    return Ranking(
        hits=np.cumsum(np.where(inside, steps, 0.0))[ends],
        alarms=np.cumsum(np.where(inside, 0.0, steps))[ends],
    )
