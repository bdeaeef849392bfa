"""What the selectors that ask a forest have in common: a sample of the rows, and the forest."""

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import validate_data

Floats = npt.NDArray[np.float64]


def checked_sample(
    selector: Any, X: Any, y: Any, *, classes: bool
) -> tuple[Floats, npt.NDArray[Any], Any]:
    """Return at most `max_rows` training rows of a selector, their targets, and its generator.

    Parameters
    ----------
    selector : estimator
        With ``max_rows`` and ``random_state``; its column count and names are set.
    X, y : array-like
        Training rows and targets.
    classes : bool
        Whether the targets are classes; they come back as codes.
    """
    values, target = validate_data(selector, X, y, dtype=np.float64, y_numeric=not classes)
    random = check_random_state(selector.random_state)
    if classes:
        check_classification_targets(target)
        target = np.unique(target, return_inverse=True)[1]
    if selector.max_rows is not None and len(values) > selector.max_rows:
        rows = np.sort(random.choice(len(values), selector.max_rows, replace=False))
        values, target = values[rows], target[rows]
    return values, target, random


def forest(*, classes: bool, trees: int, depth: int | None, seed: int) -> Any:
    """Return an unfitted random forest on one thread; classes weigh alike.

    Parameters
    ----------
    classes : bool
        Whether the target is a class.
    trees : int
        Number of trees.
    depth : int or None
        Deepest level of a tree.
    seed : int
        Seed.
    """
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

    if classes:
        return RandomForestClassifier(
            trees, max_depth=depth, class_weight="balanced", random_state=seed, n_jobs=1
        )
    return RandomForestRegressor(
        trees, max_depth=depth, max_features=1 / 3, random_state=seed, n_jobs=1
    )


def at_least_one(kept: npt.NDArray[np.bool_], merits: Floats) -> npt.NDArray[np.bool_]:
    """Return which columns are kept: the best one when there would be none."""
    if kept.any():
        return kept
    best = np.zeros_like(kept)
    best[int(np.argmax(merits))] = True
    return best
