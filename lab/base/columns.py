"""Kinds and roles of columns, schemas, and the selection of columns by kind or name."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from lab.base.errors import LabError


class ColumnKind(StrEnum):
    """What the values of a column are."""

    NUMBER = "number"
    CATEGORY = "category"
    BOOLEAN = "boolean"
    DATE = "date"
    TEXT = "text"
    IDENTIFIER = "identifier"


class ColumnRole(StrEnum):
    """What a column is for in an experiment."""

    FEATURE = "feature"
    TARGET = "target"
    GROUP = "group"
    TIME = "time"
    WEIGHT = "weight"
    IGNORED = "ignored"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        The column's unique name.
    kind : ColumnKind
        What its values are.
    has_missing : bool, default False
        Whether any value is missing in the whole table.
    n_levels : int, default 0
        Number of distinct values that are not missing.
    """

    name: str
    kind: ColumnKind
    has_missing: bool = False
    n_levels: int = 0


@dataclass(frozen=True, kw_only=True)
class Schema:
    """The columns of a table, in order, with unique and non-empty names.

    Parameters
    ----------
    columns : tuple of Column
        In order.
    time, group : str, default ""
        The column that orders the rows, and the one that tells their series apart, when they have
        these roles; they need not be among `columns`.
    """

    columns: tuple[Column, ...]
    time: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        """Check the names."""
        names = self.names
        if any(not name for name in names):
            raise LabError("a column has an empty name", hint="Give every column a name.")
        if len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise LabError(f"two columns are called {twice!r}", hint="Rename one of them.")

    def __iter__(self) -> Iterator[Column]:
        """Iterate over the columns in order."""
        return iter(self.columns)

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.columns)

    def __getitem__(self, name: str) -> Column:
        """Return the column of that name; LabError when there is none."""
        found = self._by_name.get(name)
        if found is None:
            listed = ", ".join(self.names[:20])
            raise LabError(f"there is no column {name!r}", hint=f"The columns are: {listed}.")
        return found

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the columns' names in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def _chosen(self) -> dict["Selection", tuple[str, ...]]:
        """What selections have chosen, since checks ask for the same ones many times."""
        return {}

    def of_kind(self, *kinds: ColumnKind) -> tuple[str, ...]:
        """Return the names of the columns of these kinds, in order."""
        return tuple(column.name for column in self.columns if column.kind in kinds)


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Columns chosen by kind, or by name when names are given.

    Parameters
    ----------
    kinds : tuple of ColumnKind, default ()
        Every column of these kinds.
    names : tuple of str, default ()
        Exactly these columns; when given, `kinds` only limits them.

    Examples
    --------
    >>> schema = Schema(columns=(Column(name="age", kind=ColumnKind.NUMBER),
    ...                          Column(name="town", kind=ColumnKind.CATEGORY)))
    >>> Selection(kinds=(ColumnKind.NUMBER,)).columns(schema)
    ('age',)
    """

    kinds: tuple[ColumnKind, ...] = ()
    names: tuple[str, ...] = ()

    def columns(self, schema: Schema) -> tuple[str, ...]:
        """Return the names of the chosen columns that the schema has, in the schema's order."""
        found = schema._chosen.get(self)
        if found is None:
            names, kinds = frozenset(self.names), frozenset(self.kinds)
            found = tuple(
                column.name
                for column in schema
                if (not names or column.name in names) and (not kinds or column.kind in kinds)
            )
            schema._chosen[self] = found
        return found
