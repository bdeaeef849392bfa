"""Columns that beat shuffled copies of all columns."""

from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SelectorMixin
from sklearn.utils.validation import check_is_fitted

from lab.recipes.estimators.forest_selection import Floats, at_least_one, checked_sample, forest

LEVEL = 0.05
"""Of the test, over all columns."""
FEWEST_SHADOWS = 5
CONFIRMED, OPEN, REJECTED = 1, 0, -1


class ShadowSelector(SelectorMixin, BaseEstimator):  # type: ignore[misc] # no types
    """Keeps columns that matter more to a forest than shuffled copies (Boruta).

    In each round every column gets a shuffled copy, its shadow, and a forest is fitted on both. A
    column scores when its importance is above that of every shadow. Once it scores more, or less,
    often than chance allows (two-sided binomial test, corrected for the number of columns), it is
    kept, or leaves the game (Kursa and Rudnicki 2010). The best column is always kept.

    Parameters
    ----------
    target : {"class", "value"}, default "class"
        What the target is.
    rounds : int, default 30
        Forests at most.
    keep_open : bool, default False
        Whether columns without a verdict after the last round are kept.
    trees : int, default 100
        Trees of a forest, of depth 7.
    max_rows : int or None, default 5000
        Training rows to look at, drawn by the seed.
    random_state : int or None, default None
        Seed.

    Attributes
    ----------
    verdicts_ : ndarray of int
        1 for a column that matters, -1 for one that does not, 0 without a verdict.
    hits_ : ndarray of int
        Rounds in which each column beat every shadow.

    Examples
    --------
    >>> random = np.random.default_rng(0)
    >>> y = np.repeat([0, 1], 60)
    >>> rows = np.column_stack([y + random.normal(0, 0.3, 120), random.normal(0, 1, 120)])
    >>> ShadowSelector(rounds=10, trees=20, random_state=0).fit(rows, y).get_support()
    array([ True, False])
    """

    def __init__(
        self,
        *,
        target: Literal["class", "value"] = "class",
        rounds: int = 30,
        keep_open: bool = False,
        trees: int = 100,
        max_rows: int | None = 5_000,
        random_state: int | None = None,
    ) -> None:
        self.target = target
        self.rounds = rounds
        self.keep_open = keep_open
        self.trees = trees
        self.max_rows = max_rows
        self.random_state = random_state

    def fit(self, X: Any, y: Any) -> Self:
        """Return itself with a verdict for each column.

        Parameters
        ----------
        X : array of shape (n, n_features)
            Training rows.
        y : array of shape (n,)
            Targets.
        """
        values, target, random = checked_sample(self, X, y, classes=self.target == "class")
        self.hits_ = np.zeros(values.shape[1], dtype=np.int64)
        self.verdicts_ = np.zeros(values.shape[1], dtype=np.int64)
        self.merits_ = np.zeros(values.shape[1])
        for number in range(1, self.rounds + 1):
            self._play(values, target, random)
            self._judge(number)
            if (self.verdicts_ != OPEN).all():
                break
        return self

    def _play(self, values: Floats, target: npt.NDArray[Any], random: Any) -> None:
        playing = np.flatnonzero(self.verdicts_ != REJECTED)
        if not playing.size:
            return
        real, chosen = values[:, playing], np.resize(playing, max(playing.size, FEWEST_SHADOWS))
        shadows = np.column_stack([random.permutation(values[:, column]) for column in chosen])
        seed = int(random.randint(np.iinfo(np.int32).max))
        model = forest(classes=self.target == "class", trees=self.trees, depth=7, seed=seed)
        found = model.fit(np.hstack([real, shadows]), target).feature_importances_
        self.hits_[playing] += found[: playing.size] > found[playing.size :].max()
        self.merits_[playing] += found[: playing.size]

    def _judge(self, rounds: int) -> None:
        from scipy.stats import binom

        level = LEVEL / (2 * len(self.hits_))
        is_open = self.verdicts_ == OPEN
        self.verdicts_[is_open & (binom.sf(self.hits_ - 1, rounds, 0.5) <= level)] = CONFIRMED
        self.verdicts_[is_open & (binom.cdf(self.hits_, rounds, 0.5) <= level)] = REJECTED

    def _get_support_mask(self) -> npt.NDArray[np.bool_]:
        check_is_fitted(self)
        kept = self.verdicts_ == CONFIRMED
        if self.keep_open:
            kept |= self.verdicts_ == OPEN
        return at_least_one(kept, self.hits_ + self.merits_ / (1 + self.merits_.sum()))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        return tags
