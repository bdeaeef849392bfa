"""A table with a question: which column is predicted, and what the others are for."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lab.base import Task, fingerprint
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
        The class that counts as positive; empty for the last in sorted order, as scikit-learn does.
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
