"""From a plan and rows to splits, and what stands in the way."""

from collections.abc import Iterator

import numpy as np

from lab.base import LabError, Problem, Task
from lab.validation.catalogue import SPLITTERS
from lab.validation.entry import Obstacle, Rows, SplitterEntry
from lab.validation.plan import ValidationPlan
from lab.validation.split import Positions, Split

MAX_REPEATS = 100
_NEEDED = {
    "classes": "a target that holds classes, and this one holds numbers",
    "groups": "a group column, and the data set has none",
    "times": "a time column, and the data set has none",
}


def make_splits(plan: ValidationPlan, rows: Rows) -> tuple[Split, ...]:
    """Return the splits of a plan in the order of `fold_keys`.

    scikit-learn's own splitters divide the rows: repeat r of a plan equals the splitter with
    ``shuffle=True`` and ``random_state=plan.seed + r``.

    Parameters
    ----------
    plan : ValidationPlan
        How rows are divided, how often, and from which seed.
    rows : Rows
        Their number, and classes, groups and times where there are any.

    Raises
    ------
    LabError
        When the rows cannot be divided so, with all problems.
    """
    obstacles = tuple(_obstacles(plan, rows))
    if obstacles:
        message = "; ".join(obstacle.message for obstacle in obstacles)
        hint = " ".join(dict.fromkeys(obstacle.hint for obstacle in obstacles))
        raise LabError(message, hint=hint, problems=obstacles)
    entry = SPLITTERS[plan.splitter.key]
    return tuple(
        _checked(_split(repeat, fold, train, test), rows)
        for repeat in range(plan.repeats)
        for fold, (train, test) in enumerate(
            entry.divide(rows, plan.splitter.settings, plan.seed + repeat)
        )
    )


def check_plan(plan: ValidationPlan, rows: Rows, task: Task) -> tuple[Problem, ...]:
    """Return everything that keeps the rows from being divided so; empty when all is well.

    Quick enough for every redraw of a form: nothing is divided.

    Parameters
    ----------
    plan : ValidationPlan
        What was chosen.
    rows : Rows
        What would be divided.
    task : Task
        For regression the classes of `rows` are not looked at.
    """
    if not task.is_classification:
        rows = Rows(n=rows.n, groups=rows.groups, times=rows.times)
    return tuple(_obstacles(plan, rows))


def fold_keys(plan: ValidationPlan) -> list[tuple[int, int]]:
    """Return repeat and fold of every split of a plan, in order, without any rows."""
    folds = int(plan.splitter.settings.get("folds") or 1)
    return [(repeat, fold) for repeat in range(plan.repeats) for fold in range(folds)]


def rows_tested_per_learned(plan: ValidationPlan) -> float:
    """Return the rows tested for each row learned from, in the mean over the folds of a plan.

    Examples
    --------
    >>> rows_tested_per_learned(ValidationPlan(splitter=SPLITTERS.choose("kfold", {"folds": 5})))
    0.25
    """
    return SPLITTERS[plan.splitter.key].rows_tested_per_learned(plan.splitter.settings)


def _obstacles(plan: ValidationPlan, rows: Rows) -> Iterator[Obstacle]:
    entry = SPLITTERS[plan.splitter.key]
    yield from _repeat_obstacles(plan, entry)
    if rows.n < 2:
        yield Obstacle(
            field="splitter",
            message=f"{rows.n} {'row' if rows.n == 1 else 'rows'} cannot be divided into training "
            "and test rows",
            hint="Bring more rows.",
        )
    elif entry.needs and getattr(rows, entry.needs) is None:
        yield Obstacle(
            field="splitter",
            message=f"{entry.title} needs {_NEEDED[entry.needs]}",
            hint="Choose another way to split, such as plain k-fold.",
        )
    else:
        yield from entry.check(rows, plan.splitter.settings)


def _repeat_obstacles(plan: ValidationPlan, entry: SplitterEntry) -> Iterator[Obstacle]:
    if not 1 <= plan.repeats <= MAX_REPEATS:
        yield Obstacle(
            field="repeats",
            message=f"repeats is {plan.repeats}, allowed are 1 to {MAX_REPEATS}",
            hint="Choose a number of repeats in that range.",
        )
    elif plan.repeats > 1 and not entry.can_repeat:
        yield Obstacle(
            field="repeats",
            message=f"{entry.title} cannot be repeated: every repeat would be the same",
            hint="Set the repeats to 1.",
        )


def _split(repeat: int, fold: int, train: Positions, test: Positions) -> Split:
    return Split(
        repeat=repeat,
        fold=fold,
        train=np.sort(np.asarray(train, dtype=np.int64)),
        test=np.sort(np.asarray(test, dtype=np.int64)),
    )


def _checked(split: Split, rows: Rows) -> Split:
    """Return the split; LabError when chance left it without test rows or a second class."""
    hint = "Choose fewer folds, another seed, or another way to split."
    place = f"fold {split.fold + 1} of repeat {split.repeat + 1}"
    if split.test.size == 0 or split.train.size == 0:
        side = "test" if split.test.size == 0 else "training"
        raise LabError(f"{place} would have no {side} rows", hint=hint)
    if rows.classes is not None and np.ptp(rows.classes[split.train]) == 0:
        raise LabError(f"{place} would learn from rows of a single class", hint=hint)
    return split
