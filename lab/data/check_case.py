"""A table that is being checked, and the words that findings are told with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lab.base import Action, ActionKind, Column, ColumnKind, Task, plain_text
from lab.data.content import Content, content_of
from lab.data.dataset import Roles
from lab.data.levels import Levels
from lab.data.sampling import rows_of, sample_places
from lab.data.table import Table

SAMPLE_ROWS = 5_000
"""Rows that the costlier checks look at."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """A table that is being checked.

    Parameters
    ----------
    table : Table
        As it was read.
    target : str
        The column to predict; empty when it is not chosen yet.
    task : Task or None
        The kind of question; None without a target.
    roles : Roles or None
        What the columns are for; None when nothing but the target is chosen.
    """

    table: Table
    target: str = ""
    task: Task | None = None
    roles: Roles | None = None
    _contents: dict[str, Content] = field(default_factory=dict, repr=False)

    @cached_property
    def looked_at(self) -> tuple[Column, ...]:
        """All columns but those that are left out."""
        ignored = self.roles.ignored if self.roles else ()
        return tuple(column for column in self.table.schema if column.name not in ignored)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns but those that are left out, the target, the group and the weight."""
        roles = self.roles
        special = {self.target, *((roles.group, roles.weight) if roles else ())}
        return tuple(column for column in self.looked_at if column.name not in special)

    @cached_property
    def features(self) -> tuple[Column, ...]:
        """The columns that a model would learn from."""
        return tuple(one for one in self.columns if one.kind is not ColumnKind.IDENTIFIER)

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.table.frame)

    @cached_property
    def places(self) -> npt.NDArray[np.int64]:
        """The rows of the sample."""
        return sample_places(self.n_rows, SAMPLE_ROWS)

    def content(self, name: str) -> Content:
        """Return the values of a column, the only ones of a mapped table that stay in memory."""
        self.table.let_go()
        if name not in self._contents:
            self._contents[name] = content_of(self.table, name)
        return self._contents[name]

    def sample(self, name: str) -> Content:
        """Return the values of a column in the rows of the sample."""
        return rows_of(self.content(name), self.places)

    def numbers(self, name: str) -> npt.NDArray[np.float64]:
        """Return a column of numbers in the rows of the sample as float64, missing ones NaN."""
        return np.asarray(self.sample(name).cells).astype(np.float64)

    def whole(self, name: str) -> npt.NDArray[np.int64] | None:
        """Return a column of whole numbers in all rows, None for any other column."""
        cells = self.content(name).cells
        return None if isinstance(cells, Levels) or cells.dtype.kind != "i" else cells

    def is_numeric(self, column: Column) -> bool:
        """Return whether a column holds numbers, also by its values and not by its kind alone."""
        is_text = isinstance(self.content(column.name).cells, Levels)
        return column.kind is ColumnKind.NUMBER and not is_text

    @property
    def sampled(self) -> str:
        """Where numbers of the sample come from, for a sentence; empty when it has all rows."""
        few = len(self.places)
        return f" (from {few:,} of {self.n_rows:,} rows)" if few < self.n_rows else ""


def leave_out(names: Sequence[str]) -> Action:
    """Return the proposal to learn nothing from some columns."""
    return Action(kind=ActionKind.IGNORE, title=f"Leave out {these(names)}", columns=tuple(names))


def these(names: Sequence[str]) -> str:
    """Return columns for the title of an action, which stands beside their names."""
    return listed(names) if len(names) < 3 else f"these {len(names)} columns"


def shown(text: str) -> str:
    """Return text from a file for a sentence: on one line, cut, in quotation marks."""
    return repr(plain_text(text, max_length=60))


def listed(names: Iterable[str]) -> str:
    """Return names for a sentence."""
    return some([shown(name) for name in names])


def some(items: list[str]) -> str:
    """Return the first few things for a sentence, and how many more there are."""
    return ", ".join(items[:8]) + (f" and {len(items) - 8} more" if len(items) > 8 else "")


def plural(word: str, count: int) -> str:
    """Return a noun as its number asks."""
    return word if count == 1 else word + "s"
