"""The plan that is proposed when nothing was chosen."""

from lab.base import Task
from lab.validation.catalogue import SPLITTERS
from lab.validation.plan import ValidationPlan

_FOLDS = 5
_HOLDOUT_ROWS = 200_000


def default_plan(
    task: Task,
    *,
    has_groups: bool = False,
    has_times: bool = False,
    n_rows: int = 0,
    smallest_class: int = 0,
    seed: int = 0,
) -> ValidationPlan:
    """Return a sound plan for a data set.

    Groups are kept together when there are any, otherwise time is respected when there is a time
    column. Else five folds, stratified for classes; above 200,000 rows one hold-out, which is
    precise enough there.

    Parameters
    ----------
    task : Task
        The kind of question.
    has_groups, has_times : bool, default False
        Whether the data set has a group or a time column.
    n_rows : int, default 0
        Number of rows; 0 when it is not known.
    smallest_class : int, default 0
        Rows of the rarest class; folds are not more than these, and plain when it has one row.
    seed : int, default 0
        Of the plan.
    """
    key = _key(task, has_groups, has_times, n_rows, smallest_class)
    if key == "holdout":
        return ValidationPlan(splitter=SPLITTERS.choose(key), seed=seed)
    rarest = smallest_class if key in {"stratified", "group"} else 0
    folds = max(2, min(_FOLDS, rarest or _FOLDS, n_rows or _FOLDS))
    return ValidationPlan(splitter=SPLITTERS.choose(key, {"folds": folds}), seed=seed)


def _key(task: Task, has_groups: bool, has_times: bool, n_rows: int, smallest_class: int) -> str:
    if has_groups:
        return "group"
    if has_times:
        return "time"
    if smallest_class == 1:
        return "kfold"
    if n_rows > _HOLDOUT_ROWS:
        return "holdout"
    return "stratified" if task.is_classification else "kfold"
