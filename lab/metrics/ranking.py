"""Rows in the order of a score: what every threshold metric is computed from."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Ranking:
    """Sums of weights at or above every distinct score, from the highest score down.

    Parameters
    ----------
    hits : ndarray of float64, shape (..., n_scores)
        Weight of the rows of the class.
    alarms : ndarray of float64, shape (..., n_scores)
        Weight of the other rows.
    """

    hits: Floats
    alarms: Floats

    @property
    def area(self) -> Floats:
        """Area under the ROC curve (trapezoids); NaN unless both kinds of rows are there."""
        heights = self.hits[..., 1:] + self.hits[..., :-1]
        twice = self.hits[..., 0] * self.alarms[..., 0] + _dot(heights, _steps(self.alarms))
        area: Floats = twice / (2 * self.hits[..., -1] * self.alarms[..., -1])
        return area

    @property
    def precision(self) -> Floats:
        """Share of the class among the rows at or above every score; 0 where none weighs."""
        flagged = self.hits + self.alarms
        return np.divide(self.hits, flagged, out=np.zeros_like(flagged), where=flagged > 0)

    @property
    def average_precision(self) -> Floats:
        """Mean of precision over the steps of recall; NaN when no row is of the class."""
        precision = self.precision
        first = precision[..., 0] * self.hits[..., 0]
        gains = first + _dot(precision[..., 1:], _steps(self.hits))
        value: Floats = gains / self.hits[..., -1]
        return value


def rank_rows(is_class: npt.NDArray[np.bool_], score: Floats, weights: Floats) -> Ranking:
    """Return the ranking of rows by a score; ties count as one step.

    Parameters
    ----------
    is_class : ndarray of bool, shape (n,)
        Whether each row is of the class.
    score : ndarray of float64, shape (n,)
        Higher means more likely of the class.
    weights : ndarray of float64, shape (n,) or (draws, n)
        Row weights.
    """
    order = np.argsort(score)[::-1]
    ordered = score[order]
    ends = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True))
    weights = np.take(weights, order, axis=-1)
    of_class = weights * is_class[order]
    hits, alarms = np.cumsum(of_class, axis=-1), np.cumsum(weights - of_class, axis=-1)
    if len(ends) < len(order):
        hits, alarms = np.take(hits, ends, axis=-1), np.take(alarms, ends, axis=-1)
    return Ranking(hits=hits, alarms=alarms)


def _steps(sums: Floats) -> Floats:
    return sums[..., 1:] - sums[..., :-1]


def _dot(left: Floats, right: Floats) -> Floats:
    product: Floats = np.einsum("...i,...i->...", left, right)
    return product
