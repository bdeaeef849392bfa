"""Which candidates need not be run to the end: those that are behind the best beyond chance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lab.comparison.paired_tests import LEVEL, corrected_paired_test, holm
from lab.comparison.score_table import mean_of

LEAST_FOLDS = 3
"""Folds that candidates must share before any is ruled out."""


@dataclass(frozen=True, kw_only=True)
class RuledOut:
    """A candidate that is behind.

    Parameters
    ----------
    candidate, best : int
        Its position, and that of the best so far.
    n_folds : int
        Folds that both have.
    difference : float
        Mean score of the best minus its own, in the metric's own direction; above 0.
    p_value : float
        Adjusted for all candidates and all looks.
    """

    candidate: int
    best: int
    n_folds: int
    difference: float
    p_value: float


def ruled_out(
    scores: npt.NDArray[np.float64],
    *,
    n_looks: int,
    greater_is_better: bool,
    test_ratio: float,
) -> list[RuledOut]:
    """Return the candidates that the corrected paired test shows to be behind the best.

    Holm's adjustment allows for the candidates compared; multiplying by the number of looks
    (Bonferroni) allows for the test being made again after every fold.

    Parameters
    ----------
    scores : ndarray of float64, shape (n_candidates, n_folds)
        Scores so far; NaN where there is none. Only folds that all candidates with any score
        have are compared.
    n_looks : int
        How often the test is made in the whole run, at most.
    greater_is_better : bool
        The metric's direction.
    test_ratio : float
        Rows tested for each row learned from.

    Examples
    --------
    >>> scores = np.array([[0.9, 0.92, 0.91, 0.9], [0.5, 0.52, 0.5, 0.51], [0.9, 0.91, 0.92, 0.89]])
    >>> [out.candidate for out in ruled_out(scores, n_looks=5, greater_is_better=True,
    ...                                     test_ratio=0.25)]
    [1]
    """
    has_any = np.isfinite(scores).any(axis=1)
    runners = np.flatnonzero(has_any)
    shared = np.isfinite(scores[runners]).all(axis=0)
    if len(runners) < 2 or shared.sum() < LEAST_FOLDS:
        return []
    known = scores[np.ix_(runners, shared)] * (1 if greater_is_better else -1)
    best = int(np.argmax(mean_of(known)))
    others = np.delete(np.arange(len(runners)), best)
    test = corrected_paired_test(known[best] - known[others], test_ratio=test_ratio)
    p_values = np.minimum(holm(test.p_value) * n_looks, 1.0)
    return [
        RuledOut(
            candidate=int(runners[other]),
            best=int(runners[best]),
            n_folds=int(shared.sum()),
            difference=float(difference),
            p_value=float(p_value),
        )
        for other, difference, p_value in zip(others, test.difference, p_values, strict=True)
        if difference > 0 and p_value < 1 - LEVEL
    ]
