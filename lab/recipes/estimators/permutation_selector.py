"""Columns whose shuffling costs a forest on rows that it has not seen."""

from collections.abc import Callable
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SelectorMixin
from sklearn.utils.validation import check_is_fitted

from lab.recipes.estimators.forest_selection import Floats, at_least_one, checked_sample, forest

REPEATS = 5
Merits = Callable[[Any, Floats, npt.NDArray[Any]], Floats]


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
        classes = self.target == "class"
        seed = int(random.randint(np.iinfo(np.int32).max))
        learnt = np.setdiff1d(np.arange(len(target)), held_out)
        learnt = learnt if learnt.size else held_out
        model = forest(classes=classes, trees=self.trees, depth=None, seed=seed)
        model.fit(values[learnt], target[learnt])
        merits = _probability_of_the_truth if classes else _share_explained
        return _shuffling_losses(model, values[held_out], target[held_out], merits, random)

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


def _shuffling_losses(
    model: Any, X: Floats, y: npt.NDArray[Any], merits: Merits, random: Any
) -> Floats:
    """Return what each shuffle of each column costs, as `permutation_importance` does.

    All shuffles of a column are predicted at once: a forest takes its time for each call.
    """
    whole = merits(model, X, y).mean()
    tiled, truths = np.tile(X, (REPEATS, 1)), np.tile(y, REPEATS)
    losses = np.zeros((X.shape[1], REPEATS))
    for column in range(X.shape[1]):
        shuffled = [random.permutation(X[:, column]) for _ in range(REPEATS)]
        tiled[:, column] = np.concatenate(shuffled)
        found = merits(model, tiled, truths).reshape(REPEATS, len(X))
        losses[column] = whole - found.mean(axis=1)
        tiled[:, column] = np.tile(X[:, column], REPEATS)
    return losses


def _probability_of_the_truth(model: Any, X: Floats, y: npt.NDArray[Any]) -> Floats:
    """Return the probability that each row gets for its class; 0 for one never seen."""
    scores = np.zeros((len(X), int(max(model.classes_.max(), y.max())) + 1))
    scores[:, model.classes_] = model.predict_proba(X)
    truths: Floats = scores[np.arange(len(y)), y]
    return truths


def _share_explained(model: Any, X: Floats, y: npt.NDArray[Any]) -> Floats:
    """Return each row's part of R²; their mean is R² itself."""
    spread = float(((y - y.mean()) ** 2).mean()) or 1.0
    explained: Floats = 1.0 - (y - model.predict(X)) ** 2 / spread
    return explained
