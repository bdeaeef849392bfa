"""What findings propose, as far as the playground has it."""

from lab.base import Action, ActionKind, Finding, Task
from lab.metrics import METRICS
from lab.recipes import STEPS


def offered(finding: Finding, task: Task | None) -> tuple[Action, ...]:
    """Return the actions of a finding that can be taken here: their step or metric exists.

    Parameters
    ----------
    finding : Finding
        From `lab.data.check_data`.
    task : Task or None
        The kind of question; None when there is none yet, and then only the table can be changed.
    """
    return tuple(action for action in finding.actions if _is_there(action, task))


def _is_there(action: Action, task: Task | None) -> bool:
    if action.kind is ActionKind.STEP:
        key = str(action.settings["step"])
        return key in STEPS and task in STEPS[key].tasks
    if action.kind is ActionKind.METRIC:
        key = str(action.settings["metric"])
        return key in METRICS and task in METRICS[key].tasks
    return action.kind is not ActionKind.FOLDS or task is not None
