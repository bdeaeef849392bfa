"""Rows that are equal, and rows whose features are equal but whose targets differ."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.base import ColumnKind
from lab.data.check_case import Case
from lab.data.row_checks import row_hashes
from lab.data.table import Table

Ints = npt.NDArray[np.int64]

_SHOWN = 5
_SHOWN_ROWS = 4


@dataclass(frozen=True, kw_only=True)
class RepeatedGroup:
    """Rows that are equal in the columns compared.

    Parameters
    ----------
    places : tuple of int
        Places of the first few of them in the table.
    count : int
        How many there are.
    """

    places: tuple[int, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class RepeatedRows:
    """Rows that are equal in some columns.

    Parameters
    ----------
    columns : tuple of str
        The columns that were compared.
    groups : int
        Sets of equal rows.
    rows : int
        Rows in them.
    repeats : int
        Rows that repeat an earlier one: `rows` less `groups`.
    examples : tuple of RepeatedGroup
        The largest, at most 5.
    """

    columns: tuple[str, ...]
    groups: int
    rows: int
    repeats: int
    examples: tuple[RepeatedGroup, ...]


@dataclass(frozen=True, kw_only=True)
class Duplicates:
    """Repeated rows of a table.

    Parameters
    ----------
    n_rows : int
        Rows of the table; all were compared.
    equal : RepeatedRows
        Equal in all columns but identifiers.
    contradicting : RepeatedRows or None
        Equal in all features, with more than one value of the target among them; None without a
        target.
    best_accuracy : float or None
        The largest share of rows that any model of these features can get right, because of
        contradicting rows; None unless the target has classes.
    """

    n_rows: int
    equal: RepeatedRows
    contradicting: RepeatedRows | None = None
    best_accuracy: float | None = None


def find_duplicates(
    table: Table, *, features: Sequence[str] = (), target: str = "", has_classes: bool = True
) -> Duplicates:
    """Return which rows are equal, and which have equal features but different targets.

    Missing values are equal to each other. Rows are compared by 64-bit hashes of their values.

    Parameters
    ----------
    table : Table
        As it was read.
    features : sequence of str
        The columns that models may use.
    target : str, default ""
        The column to predict.
    has_classes : bool, default True
        Whether the target has classes.
    """
    n_rows, case = len(table.frame), Case(table=table)
    names = tuple(c.name for c in table.schema if c.kind is not ColumnKind.IDENTIFIER)
    if not target or not features:
        hashes = row_hashes(case, list(names), n_rows)
        return Duplicates(n_rows=n_rows, equal=_repeated(names, hashes))
    alike = row_hashes(case, list(features), n_rows)
    goal = row_hashes(case, [target], n_rows)
    others = [name for name in names if name not in {*features, target}]
    equal = _repeated(names, _joined(alike, goal, row_hashes(case, others, n_rows)))
    known = table.frame[target].notna().to_numpy()
    return Duplicates(
        n_rows=n_rows, equal=equal,
        contradicting=_contradicting(tuple(features), alike, goal, known),
        best_accuracy=_best_accuracy(alike[known], goal[known]) if has_classes else None,
    )  # fmt: skip


def _joined(*hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return a number for each row, equal where all of its numbers are."""
    found = np.zeros_like(hashes[0])
    for one in hashes:
        found = (found ^ one) * np.uint64(0x9E3779B97F4A7C15)
        found ^= found >> np.uint64(32)
    return found


def _repeated(columns: tuple[str, ...], hashes: npt.NDArray[np.uint64]) -> RepeatedRows:
    """Return the sets of rows that have one hash."""
    again = pd.Series(hashes).duplicated(keep=False).to_numpy()
    return _groups(columns, hashes, np.flatnonzero(again) if len(columns) else np.zeros(0, int))


def _contradicting(
    columns: tuple[str, ...], alike: npt.NDArray[np.uint64], goal: npt.NDArray[np.uint64],
    known: npt.NDArray[np.bool_],
) -> RepeatedRows:  # fmt: skip
    places = np.flatnonzero(known)
    places = places[pd.Series(alike[places]).duplicated(keep=False).to_numpy()]
    goals = pd.Series(goal[places]).groupby(alike[places]).transform("nunique").to_numpy()
    return _groups(columns, alike, places[goals > 1])


def _groups(columns: tuple[str, ...], hashes: npt.NDArray[np.uint64], places: Ints) -> RepeatedRows:
    """Return the sets of equal rows among these places, which all are in such a set."""
    codes, _ = pd.factorize(hashes[places])
    counts = np.bincount(codes) if len(codes) else np.zeros(0, dtype=np.int64)
    largest = np.argsort(-counts, kind="stable")[:_SHOWN]
    return RepeatedRows(
        columns=columns, groups=len(counts), rows=len(places),
        repeats=len(places) - len(counts),
        examples=tuple(
            RepeatedGroup(places=tuple(places[codes == code][:_SHOWN_ROWS].tolist()),
                          count=int(counts[code]))
            for code in largest
        ),
    )  # fmt: skip


def _best_accuracy(alike: npt.NDArray[np.uint64], goal: npt.NDArray[np.uint64]) -> float | None:
    """Return the share of rows whose target is the most frequent among equal features."""
    if not len(alike):
        return None
    again = pd.Series(alike).duplicated(keep=False).to_numpy()
    pairs = pd.DataFrame({"alike": alike[again], "goal": goal[again]})
    right = pairs.groupby(["alike", "goal"]).size().groupby("alike").max().sum()
    return float((right + np.count_nonzero(~again)) / len(alike))
