"""The one editable table of columns: kinds and roles in, changed kinds and roles out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from lab.base import ColumnKind, ColumnRole, Problem, Task
from lab.data import Roles, Table

KIND_TITLES = {
    ColumnKind.NUMBER: "Number",
    ColumnKind.CATEGORY: "Category",
    ColumnKind.BOOLEAN: "Yes or no",
    ColumnKind.DATE: "Date",
    ColumnKind.TEXT: "Text",
    ColumnKind.IDENTIFIER: "Identifier",
}
ROLE_TITLES = {
    ColumnRole.FEATURE: "Feature",
    ColumnRole.TARGET: "Target",
    ColumnRole.GROUP: "Group",
    ColumnRole.TIME: "Time",
    ColumnRole.WEIGHT: "Weight",
    ColumnRole.IGNORED: "Ignored",
}
_LONGEST = 24
_KINDS = {title: kind for kind, title in KIND_TITLES.items()}
_ROLES = {title: role for role, title in ROLE_TITLES.items()}
_ONCE = (ColumnRole.GROUP, ColumnRole.TIME, ColumnRole.WEIGHT)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What the table of columns says after editing.

    Parameters
    ----------
    kinds : dict of str to ColumnKind
        Only columns whose kind was changed.
    roles : dict of str to ColumnRole
        Of every column.
    """

    kinds: dict[str, ColumnKind]
    roles: dict[str, ColumnRole]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What does not fit together, all at once."""
        found = []
        targets = self.columns_with(ColumnRole.TARGET)
        if not targets:
            found.append(Problem(field="", message="no column is the target"))
        for role in (ColumnRole.TARGET, *_ONCE):
            columns = self.columns_with(role)
            if len(columns) > 1:
                listed = ", ".join(repr(name) for name in columns)
                message = f"more than one column is the {role.value}: {listed}"
                found.append(Problem(field="", message=message))
        if not self.columns_with(ColumnRole.FEATURE):
            found.append(Problem(field="", message="no column is left to learn from"))
        return tuple(found)

    def columns_with(self, role: ColumnRole) -> tuple[str, ...]:
        """Return the columns of a role."""
        return tuple(name for name, given in self.roles.items() if given is role)

    def column_with(self, role: ColumnRole) -> str:
        """Return the first column of a role, or an empty string."""
        return next(iter(self.columns_with(role)), "")

    def to_roles(self, task: Task, positive: str) -> Roles:
        """Return the roles for a task."""
        return Roles(
            target=self.column_with(ColumnRole.TARGET),
            task=task,
            group=self.column_with(ColumnRole.GROUP),
            time=self.column_with(ColumnRole.TIME),
            weight=self.column_with(ColumnRole.WEIGHT),
            ignored=self.columns_with(ColumnRole.IGNORED),
            positive=positive,
        )


def role_of(name: str, roles: Roles | None) -> ColumnRole:
    """Return the role of a column."""
    if roles is None:
        return ColumnRole.FEATURE
    named = {
        roles.target: ColumnRole.TARGET,
        roles.group: ColumnRole.GROUP,
        roles.time: ColumnRole.TIME,
        roles.weight: ColumnRole.WEIGHT,
    }
    if name in roles.ignored:
        return ColumnRole.IGNORED
    return named.get(name, ColumnRole.FEATURE)


def columns_frame(table: Table, roles: Roles | None) -> pd.DataFrame:
    """Return a line for each column: name, kind, role, missing share, levels, examples."""
    frame = table.frame
    return pd.DataFrame(
        {
            "column": list(table.schema.names),
            "kind": [KIND_TITLES[column.kind] for column in table.schema],
            "role": [ROLE_TITLES[role_of(column.name, roles)] for column in table.schema],
            "missing": [float(frame[name].isna().mean()) for name in table.schema.names],
            "levels": [column.n_levels for column in table.schema],
            "examples": [_examples(frame[name]) for name in table.schema.names],
        }
    )


def _examples(values: pd.Series) -> str:
    found = values.head(2_000).dropna().drop_duplicates().head(3)
    return ", ".join(map(_short, found))


def _short(value: object) -> str:
    """Return a value as text, a long one cut, a day without its midnight.

    Examples
    --------
    >>> _short(pd.Timestamp(2018, 3, 1)), _short("Good for walks, says no 7.")
    ('2018-03-01', 'Good for walks, says no…')
    """
    text = str(value).removesuffix(" 00:00:00") if isinstance(value, pd.Timestamp) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def read_edit(table: Table, edited: pd.DataFrame) -> Edit:
    """Return what an edited table of columns says."""
    names = table.schema.names
    kinds = {
        name: _KINDS[title]
        for name, title, column in zip(names, edited["kind"], table.schema, strict=True)
        if _KINDS[title] is not column.kind
    }
    roles = {name: _ROLES[title] for name, title in zip(names, edited["role"], strict=True)}
    return Edit(kinds=kinds, roles=roles)


def is_changed(edit: Edit, roles: Roles | None, chosen: Mapping[str, object]) -> bool:
    """Return whether an edit, a task or a positive class differs from what is in use.

    Parameters
    ----------
    edit : Edit
        From the table of columns.
    roles : Roles or None
        In use.
    chosen : mapping of str to object
        ``task`` and ``positive`` as chosen beside the table.
    """
    if roles is None:
        return True
    task, positive = Task(str(chosen["task"])), str(chosen["positive"])
    return bool(edit.kinds) or edit.to_roles(task, positive) != _normal(edit, roles)


def _normal(edit: Edit, roles: Roles) -> Roles:
    order = list(edit.roles)
    return replace(roles, ignored=tuple(sorted(roles.ignored, key=order.index)))
