"""Reasons why rows cannot be divided, shared by the splitters."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from lab.base import plain_text
from lab.validation.entry import Obstacle, Rows
from lab.validation.split import Positions

_NAMED = 3


def too_few_rows(rows: Rows, folds: int) -> Iterator[Obstacle]:
    """Yield an obstacle when there are fewer rows than folds."""
    if rows.n < folds:
        yield Obstacle(
            field="folds",
            message=f"there {_are(rows.n, 'row')}, fewer than the {folds} folds",
            hint="Choose fewer folds or bring more rows.",
        )


def rare_classes(rows: Rows, least: int, *, than: str, field: str = "folds") -> Iterator[Obstacle]:
    """Yield an obstacle when a class that occurs has fewer than `least` rows.

    Parameters
    ----------
    rows : Rows
        With or without classes.
    least : int
        Rows that every class needs.
    than : str
        What those rows are compared with, such as ``"the 5 folds"``.
    field : str, default "folds"
        The setting at fault.
    """
    if rows.classes is None:
        return
    counts = np.bincount(rows.classes)
    rare = np.flatnonzero((counts > 0) & (counts < least))
    if rare.size:
        yield Obstacle(
            field=field,
            message=_rare_message(rows, counts, rare, than),
            hint=_rare_hint(int(counts[rare].min()), field),
        )


def lone_row(rows: Rows) -> Iterator[Obstacle]:
    """Yield an obstacle when one of two classes has a single row: a fold would learn without it."""
    if rows.classes is None:
        return
    counts = np.bincount(rows.classes)
    if np.count_nonzero(counts) == 2 and (counts == 1).any():
        name = class_name(rows, int(np.flatnonzero(counts == 1)[0]))
        yield Obstacle(
            field="splitter",
            message=f"class {name} has 1 row, so the fold that tests it would learn from the other"
            " class alone",
            hint="Bring more rows of it or choose another target.",
        )


def missing_values(values: Any, column: str) -> Iterator[Obstacle]:
    """Yield an obstacle when the group or time column has missing values."""
    n_missing = int(np.count_nonzero(pd.isna(values)))
    if n_missing:
        yield Obstacle(
            field="splitter",
            message=f"the {column} column has {_count(n_missing, 'missing value')}",
            hint=f"Drop those rows, choose another {column} column, or another way to split.",
        )


def class_name(rows: Rows, code: int) -> str:
    """Return a class's name in quotes, or its code when names are not known."""
    return f"{plain_text(rows.labels[code])!r}" if code < len(rows.labels) else str(code)


def _rare_message(rows: Rows, counts: Positions, rare: Positions, than: str) -> str:
    if rare.size == 1:
        size = _count(int(counts[rare[0]]), "row")
        return f"class {class_name(rows, int(rare[0]))} has {size}, fewer than {than}"
    shown = ", ".join(
        f"{class_name(rows, int(code))} ({_count(int(counts[code]), 'row')})"
        for code in rare[:_NAMED]
    )
    more = f" and {rare.size - _NAMED} more" if rare.size > _NAMED else ""
    return f"the classes {shown}{more} have fewer rows than {than}"


def _rare_hint(smallest: int, field: str) -> str:
    if field == "folds" and smallest > 1:
        return f"Choose at most {smallest} folds, plain k-fold, or drop or merge the rare classes."
    return "Drop the rare classes or merge them with others."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _are(number: int, noun: str) -> str:
    return f"{'is' if number == 1 else 'are'} {_count(number, noun)}"
