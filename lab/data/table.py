"""A table as it was read: values, kinds of columns, and what reading changed or guessed."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from lab.base import Schema


def _nothing() -> None:
    """Let go of nothing."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Values with the kinds of their columns.

    Parameters
    ----------
    frame : pandas.DataFrame
        The values. Its index holds the row numbers of the data in the file, counted from 0;
        numbers go up, with gaps where reading dropped a row. Numbers are int64 or float64,
        dates datetime64, everything else strings (``str``), missing values NaN or NaT.
        Booleans stay as they stand in the file; `Dataset.X` makes them 0 and 1.
    schema : Schema
        Name, kind, missingness and number of levels of each column, in the frame's order.
    source : str
        Where the table comes from, for people: a file's name.
    notes : tuple of str
        What reading guessed or changed, one sentence each.
    id : str
        Fingerprint of values, names and kinds.
    let_go : callable () -> None
        Lets go of the memory in which values of a file are mapped; they are mapped again when they
        are looked at. Does nothing for a table that is held in memory.
    """

    frame: pd.DataFrame
    schema: Schema
    source: str
    notes: tuple[str, ...]
    id: str
    let_go: Callable[[], None] = field(default=_nothing, repr=False, compare=False)
