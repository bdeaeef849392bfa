"""What was proposed about a finding, done to the table and its roles when a person says so."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lab.base import Action, ActionKind, ColumnKind, LabError, Task, plain_text
from lab.data.content import Content, content_of, contents_of, make_table, take_rows
from lab.data.conversion import as_levels, change_kinds
from lab.data.dataset import Roles
from lab.data.levels import Levels
from lab.data.roles import guess_task
from lab.data.sentinels import take_as_missing
from lab.data.table import Table

Mended = tuple[Table, Roles]


def mend(table: Table, roles: Roles, action: Action) -> Mended:
    """Return the table and the roles after an action; what was done to the table stands in a note.

    Parameters
    ----------
    table : Table
        As it is; stays as it is.
    roles : Roles
        What its columns are for.
    action : Action
        One that changes the table or the roles (`ActionKind.is_of_data`).

    Raises
    ------
    LabError
        When it cannot be done to this table.
    """
    return _WAYS[action.kind](table, roles, action)


def drop_duplicates(table: Table) -> Table:
    """Return the table with the first of each of the rows that are equal in all but identifiers."""
    names = [column.name for column in table.schema if column.kind is not ColumnKind.IDENTIFIER]
    again = table.frame.duplicated(subset=names).to_numpy() if names else np.zeros(0, np.bool_)
    count = int(again.sum())
    if not count:
        return table
    rows = "row that repeats" if count == 1 else "rows that repeat"
    return take_rows(table, ~again, notes=(f"{count:,} {rows} an earlier one left out.",))


def drop_classes(table: Table, column: str, *, fewer_than: int) -> Table:
    """Return the table without the rows whose class has fewer than so many."""
    levels = as_levels(content_of(table, column))
    is_rare = _are_rare(levels, fewer_than)
    rows = levels.spread(is_rare, missing=False)
    if not rows.any():
        return table
    told = f"{_told(levels, is_rare)} in {plain_text(column)!r}"
    note = f"{int(rows.sum()):,} {'row' if rows.sum() == 1 else 'rows'} of {told} left out."
    return take_rows(table, ~rows, notes=(note,))


def merge_classes(table: Table, column: str, *, fewer_than: int, into: str) -> Table:
    """Return the table with the classes that have fewer than so many rows joined into one."""
    content = content_of(table, column)
    levels = as_levels(content)
    is_rare = _are_rare(levels, fewer_than)
    if not is_rare.any():
        return table
    texts = pc.if_else(pa.array(is_rare), pa.scalar(into, pa.string()), levels.texts)
    joined = Content(name=column, kind=ColumnKind.CATEGORY, cells=levels.renamed(texts))
    told = f"{_told(levels, is_rare)} in {plain_text(column)!r}"
    return make_table(
        [joined if one.name == column else one for one in contents_of(table)],
        row_numbers=table.frame.index, source=table.source,
        notes=(*table.notes, f"The classes {told} joined into {plain_text(into)!r}."),
    )  # fmt: skip


def _are_rare(levels: Levels, fewer_than: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    return np.asarray((levels.counts > 0) & (levels.counts < fewer_than))


def _told(levels: Levels, is_rare: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> str:
    words = [plain_text(levels.words[place], max_length=40) for place in np.flatnonzero(is_rare)]
    more = f" and {len(words) - 5} more" if len(words) > 5 else ""
    return ", ".join(repr(word) for word in words[:5]) + more


def _ignore(table: Table, roles: Roles, action: Action) -> Mended:
    given = set(action.columns)
    ignored = (*roles.ignored, *(name for name in action.columns if name not in roles.ignored))
    weight = "" if roles.weight in given else roles.weight
    group = "" if roles.group in given else roles.group
    return table, replace(roles, ignored=ignored, weight=weight, group=group)


def _change_kind(table: Table, roles: Roles, action: Action) -> Mended:
    kind = ColumnKind(str(action.settings["kind"]))
    changed = change_kinds(table, dict.fromkeys(action.columns, kind))
    if roles.target in action.columns:
        roles = replace(roles, task=guess_task(changed, roles.target), positive="")
    return changed, roles


def _make_missing(table: Table, roles: Roles, action: Action) -> Mended:
    value = str(action.settings["value"])
    for name in action.columns:
        table = take_as_missing(table, name, value)
    return table, roles


def _drop_duplicates(table: Table, roles: Roles, _action: Action) -> Mended:
    return drop_duplicates(table), roles


def _drop_classes(table: Table, roles: Roles, action: Action) -> Mended:
    changed = drop_classes(table, roles.target, fewer_than=int(action.settings["fewer_than"] or 0))
    return changed, _with_task(changed, roles)


def _merge_classes(table: Table, roles: Roles, action: Action) -> Mended:
    changed = merge_classes(
        table, roles.target, fewer_than=int(action.settings["fewer_than"] or 0),
        into=str(action.settings["into"]),
    )  # fmt: skip
    return changed, _with_task(changed, roles)


def _with_task(table: Table, roles: Roles) -> Roles:
    """Return the roles with the task that suits the number of classes left."""
    n_classes = table.schema[roles.target].n_levels
    if n_classes < 2:
        raise LabError(
            f"only one class of {roles.target!r} would be left", hint="Join classes instead."
        )
    task = Task.BINARY if n_classes == 2 else Task.MULTICLASS
    return replace(roles, task=task, positive=roles.positive if task is roles.task else "")


def _group(table: Table, roles: Roles, action: Action) -> Mended:
    (name,) = action.columns
    return table, replace(roles, group=name, ignored=_without(roles, name))


def _time(table: Table, roles: Roles, action: Action) -> Mended:
    (name,) = action.columns
    return table, replace(roles, time=name)


def _without(roles: Roles, name: str) -> tuple[str, ...]:
    return tuple(one for one in roles.ignored if one != name)


_WAYS: dict[ActionKind, Callable[[Table, Roles, Action], Mended]] = {
    ActionKind.IGNORE: _ignore,
    ActionKind.KIND: _change_kind,
    ActionKind.MISSING: _make_missing,
    ActionKind.DROP_DUPLICATES: _drop_duplicates,
    ActionKind.DROP_CLASSES: _drop_classes,
    ActionKind.MERGE_CLASSES: _merge_classes,
    ActionKind.GROUP: _group,
    ActionKind.TIME: _time,
}
