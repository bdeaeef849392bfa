"""Guesses of what a newcomer would choose: the target, the task, and the other roles."""

import re

import numpy as np

from lab.base import Column, ColumnKind, LabError, Task
from lab.data.content import content_of
from lab.data.dataset import Roles
from lab.data.table import Table

_MAX_CLASSES = 20
_OUTCOMES = (
    r"churn(ed)?|diagnosis|survived|survival|default(ed)?|(is_?)?fraud|species|attrition|exited"
    r"|deposit|subscribed|converted|clicked?|dead|died|death|sale_?price|medv|readmitted|spam"
)
_TARGET_NAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(target|label|class|outcome|response|dependent)|(target|class)[ _]?(class|label|value)",
        _OUTCOMES,
        r".*(target|label|outcome|churn|fraud|default|strength|time_to|attrition|_class|class_).*",
        r"(loan_?)?status|approved|failure|tip|yield|quality|variety|income|y",
        r"price|salary|ridership|sales|demand|revenue|score|rating|grade|result|.*price.*",
    )
)
_WEIGHT_NAME = re.compile(r"(sample|case|survey|row|observation)[ _]?weights?", re.IGNORECASE)
_PLAIN = (ColumnKind.NUMBER, ColumnKind.CATEGORY, ColumnKind.BOOLEAN)


def guess_target(table: Table) -> str:
    """Return the column that is most likely the one to predict.

    By name first ("target", "label", "churn", "price" and their like); without such a name the
    last column, or the first when only that one holds few classes.

    Raises
    ------
    LabError
        When no column could be a target.
    """
    usable = [column for column in table.schema if column.kind in _PLAIN and column.n_levels > 1]
    if not usable:
        raise LabError(
            "no column of this table can be predicted",
            hint="A target needs at least two different values.",
        )
    names = [column.name for column in usable]
    for pattern in _TARGET_NAMES:
        named = [name for name in names if pattern.fullmatch(name.strip())]
        if named and not (named == ["y"] and {"x", "z"} & {name.lower() for name in names}):
            return _likeliest(named, names)
    first, last = usable[0], usable[-1]
    if _has_classes(first) and not _has_classes(last) and first.name == table.schema.names[0]:
        return first.name
    return last.name


def _likeliest(named: list[str], names: list[str]) -> str:
    """Return the named column at an end of the table, else the last named one."""
    return next((name for name in (names[-1], names[0]) if name in named), named[-1])


def guess_task(table: Table, target: str) -> Task:
    """Return the task that fits the values of a column.

    Two different values are a binary task; text, and whole numbers with at most 20 different
    values that stand for rows many times each, are classes; anything else is a number to predict.

    Raises
    ------
    LabError
        When there is no such column.
    """
    column = table.schema[target]
    if column.n_levels == 2:
        return Task.BINARY
    if column.kind is ColumnKind.DATE:
        return Task.REGRESSION
    if column.kind is not ColumnKind.NUMBER:
        return Task.MULTICLASS
    return Task.MULTICLASS if _is_few_whole_numbers(table, column) else Task.REGRESSION


def guess_roles(table: Table, target: str) -> Roles:
    """Return roles for a target: task and weight guessed, identifiers left out.

    Group and time are left to the person: they change what is asked, so they are never assumed.
    """
    weight = next((c.name for c in table.schema if _is_weight(c, target)), "")
    ignored = tuple(name for name in table.schema.of_kind(ColumnKind.IDENTIFIER) if name != target)
    return Roles(target=target, task=guess_task(table, target), weight=weight, ignored=ignored)


def _is_weight(column: Column, target: str) -> bool:
    usable = column.kind is ColumnKind.NUMBER and not column.has_missing and column.name != target
    return usable and _WEIGHT_NAME.fullmatch(column.name) is not None


def _has_classes(column: Column) -> bool:
    return column.kind in {ColumnKind.CATEGORY, ColumnKind.BOOLEAN} and (
        column.n_levels <= _MAX_CLASSES
    )


def _is_few_whole_numbers(table: Table, column: Column) -> bool:
    n_rows = len(table.frame)
    if column.n_levels > _MAX_CLASSES or column.n_levels > 0.05 * n_rows + 2:
        return False
    values = content_of(table, column.name).cells
    numbers = np.asarray(values, dtype=np.float64)
    known = numbers[~np.isnan(numbers)]
    if not bool((known == np.round(known)).all()):
        return False
    lowest, highest = known.min(), known.max()
    return bool(highest - lowest < 2 * column.n_levels and lowest >= -column.n_levels)
