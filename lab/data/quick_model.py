"""A quick model on many columns, to compare what one column foretells with what all do."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from lab.base import Task
from lab.data.content import Content
from lab.data.conversion import as_levels
from lab.data.foretelling import Floats, Guesses, Ints, folds_of, to_floats
from lab.data.levels import Levels

_ROUNDS = 30
_LEAVES = 15
_RATE = 0.2
_MOST_CLASSES = 10


def model_share(columns: Sequence[Content], goal: Floats | Ints, task: Task) -> float | None:
    """Return how much of the target a quick model on some columns foretells, 0 to 1.

    Thirty rounds of histogram boosting with 15 leaves, scored as `foretold_share` scores a single
    column: three folds, and ``2 AUC - 1``, balanced accuracy above chance, or R². None with more
    than ten classes, which would not be quick, and without columns.

    Parameters
    ----------
    columns : sequence of Content
        The columns; categories go in as codes.
    goal : ndarray
        Codes of classes, or numbers; none missing.
    task : Task
        The kind of question.
    """
    if not columns or (task.is_classification and len(np.unique(goal)) > _MOST_CLASSES):
        return None
    from threadpoolctl import threadpool_limits

    values = np.column_stack([_as_numbers(column) for column in columns])
    folds = folds_of(len(goal))
    guesses = Guesses(goal, task)
    with threadpool_limits(1):  # small work: threads would wait for each other
        for fold in range(int(folds.max()) + 1):
            train, test = folds != fold, folds == fold
            guesses.put(test, _fitted(values, goal, train, test, task))
    return guesses.score()


def _fitted(
    values: Floats, goal: Floats | Ints, train: npt.NDArray[np.bool_],
    test: npt.NDArray[np.bool_], task: Task,
) -> Floats:  # fmt: skip
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    kind = HistGradientBoostingClassifier if task.is_classification else (
        HistGradientBoostingRegressor)  # fmt: skip
    model = kind(
        max_iter=_ROUNDS, max_leaf_nodes=_LEAVES, learning_rate=_RATE, early_stopping=False,
        min_samples_leaf=max(1, min(20, int(train.sum()) // 50)), random_state=0,
    )  # fmt: skip
    model.fit(values[train], goal[train])
    foretell = model.predict_proba if task.is_classification else model.predict
    chances = np.asarray(foretell(values[test]))
    if not task.is_classification:
        return chances
    if task is Task.BINARY:
        return chances[:, -1]
    every = np.zeros((len(chances), int(goal.max()) + 1))
    every[:, model.classes_.astype(np.int64)] = chances
    return every


def _as_numbers(column: Content) -> Floats:
    if isinstance(column.cells, Levels):
        codes = as_levels(column).codes.astype(np.float64)
        return np.where(codes < 0, np.nan, codes)
    return to_floats(column)
