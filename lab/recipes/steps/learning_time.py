"""Rough seconds that slow steps take to learn, measured on one core of 2023 with 2,000 rows.

They are right to a factor of two or three: enough to ask before a page is held up.
"""

from collections.abc import Mapping

from lab.base import Task, Value

_RIDGE = 0.004
_PREDICTION = 0.000_007


def forest_seconds(rows: int, tried: float, *, trees: int = 100, depth: float = 7) -> float:
    """Return seconds for a forest.

    Parameters
    ----------
    rows : int
        Rows to learn from.
    tried : float
        Columns tried at each split.
    trees : int
        Trees.
    depth : float
        Levels, about.
    """
    return trees / 100 * (0.000_1 * rows + 2.5e-7 * rows * tried * depth)


def elimination_seconds(
    settings: Mapping[str, Value], rows: int, columns: int, task: Task
) -> float:
    """Return seconds for recursive elimination: some twenty fits in each fold, and on all rows."""
    fits = (_whole(settings["folds"], 3) + 1) * min(columns, 20)
    if settings["model"] == "linear":
        return fits * _RIDGE * rows / 2_000
    return fits * forest_seconds(rows, _extra_tried(columns, task) / 2, depth=35)


def sequential_seconds(settings: Mapping[str, Value], rows: int, columns: int, task: Task) -> float:  # noqa: ARG001
    """Return seconds for forward or backward selection: a fit a column, step and fold."""
    kept = min(_whole(settings["k"], 5), columns)
    forward = settings["direction"] == "forward"
    steps = range(columns - kept + 1, columns + 1) if forward else range(kept + 1, columns + 1)
    width = kept if forward else columns / 2
    each = _RIDGE * rows / 2_000 * (1 + width / 50)
    return _whole(settings["folds"], 3) * sum(steps) * each


def shadow_seconds(settings: Mapping[str, Value], rows: int, columns: int, task: Task) -> float:
    """Return seconds for the forests of all rounds, each on twice the columns."""
    looked = min(rows, _whole(settings["max_rows"], rows))
    return _whole(settings["rounds"], 30) * forest_seconds(looked, _tried(2 * columns, task))


def permutation_seconds(
    settings: Mapping[str, Value], rows: int, columns: int, task: Task
) -> float:
    """Return seconds for three forests, and the predictions of five shuffles of each column."""
    looked = min(rows, _whole(settings["max_rows"], rows))
    fits = 3 * forest_seconds(looked, _tried(columns, task), trees=50, depth=20)
    return fits + 3 * columns * _PREDICTION * looked


def tree_seconds(settings: Mapping[str, Value], rows: int, columns: int, task: Task) -> float:  # noqa: ARG001
    """Return seconds for a forest of a hundred extremely randomised trees."""
    return forest_seconds(rows, _extra_tried(columns, task), depth=35)


def independent_seconds(_: Mapping[str, Value], rows: int, columns: int, task: Task) -> float:  # noqa: ARG001
    """Return seconds for independent components."""
    return 3e-6 * rows * columns


def _whole(value: Value, otherwise: int) -> int:
    return int(value) if isinstance(value, int | float) else otherwise


def _tried(columns: int, task: Task) -> float:
    return columns**0.5 if task.is_classification else columns / 3


def _extra_tried(columns: int, task: Task) -> float:
    return columns**0.5 if task.is_classification else columns
