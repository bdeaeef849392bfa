"""What the tabs look at: a table, its question, and what is known of its columns already."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from lab.base import ColumnKind, Task
from lab.data import (
    AssociationMatrix,
    AssociationMethod,
    Associations,
    Dataset,
    Profile,
    Table,
    association_matrix,
    draw_rows,
    target_groups,
)
from pages._ui import cached

NUMERIC = (ColumnKind.NUMBER, ColumnKind.DATE)
LISTED = (ColumnKind.CATEGORY, ColumnKind.BOOLEAN)
SAMPLE_ROWS = 20_000


@dataclass(frozen=True, kw_only=True)
class View:
    """A table that is looked at.

    Parameters
    ----------
    table : Table
        With all its rows.
    data : Dataset
        Its roles.
    profile : Profile
        What its columns hold.
    found : Associations
        How they go together with the target.
    """

    table: Table
    data: Dataset
    profile: Profile
    found: Associations

    @property
    def key(self) -> str:
        """Says all that what is computed of the table depends on."""
        return f"{self.table.id} {self.data.roles}"

    @property
    def target(self) -> str:
        """The column to predict."""
        return self.data.roles.target

    @property
    def task(self) -> Task:
        """The kind of question."""
        return self.data.roles.task

    @property
    def ranked(self) -> tuple[str, ...]:
        """The target, then the columns that go together with it, the strongest first."""
        return (self.target, *(item.column for item in self.found.with_target))

    def of_kind(self, *kinds: ColumnKind) -> list[str]:
        """Return the columns of these kinds: those that go with the target most come first."""
        names = self.table.schema.of_kind(*kinds)
        return [name for name in dict.fromkeys((*self.ranked, *names)) if name in names]

    def kind(self, name: str) -> ColumnKind:
        """Return the kind of a column."""
        return self.table.schema[name].kind

    def rows(self, *names: str) -> pd.DataFrame:
        """Return some columns, and the target, of a sample of the rows."""
        return draw_rows(self.table, [*names, self.target], max_rows=SAMPLE_ROWS)

    def groups(self, rows: pd.DataFrame) -> "pd.Series[Any]":
        """Return the class of each row, or the quarter in which its target lies."""
        return target_groups(rows[self.target], of_classes=self.task.is_classification)

    def matrix(self, method: AssociationMethod, *names: str) -> AssociationMatrix:
        """Return associations between columns; those nearest to the target without names."""
        wanted = names or tuple(dict.fromkeys((*self.ranked, *self.table.schema.names)))
        return cached.value(
            f"matrix {method} {wanted} {self.table.id}",
            lambda: association_matrix(self.table, method, names=wanted),
        )

    @property
    def sample_note(self) -> str:
        """Tells that charts show a sample of the rows; empty when they show all."""
        if len(self.table.frame) <= SAMPLE_ROWS:
            return ""
        return f"From {SAMPLE_ROWS:,} rows drawn at random."
