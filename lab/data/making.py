"""From a table and roles to a data set: every rule about roles, all faults told at once."""

from collections.abc import Iterator

import numpy as np

from lab.base import Column, ColumnKind, LabError, Problem, Task
from lab.data.check_case import listed
from lab.data.content import content_of, take_rows
from lab.data.conversion import as_levels
from lab.data.dataset import Dataset, Roles
from lab.data.kinds import TRUE_WORDS
from lab.data.levels import Levels, Mask
from lab.data.table import Table

_MAX_CLASSES = 1_000
_ORDERED = (ColumnKind.NUMBER, ColumnKind.DATE, ColumnKind.BOOLEAN, ColumnKind.IDENTIFIER)
_HINT = "Choose other roles for these columns."


def make_dataset(table: Table, roles: Roles, *, name: str = "") -> Dataset:
    """Return a data set: the table with its question, without rows that have no target.

    Parameters
    ----------
    table : Table
        As it was read.
    roles : Roles
        What its columns are for.
    name : str, default ""
        For people; the table's source when empty.

    Raises
    ------
    LabError
        With all problems of the roles at once: unknown columns, one column in two roles, a target
        that does not suit the task, unusable weights or times, no feature left.
    """
    _raise(table, list(_names(table, roles)))
    _raise(table, [*_roles(table, roles), *_target(table, roles), *_weight(table, roles),
                   *_time(table, roles)])  # fmt: skip
    labels = _labels(table, roles)
    known = ~content_of(table, roles.target).missing
    notes: tuple[str, ...] = ()
    if not known.all():
        dropped = int((~known).sum())
        rows = "row" if dropped == 1 else "rows"
        notes = (f"{dropped:,} {rows} without a value in the target {roles.target!r} left out.",)
        table = take_rows(table, known)
    return Dataset(name=name or table.source, table=table, roles=roles, labels=labels, notes=notes)


def _raise(table: Table, problems: list[Problem]) -> None:
    if problems:
        text = "; ".join(problem.message for problem in problems)
        raise LabError(text, hint=_hint(table, problems), problems=problems)


def _hint(table: Table, problems: list[Problem]) -> str:
    if any("there is no column" in problem.message for problem in problems):
        return f"The columns are: {', '.join(table.schema.names[:20])}."
    fields = {problem.field for problem in problems}
    if fields == {"target"}:
        return "Choose another target or another task."
    if fields == {"ignored"}:
        return "A model needs at least one column besides the target."
    return _HINT


def _named(roles: Roles) -> Iterator[tuple[str, str]]:
    yield "target", roles.target
    for field in ("group", "time", "weight"):
        if getattr(roles, field):
            yield field, getattr(roles, field)
    for column in roles.ignored:
        yield "ignored", column


def _names(table: Table, roles: Roles) -> Iterator[Problem]:
    for field, column in _named(roles):
        if column not in table.schema.names:
            yield Problem(field=field, message=f"there is no column {column!r}")


def _roles(table: Table, roles: Roles) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for field, column in _named(roles):
        if column in seen and {field, seen[column]} != {"time", "ignored"}:
            message = f"the column {column!r} cannot be both {seen[column]} and {field}"
            yield Problem(field=field, message=message)
        seen.setdefault(column, field)
    if not any(_is_feature(column, roles, seen) for column in table.schema):
        message = "no column is left as a feature" if len(table.schema) > 1 else (
            "the table has one column only, so there is no feature to predict from"
        )  # fmt: skip
        yield Problem(field="ignored", message=message)


def _is_feature(column: Column, roles: Roles, seen: dict[str, str]) -> bool:
    free = seen.get(column.name, "time") == "time" and column.name not in roles.ignored
    return free and column.kind is not ColumnKind.IDENTIFIER


def _target(table: Table, roles: Roles) -> Iterator[Problem]:
    column = table.schema[roles.target]
    message = ""
    if column.n_levels == 0:
        message = f"the target column {column.name!r} has no values"
    elif column.n_levels == 1:
        message = f"the target column {column.name!r} has one value only"
    elif roles.task.is_classification:
        message = _classes(table, roles, column)
    elif column.kind not in {ColumnKind.NUMBER, ColumnKind.BOOLEAN, ColumnKind.IDENTIFIER} or (
        isinstance(content_of(table, column.name).cells, Levels)
    ):
        message = f"the target column {column.name!r} is not a number, as regression needs"
    if message:
        yield Problem(field="target", message=message)


def _classes(table: Table, roles: Roles, column: Column) -> str:
    if roles.task is Task.BINARY and column.n_levels != 2:
        return f"the target column {column.name!r} has {column.n_levels:,} classes, binary has two"
    if roles.task is Task.MULTICLASS and column.n_levels == 2:
        return f"the target column {column.name!r} has two classes, multiclass has three or more"
    n_known = int((~content_of(table, column.name).missing).sum())
    if column.n_levels > _MAX_CLASSES or column.n_levels == n_known > 2:
        return (
            f"the target column {column.name!r} has {column.n_levels:,} classes"
            f" in {n_known:,} rows, too many to learn"
        )
    labels = as_levels(content_of(table, column.name)).words
    if roles.positive and roles.positive not in labels:
        return f"the positive class {roles.positive!r} is not in the target column {column.name!r}"
    return ""


def _weight(table: Table, roles: Roles) -> Iterator[Problem]:
    if not roles.weight:
        return
    content = content_of(table, roles.weight)
    message = ""
    if isinstance(content.cells, Levels) or content.kind is ColumnKind.DATE:
        message = f"the weight column {roles.weight!r} is not a number"
    elif content.missing.any():
        message = f"the weight column {roles.weight!r} has {int(content.missing.sum()):,} missing"
        message += " values" if content.missing.sum() > 1 else " value"
    elif (content.cells < 0).any():
        message = f"the weight column {roles.weight!r} has negative values"
    elif not (content.cells > 0).any():
        message = f"the weight column {roles.weight!r} is zero in every row"
    elif weightless := _weightless(table, roles, content.cells > 0):
        many = "the classes" if len(weightless) > 1 else "the class"
        named = listed(weightless)
        message = f"the weight column {roles.weight!r} is zero in every row of {many} {named}"
    if message:
        yield Problem(field="weight", message=message)


def _weightless(table: Table, roles: Roles, has_weight: Mask) -> list[str]:
    """Return the classes without a row that counts."""
    if not roles.task.is_classification:
        return []
    levels = as_levels(content_of(table, roles.target))
    codes = levels.codes[has_weight]
    counted = np.bincount(codes[codes >= 0], minlength=len(levels))
    used = zip(levels.words, levels.counts, counted, strict=True)
    return [word for word, n_rows, n_counted in used if n_rows and not n_counted]


def _time(table: Table, roles: Roles) -> Iterator[Problem]:
    if not roles.time:
        return
    content = content_of(table, roles.time)
    message = ""
    if isinstance(content.cells, Levels) or content.kind not in _ORDERED:
        message = f"the time column {roles.time!r} is neither a date nor a number"
    elif content.missing.any():
        message = f"the time column {roles.time!r} has {int(content.missing.sum()):,} missing"
        message += " values" if content.missing.sum() > 1 else " value"
    if message:
        yield Problem(field="time", message=message)


def _labels(table: Table, roles: Roles) -> tuple[str, ...]:
    if not roles.task.is_classification:
        return ()
    content = content_of(table, roles.target)
    levels = as_levels(content)
    used = [word for word, count in zip(levels.words, levels.counts, strict=True) if count]
    is_number = not isinstance(content.cells, Levels) and content.kind is not ColumnKind.DATE
    labels = sorted(used, key=float) if is_number else sorted(used)
    if content.kind is ColumnKind.BOOLEAN:
        labels.sort(key=lambda label: label.lower() in TRUE_WORDS)
    if roles.positive and roles.task is Task.BINARY:
        labels.sort(key=lambda label: label == roles.positive)
    return tuple(labels)
