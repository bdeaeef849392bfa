"""Only what the playground has is offered."""

import pytest

from lab.base import Action, ActionKind, Finding, Severity, Task
from lab.experiments import offered


def finding(kind, **settings):
    action = Action(kind=kind, title="Do it", settings=settings)
    return Finding(code="D999", severity=Severity.INFO, title="", detail="", actions=(action,))


@pytest.mark.parametrize(
    ("kind", "settings", "task", "is_offered"),
    [
        (ActionKind.STEP, {"step": "class_weights"}, Task.BINARY, True),
        (ActionKind.STEP, {"step": "class_weights"}, Task.REGRESSION, False),
        (ActionKind.STEP, {"step": "class_weights"}, None, False),
        (ActionKind.STEP, {"step": "no_such_step"}, Task.BINARY, False),
        (ActionKind.METRIC, {"metric": "average_precision"}, Task.BINARY, True),
        (ActionKind.METRIC, {"metric": "average_precision"}, Task.REGRESSION, False),
        (ActionKind.METRIC, {"metric": "no_such_metric"}, Task.BINARY, False),
        (ActionKind.FOLDS, {"folds": 3}, Task.BINARY, True),
        (ActionKind.FOLDS, {"folds": 3}, None, False),
        (ActionKind.IGNORE, {}, None, True),
    ],
)
def test_an_action_is_offered_where_its_step_or_metric_exists(kind, settings, task, is_offered):
    found = finding(kind, **settings)
    assert offered(found, task) == (found.actions if is_offered else ())
    assert found.action == found.actions[0]
