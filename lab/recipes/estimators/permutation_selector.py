"""Columns whose shuffling costs a forest on rows that it has not seen."""

from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SelectorMixin
from sklearn.utils.validation import check_is_fitted

from lab.recipes.estimators.forest_selection import Floats, at_least_one, checked_sample, forest

REPEATS = 5


class PermutationSelector(SelectorMixin, BaseEstimator):  # type: ignore[misc] # no types
    """Keeps columns whose permutation importance on held-out rows is above noise.

    The training rows are parted into folds; a forest learns from the others, and each column of
    the fold's rows is shuffled five times (Breiman 2001). A column is kept when its mean loss
    is more than `errors` times its spread over all shuffles. The loss is that of the probability
    of the true class, or of R². The best column is always kept.

    Parameters
    ----------
    target : {"class", "value"}, default "class"
        What the target is.
    errors : float, default 1.0
        How many standard deviations the loss must be above zero.
    folds : int, default 3
        Folds.
    trees : int, default 50
        Trees of a forest.
    max_rows : int or None, default 5000
        Training rows to look at, drawn by the seed.
    random_state : int or None, default None
        Seed.

    Attributes
    ----------
    losses_ : ndarray of float64, shape (n_features, 5 * folds)
        What each shuffle cost.

    Examples
    --------
    >>> random = np.random.default_rng(0)
    >>> y = np.repeat([0, 1], 60)
    >>> rows = np.column_stack([random.normal(0, 1, 120), y + random.normal(0, 0.3, 120)])
    >>> PermutationSelector(trees=20, random_state=0).fit(rows, y).get_support()
    array([False,  True])
    """

    def __init__(
        self,
        *,
        target: Literal["class", "value"] = "class",
        errors: float = 1.0,
        folds: int = 3,
        trees: int = 50,
        max_rows: int | None = 5_000,
        random_state: int | None = None,
    ) -> None:
        self.target = target
        self.errors = errors
        self.folds = folds
        self.trees = trees
        self.max_rows = max_rows
        self.random_state = random_state

    def fit(self, X: Any, y: Any) -> Self:
        """Return itself with the losses.

        Parameters
        ----------
        X : array of shape (n, n_features)
            Training rows.
        y : array of shape (n,)
            Targets.
        """
        classes = self.target == "class"
        values, target, random = checked_sample(self, X, y, classes=classes)
        parts = _parts(target, min(self.folds, len(target)), random)
        self.losses_ = np.hstack([self._losses(values, target, part, random) for part in parts])
        return self

    def _losses(
        self, values: Floats, target: npt.NDArray[Any], held_out: Any, random: Any
    ) -> Floats:
        from sklearn.inspection import permutation_importance

        classes = self.target == "class"
        seed = int(random.randint(np.iinfo(np.int32).max))
        learnt = np.setdiff1d(np.arange(len(target)), held_out)
        learnt = learnt if learnt.size else held_out
        model = forest(classes=classes, trees=self.trees, depth=None, seed=seed)
        model.fit(values[learnt], target[learnt])
        losses: Floats = permutation_importance(
            model,
            values[held_out],
            target[held_out],
            scoring=_probability_of_the_truth if classes else _share_explained,
            n_repeats=REPEATS,
            random_state=seed,
            n_jobs=1,
        ).importances
        return losses

    def _get_support_mask(self) -> npt.NDArray[np.bool_]:
        check_is_fitted(self)
        means, spreads = self.losses_.mean(axis=1), self.losses_.std(axis=1)
        return at_least_one((means > self.errors * spreads) & (means > 0), means)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        return tags


def _parts(target: npt.NDArray[Any], folds: int, random: Any) -> list[npt.NDArray[np.int64]]:
    """Return the rows of each fold; every fold has all targets alike."""
    mixed = random.permutation(len(target))
    in_order = mixed[np.argsort(target[mixed], kind="stable")]
    return [np.sort(in_order[fold::folds]) for fold in range(folds)]


def _probability_of_the_truth(model: Any, X: Floats, y: npt.NDArray[Any]) -> float:
    """Return the mean probability that rows get for their class; 0 for one never seen."""
    scores = np.zeros((len(X), int(max(model.classes_.max(), y.max())) + 1))
    scores[:, model.classes_] = model.predict_proba(X)
    return float(scores[np.arange(len(y)), y].mean())


def _share_explained(model: Any, X: Floats, y: npt.NDArray[Any]) -> float:
    spread = float(((y - y.mean()) ** 2).sum()) or 1.0
    return 1.0 - float(((y - model.predict(X)) ** 2).sum()) / spread
