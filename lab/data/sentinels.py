"""Values that stand for a missing one, such as -999 or "unknown": suspected, taken when told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lab.base import ColumnKind, LabError, plain_text
from lab.data.content import Content, content_of, contents_of, make_table
from lab.data.conversion import text_of
from lab.data.levels import Levels
from lab.data.table import Table

WORDS = (
    "unknown", "unk", "missing", "not available", "not known", "not specified", "unspecified",
    "undefined", "no data", "nodata", "no answer", "not answered", "not recorded", "not provided",
    "n.a.", "n.a", "na", "n.k.", "blank", "empty", "tbd", "tba", "null", "nan", "-", "--", "---",
    ".", "..", "...", "*", "**", "#", "?", "??", "???", "unbekannt", "k.a.", "keine angabe",
    "inconnu", "non renseigné", "desconocido", "sconosciuto", "onbekend", "nieznany",
)  # fmt: skip
"""Words for a missing value that reading leaves as they are, in lower case and without brackets."""

_NINES = frozenset(sign * (10**digits - 1) for digits in range(2, 10) for sign in (1, -1)) | {-1}
_DAYS = frozenset(
    np.datetime64(day, "us")
    for day in ("0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01",
                "1970-01-01", "9999-12-31")
)  # fmt: skip
_NEVER_ZERO = re.compile(
    r"bmi|glucose|insulin|cholesterol|(blood|diastolic|systolic).?(pressure|sugar)|heart.?rate"
    r"|skin.?(fold|thickness)|body.?(mass|weight|height)|^(bp|pulse|height|blood.?pressure)$",
    re.IGNORECASE,
)
_LEAST_ROWS = 2
_MOST_A_COLUMN = 3


@dataclass(frozen=True, kw_only=True)
class Sentinel:
    """A value that probably says that there is none.

    Parameters
    ----------
    column : str
        Where it stands.
    value : str
        As text, such as ``"-999"``.
    count : int
        Rows that hold it.
    share : float
        Part of the rows with a value, 0 to 1.
    """

    column: str
    value: str
    count: int
    share: float


def suspected_sentinels(table: Table) -> tuple[Sentinel, ...]:
    """Return the values of a table that probably stand for a missing one; nothing is changed.

    Among numbers: rows of nines and -1 at an end of the column, far away from every other value
    or the only negative one, and zeros where a gap says that zero cannot be measured. Among dates:
    the first and last days that programs know. Among words: "unknown" and its like. A value that
    stands in one row alone is not suspected.

    Parameters
    ----------
    table : Table
        As it was read.
    """
    return tuple(
        sentinel
        for column in table.schema if column.n_levels > 2
        for sentinel in sentinels_of(content_of(table, column.name))
    )  # fmt: skip


def sentinels_of(content: Content) -> Iterator[Sentinel]:
    """Yield the values of one column that probably stand for a missing one."""
    if isinstance(content.cells, Levels):
        yield from _words(content.name, content.cells)
    elif content.kind in {ColumnKind.NUMBER, ColumnKind.DATE}:
        yield from _extremes(content)


def take_as_missing(table: Table, column: str, value: str) -> Table:
    """Return the table with a value of one column taken as missing; a note tells how often.

    Parameters
    ----------
    table : Table
        As it was read.
    column : str
        The column.
    value : str
        The value as text, such as ``"-999"``.

    Raises
    ------
    LabError
        When the column does not hold the value, or nothing else.
    """
    old = content_of(table, column)
    is_value = _holds(old, value)
    count = int(is_value.sum())
    if not count:
        raise LabError(f"the column {column!r} has no value {value!r}", hint="Look at its values.")
    if count == int((~old.missing).sum()):
        raise LabError(
            f"the column {column!r} has no value but {value!r}", hint="Leave the column out."
        )
    new = Content(name=column, kind=old.kind, cells=_emptied(old.cells, is_value))
    noun = "value" if count == 1 else "values"
    note = f"{count:,} {noun} {plain_text(value)!r} of {plain_text(column)!r} made missing."
    return make_table(
        [new if content.name == column else content for content in contents_of(table)],
        row_numbers=table.frame.index, source=table.source, notes=(*table.notes, note),
    )  # fmt: skip


def _words(name: str, levels: Levels) -> Iterator[Sentinel]:
    bare = pc.utf8_lower(pc.utf8_trim(levels.texts, characters=" ()[]<>{}\"'"))
    suspect = pc.is_in(bare, value_set=pa.array(WORDS)).to_numpy(zero_copy_only=False)
    total = int(levels.counts.sum())
    for place in np.flatnonzero(suspect):
        count = int(levels.counts[place])
        if _LEAST_ROWS <= count < total:
            yield Sentinel(column=name, value=levels.words[place], count=count, share=count / total)


def _extremes(content: Content) -> Iterator[Sentinel]:
    known = np.asarray(content.cells)[~content.missing]
    total = len(known)
    for _ in range(_MOST_A_COLUMN):
        found = next(_codes_of(content, known, total), None) if len(known) else None
        if found is None:
            return
        value, rest = found
        count = len(known) - len(rest)
        yield Sentinel(
            column=content.name, value=text_of(value) or "", count=count, share=count / total
        )
        known = rest


def _codes_of(
    content: Content, known: npt.NDArray[Any], total: int
) -> Iterator[tuple[Any, npt.NDArray[Any]]]:
    """Yield each end of a column that stands for a missing value, with all other values."""
    for value in (known.min(), known.max()):
        if not _may_be_code(content, value):
            continue
        rest = known[known != value]
        count = len(known) - len(rest)
        if count >= _LEAST_ROWS and len(rest) and (
            _stands_apart(content.name, value, rest, count / total)
        ):  # fmt: skip
            yield value, rest


def _may_be_code(content: Content, value: Any) -> bool:
    if content.kind is ColumnKind.DATE:
        return value in _DAYS
    return float(value) in _NINES or value == 0


def _stands_apart(name: str, value: Any, rest: npt.NDArray[Any], share: float) -> bool:
    """Return whether a value lies so far from all others that it cannot be one of them."""
    low, high = rest.min(), rest.max()
    if low == high:
        return False
    if rest.dtype.kind == "M":
        gap = low - value if value < low else value - high
        return bool(gap > high - low)
    if value == 0:
        return bool(low > 0) and _zero_stands_apart(name, rest.astype(np.float64), share)
    if value < low:
        is_only_negative = low >= 0 and (value != -1 or high >= 10 or bool((rest % 1).any()))
        return bool(is_only_negative or float(low) - float(value) > float(high) - float(low))
    return bool(float(value) - float(high) > float(high) - float(low))


def _zero_stands_apart(name: str, rest: npt.NDArray[np.float64], share: float) -> bool:
    low, (q25, median, q75) = rest.min(), np.quantile(rest, [0.25, 0.5, 0.75])
    if _NEVER_ZERO.search(name):
        return share <= 0.5 and bool(low >= 0.05 * median)
    distinct = np.unique(rest[:10_000])
    step = np.median(np.diff(distinct)) if len(distinct) > 1 else low
    return share <= 0.01 and bool(low >= 0.4 * median and low >= q75 - q25 and low >= 3 * step)


def _holds(content: Content, value: str) -> npt.NDArray[np.bool_]:
    cells = content.cells
    if isinstance(cells, Levels):
        places = np.array([word == value for word in cells.words], dtype=np.bool_)
        return cells.spread(places, missing=False)
    try:
        wanted: Any = np.datetime64(value) if cells.dtype.kind == "M" else float(value)
    except ValueError:
        kind = "date" if cells.dtype.kind == "M" else "number"
        raise LabError(
            f"{value!r} is not a {kind}, as the column {content.name!r} holds them",
            hint="Look at its values.",
        ) from None
    return np.asarray(cells == wanted)


def _emptied(cells: Any, rows: npt.NDArray[np.bool_]) -> Any:
    if isinstance(cells, Levels):
        lost = np.zeros(len(cells), dtype=np.bool_)
        lost[cells.codes[rows]] = True
        return cells.renamed(pc.if_else(pa.array(lost), pa.scalar(None, pa.string()), cells.texts))
    missing = np.datetime64("NaT", "us") if cells.dtype.kind == "M" else np.nan
    return np.where(rows, missing, cells)
