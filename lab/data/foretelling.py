"""How well one column alone foretells the target, measured on rows that it did not learn from."""

import numpy as np
import numpy.typing as npt

from lab.base import ColumnKind, Task
from lab.data.content import Content
from lab.data.conversion import as_levels
from lab.data.levels import Levels

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_FOLDS = 3
_MAX_DEPTH = 4


def foretold_share(column: Content, goal: Floats | Ints, task: Task) -> float | None:
    """Return how much of the target one column foretells, 0 for nothing and 1 for all of it.

    Numbers go through a tree of depth 4, categories through the mean target of each level, both
    learnt on two thirds of the rows and scored on the rest, three times. Classes score
    ``2 AUC - 1`` when there are two and balanced accuracy above chance when there are more;
    numbers score R². Missing values count as a value of their own.

    Parameters
    ----------
    column : Content
        The column.
    goal : ndarray
        Codes of classes, or numbers; none missing.
    task : Task
        The kind of question.
    """
    folds = folds_of(len(goal))
    guesses = Guesses(goal, task)
    for fold in range(_FOLDS):
        train, test = folds != fold, folds == fold
        if isinstance(column.cells, Levels) or column.kind is ColumnKind.BOOLEAN:
            guesses.put(test, _by_level(as_levels(column).codes, guesses.wanted, train, test))
        else:
            guesses.put(test, _by_tree(to_floats(column), guesses.wanted, train, test))
    return guesses.score()


def folds_of(n_rows: int) -> Ints:
    """Return the fold of each row, the same ones every time."""
    return np.random.default_rng(0).permutation(n_rows) % _FOLDS


class Guesses:
    """Foretold values of the rows, collected fold by fold."""

    def __init__(self, goal: Floats | Ints, task: Task) -> None:
        self.goal = goal
        self.task = task
        several = task is Task.MULTICLASS
        self.wanted: Floats = (
            np.eye(int(goal.max()) + 1)[goal.astype(np.int64)] if several
            else goal.astype(np.float64)[:, None]
        )  # fmt: skip
        self.found = np.zeros_like(self.wanted)

    def put(self, rows: npt.NDArray[np.bool_], guesses: Floats) -> None:
        """Keep what was foretold for some rows."""
        self.found[rows] = guesses.reshape(int(rows.sum()), -1)

    def score(self) -> float | None:
        """Return how good they are, None when there is only one class."""
        from sklearn.metrics import balanced_accuracy_score, r2_score, roc_auc_score

        if self.task is Task.BINARY:
            if len(np.unique(self.goal)) < 2:
                return None
            return float(2 * roc_auc_score(self.goal, self.found[:, 0]) - 1)
        if self.task is Task.MULTICLASS:
            best = self.found.argmax(axis=1)
            return float(balanced_accuracy_score(self.goal, best, adjusted=True))
        return float(r2_score(self.goal, self.found[:, 0]))


def _by_level(
    codes: npt.NDArray[np.int32], wanted: Floats, train: npt.NDArray[np.bool_],
    test: npt.NDArray[np.bool_],
) -> Floats:  # fmt: skip
    """Return each level's mean target, drawn towards the overall mean by one row's weight."""
    places = codes.astype(np.int64) + 1
    n_levels = int(places.max()) + 1
    counts = np.bincount(places[train], minlength=n_levels)
    overall = wanted[train].mean(axis=0)
    sums = np.stack(
        [np.bincount(places[train], part[train], minlength=n_levels) for part in wanted.T], axis=1
    )
    means: Floats = (sums + overall) / (counts + 1)[:, None]
    return means[places[test]]


def _by_tree(
    values: Floats, wanted: Floats, train: npt.NDArray[np.bool_], test: npt.NDArray[np.bool_]
) -> Floats:
    from sklearn.tree import DecisionTreeRegressor

    least = max(1, int(train.sum()) // 200)
    tree = DecisionTreeRegressor(max_depth=_MAX_DEPTH, min_samples_leaf=least, random_state=0)
    values = _within_single(values)
    tree.fit(values[train, None], wanted[train])
    found: Floats = tree.predict(values[test, None])
    return found


def _within_single(values: Floats) -> Floats:
    """Return numbers, or their places in order where single precision cannot hold them.

    To a tree these are the same.
    """
    known = ~np.isnan(values)
    if np.abs(values[known]).max(initial=0.0) <= np.finfo(np.float32).max:
        return values
    places = np.full(len(values), np.nan)
    places[known] = np.unique(values[known], return_inverse=True)[1]
    return places


def to_floats(column: Content) -> Floats:
    """Return numbers as they are, dates as seconds; missing ones are NaN."""
    cells = np.asarray(column.cells)
    if cells.dtype.kind == "M":
        seconds = cells.astype("datetime64[us]").astype(np.float64) / 1e6
        return np.where(np.isnat(cells), np.nan, seconds)
    return cells.astype(np.float64)
