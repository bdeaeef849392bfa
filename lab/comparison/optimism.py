"""How much the winner's score is flattered by having been picked."""

from dataclasses import dataclass

import numpy as np

from lab.comparison.score_table import Floats
from lab.comparison.wording import number


@dataclass(frozen=True, kw_only=True)
class Optimism:
    """The gain from picking the best of several candidates on the folds that also score it.

    Parameters
    ----------
    amount : float
        How much better the winner looks than it will be, in the metric's unit, 0 or more.
    corrected : float
        The winner's mean score without it.
    n_candidates : int
        From how many it was picked.
    sentence : str
        The same in plain words.
    """

    amount: float
    corrected: float
    n_candidates: int
    sentence: str


def picking_optimism(scores: Floats, *, greater_is_better: bool) -> Optimism | None:
    """Return the estimate of Tibshirani & Tibshirani (2009).

    In each fold the winner's score is set against the best score of that fold; the mean of the
    gaps is the estimate. It rather overstates the gain when folds are small.

    Parameters
    ----------
    scores : ndarray of float64, shape (n_candidates, n_folds)
        Scores by fold; candidates without a score in every fold are left out.
    greater_is_better : bool
        The metric's direction.

    Returns
    -------
    Optimism or None
        None with fewer than two folds or two candidates.
    """
    complete = scores[np.isfinite(scores).all(axis=1)] * (1 if greater_is_better else -1)
    if complete.shape[0] < 2 or complete.shape[1] < 2:
        return None
    winner = complete[complete.mean(axis=1).argmax()]
    amount = float(np.mean(complete.max(axis=0) - winner))
    corrected = (float(winner.mean()) - amount) * (1 if greater_is_better else -1)
    return Optimism(
        amount=amount,
        corrected=corrected,
        n_candidates=len(complete),
        sentence=_sentence(amount, corrected, len(complete)),
    )


def _sentence(amount: float, corrected: float, n_candidates: int) -> str:
    if amount == 0:
        return (
            f"It is the best of {n_candidates} in every fold, so picking it does not flatter "
            "its score."
        )
    return (
        f"Picking the best of {n_candidates} flatters its score by about {number(amount)}: "
        f"expect about {number(corrected)} on new rows (Tibshirani & Tibshirani, 2009)."
    )
