"""A table with a question: which column is predicted, and what the others are for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.base import ColumnKind, Schema, Task, fingerprint
from lab.data.chosen_rows import ChosenRows, feature_values, numbers, words
from lab.data.content import content_of
from lab.data.conversion import as_levels
from lab.data.table import Table

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Roles:
    """What the columns of a table are for.

    Parameters
    ----------
    target : str
        The column to predict.
    task : Task
        The kind of question.
    group : str, default ""
        Rows with the same value never stand on both sides of a group split.
    time : str, default ""
        The column that orders the rows for a time split.
    weight : str, default ""
        Non-negative weight of each row, in fitting and in scoring.
    ignored : tuple of str, default ()
        Columns left out. Group, time and weight are never features either, except time.
    positive : str, default ""
        The class that counts as positive; empty for the word that says yes in a column of yes and
        no, and for the last in sorted order otherwise, as scikit-learn does.
    """

    target: str
    task: Task
    group: str = ""
    time: str = ""
    weight: str = ""
    ignored: tuple[str, ...] = ()
    positive: str = ""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A table, its roles, and the classes of its target.

    Made by `make_dataset`, which checks the roles and drops rows without a target.

    Parameters
    ----------
    name : str
        For people.
    table : Table
        Without rows whose target is missing.
    roles : Roles
        Distinct, existing columns.
    labels : tuple of str
        The classes in the order of their codes; for a binary task the positive class is last.
        Empty for regression.
    notes : tuple of str
        What was dropped on the way from the table, one sentence each.
    """

    name: str
    table: Table
    roles: Roles
    labels: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @cached_property
    def id(self) -> str:
        """Fingerprint of the table's content and the roles."""
        return fingerprint(self.table.id, self.roles)

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.table.frame)

    @cached_property
    def features(self) -> Schema:
        """The columns that models may use, in the table's order; and what orders the rows."""
        roles = self.roles
        left_out = {roles.target, roles.group, roles.weight, *roles.ignored}
        columns = tuple(
            column for column in self.table.schema
            if column.name not in left_out and column.kind is not ColumnKind.IDENTIFIER
        )  # fmt: skip
        return Schema(columns=columns, time=roles.time, group=roles.group)

    @property
    def X(self) -> pd.DataFrame:  # noqa: N802 - the field's name
        """The features as scikit-learn takes them, one row a row of the table from 0.

        Numbers are float64; booleans float64 of 0 and 1; dates datetime64 with NaT; categories
        and text are object columns of str with NaN for missing, because scikit-learn 1.9 imputes
        those seven times and encodes them twice as fast as pandas' ``str`` columns.
        """
        return self.raw(self.features.names)

    def raw(self, columns: Sequence[str]) -> pd.DataFrame:
        """Return all rows of some columns, features as in `X`.

        Parameters
        ----------
        columns : sequence of str
            Features, and the columns of the roles time (a number or datetime64) and group (str),
            for recipes that ask for them.
        """
        index, made = pd.RangeIndex(self.n_rows), {}
        for name in columns:
            content = content_of(self.table, name)
            values = words(content) if name == self.roles.group else feature_values(content)
            made[name] = pd.Series(values, index=index, dtype=values.dtype)
        return pd.DataFrame(made, index=index, copy=False)

    def rows(self, positions: Ints, *, columns: Sequence[str] | None = None) -> ChosenRows:
        """Return the rows of `X` at some positions, of which a column is made when it is asked for.

        Parameters
        ----------
        positions : ndarray of int64
            Counted from 0.
        columns : sequence of str, optional
            As in `raw`; the features when not given.
        """
        names = self.features.names if columns is None else tuple(columns)
        return ChosenRows(
            table=self.table, columns=names, positions=positions, group=self.roles.group
        )

    def take(self, positions: Ints, *, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the rows of `X` at some positions, or some columns of them as in `rows`."""
        rows = self.rows(positions, columns=columns)
        return rows[list(rows.columns)]

    @cached_property
    def y(self) -> npt.NDArray[np.int64] | Floats:
        """The target: codes into `labels`, or float64 for regression."""
        content = content_of(self.table, self.roles.target)
        if not self.roles.task.is_classification:
            return numbers(content)
        levels = as_levels(content)
        places = {label: code for code, label in enumerate(self.labels)}
        lookup = np.array([places.get(word, -1) for word in levels.words], dtype=np.int64)
        return lookup[levels.codes]

    @cached_property
    def groups(self) -> Ints | None:
        """A number for each row's group, equal for rows that belong together, or None.

        A missing group is a group of its own for each row.
        """
        if not self.roles.group:
            return None
        codes = as_levels(content_of(self.table, self.roles.group)).codes.astype(np.int64)
        alone = codes < 0
        codes[alone] = codes.max(initial=-1) + 1 + np.arange(int(alone.sum()))
        return codes

    @cached_property
    def times(self) -> Floats | None:
        """A number for each row that grows with its time, or None; dates in seconds since 1970."""
        if not self.roles.time:
            return None
        return numbers(content_of(self.table, self.roles.time))

    @cached_property
    def weights(self) -> Floats | None:
        """The weight of each row, or None."""
        if not self.roles.weight:
            return None
        return numbers(content_of(self.table, self.roles.weight))

    @property
    def row_numbers(self) -> Ints:
        """Row numbers of the data in the file, counted from 0."""
        return self.table.frame.index.to_numpy(dtype=np.int64)
