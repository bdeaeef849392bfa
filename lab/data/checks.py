"""What one should know about a table before modelling, each with a code that never changes."""

from collections.abc import Callable, Iterator

from lab.base import Finding, Severity, Task
from lab.data import (
    column_checks,
    group_checks,
    leak_checks,
    row_checks,
    target_checks,
    time_checks,
    value_checks,
)
from lab.data.check_case import Case
from lab.data.dataset import Roles
from lab.data.roles import guess_task
from lab.data.table import Table

CHECKS_VERSION = 2
"""Raised when a check finds something else in the same table: findings are kept by it."""

_ORDER = (Severity.SERIOUS, Severity.WARNING, Severity.INFO)
_CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    column_checks.constant,
    column_checks.identifiers,
    row_checks.duplicate_rows,
    leak_checks.gives_away,
    target_checks.rare_classes,
    column_checks.numbers_as_text,
    column_checks.mostly_missing,
    column_checks.many_levels,
    target_checks.imbalance,
    column_checks.nearly_constant,
    column_checks.wide,
    column_checks.equal_columns,
    target_checks.missing_target,
    column_checks.words_for_missing,
    value_checks.sentinels,
    row_checks.contradictions,
    group_checks.group_column,
    time_checks.time_column,
    value_checks.skew,
    value_checks.mixed_types,
    time_checks.drift,
    value_checks.alike_columns,
    value_checks.too_large,
    target_checks.one_value,
)


def check_data(
    table: Table, *, target: str = "", task: Task | None = None, roles: Roles | None = None
) -> tuple[Finding, ...]:
    """Return what should be known about a table before modelling, the most serious first.

    Nothing is changed; a finding may carry actions that `mend` applies when a person says so.

    Parameters
    ----------
    table : Table
        As it was read.
    target : str, default ""
        The column to predict; without one the checks of the target are left out.
    task : Task, optional
        The kind of question; guessed when None.
    roles : Roles, optional
        What the columns are for, in place of target and task: columns left out are not looked
        at, and a group or time column is not proposed when there is one.

    Raises
    ------
    LabError
        When there is no such target.
    """
    if roles is not None:
        target, task = roles.target, roles.task
    if target:
        task = task or guess_task(table, target)
    case = Case(table=table, target=target, task=task, roles=roles)
    found = [finding for check in _CHECKS for finding in check(case)]
    return tuple(sorted(found, key=lambda finding: (_ORDER.index(finding.severity), finding.code)))
