"""What a table holds, column by column, in numbers that are small enough to keep and to draw."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import Column, ColumnKind
from lab.data.content import Content, content_of
from lab.data.conversion import as_levels, text_of
from lab.data.levels import Levels
from lab.data.sampling import rows_of, sample_places
from lab.data.table import Table

Floats = npt.NDArray[np.float64]

MAX_BINS = 40
MAX_TOP = 20
MAX_CLASSES = 12
_NUMERIC = (ColumnKind.NUMBER, ColumnKind.DATE)


@dataclass(frozen=True, kw_only=True)
class NumberSummary:
    """Where the values of a column of numbers lie.

    Parameters
    ----------
    mean, sd : float
        Mean and standard deviation (n - 1).
    minimum, q25, median, q75, maximum : float
        Quantiles, linearly interpolated.
    zero_share : float
        Share of zeros among the values, 0 to 1.
    """

    mean: float
    sd: float
    minimum: float
    q25: float
    median: float
    q75: float
    maximum: float
    zero_share: float


@dataclass(frozen=True, kw_only=True)
class Level:
    """A value of a column, and in how many rows it stands.

    Parameters
    ----------
    text : str
        The value.
    count : int
        Rows in the sample.
    """

    text: str
    count: int


@dataclass(frozen=True, kw_only=True)
class ClassShare:
    """One class of the target.

    Parameters
    ----------
    label : str
        The class.
    count : int
        Rows of the whole table.
    share : float
        Part of the rows that have a target, 0 to 1.
    """

    label: str
    count: int
    share: float


@dataclass(frozen=True, kw_only=True)
class ColumnProfile:
    """What one column holds.

    Parameters
    ----------
    name : str
        The column's name.
    kind : ColumnKind
        What its values are.
    count : int
        Rows with a value, of the whole table.
    missing_share : float
        Rows without one, 0 to 1.
    n_levels : int
        Different values, of the whole table.
    numbers : NumberSummary or None
        For numbers.
    edges : tuple of float
        Edges of the bins of the histogram, at most 40 bins; dates in seconds since 1970. Empty
        for columns without one.
    counts : tuple of int
        Rows of the sample in each bin, or of each level of `top`.
    top : tuple of Level
        The most frequent values in the sample, for columns without a histogram.
    other_count : int
        Rows of the sample with another value than those.
    first, last : str
        First and last date, ISO; empty for other kinds.
    by_class : dict of str to tuple of int
        `counts` divided by class of the target; empty without classes.
    """

    name: str
    kind: ColumnKind
    count: int
    missing_share: float
    n_levels: int
    numbers: NumberSummary | None = None
    edges: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()
    top: tuple[Level, ...] = ()
    other_count: int = 0
    first: str = ""
    last: str = ""
    by_class: dict[str, tuple[int, ...]] | None = None


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a table holds.

    Parameters
    ----------
    n_rows, n_columns : int
        Its size.
    sample_rows : int
        Rows that summaries and distributions were computed from; all, when the table is small.
    missing_share : float
        Cells without a value among all, 0 to 1.
    columns : tuple of ColumnProfile
        One a column, in the table's order.
    target : str
        The column that classes are of; empty without one.
    classes : tuple of ClassShare
        The classes of the target, the most frequent first; empty when it is a number.
    """

    n_rows: int
    n_columns: int
    sample_rows: int
    missing_share: float
    columns: tuple[ColumnProfile, ...]
    target: str = ""
    classes: tuple[ClassShare, ...] = ()


def make_profile(table: Table, *, target: str = "", max_rows: int = 20_000) -> Profile:
    """Return what a table holds: missing values of all rows, distributions of a sample.

    Parameters
    ----------
    table : Table
        As it was read.
    target : str, default ""
        Distributions are divided by its classes when it has at most 12.
    max_rows : int, default 20,000
        Rows in the sample, drawn with a fixed seed.

    Raises
    ------
    LabError
        When there is no such target.
    """
    n_rows = len(table.frame)
    places = sample_places(n_rows, max_rows)
    classes = _classes(table, target)
    parts = _class_rows(table, target, classes, places)
    columns = []
    for column in table.schema:
        content = content_of(table, column.name)
        missing = int(content.missing.sum())
        columns.append(_profile(column, rows_of(content, places), missing, n_rows, parts))
    return Profile(
        n_rows=n_rows, n_columns=len(columns), sample_rows=len(places),
        missing_share=float(np.mean([column.missing_share for column in columns])),
        columns=tuple(columns), target=target, classes=classes,
    )  # fmt: skip


def _classes(table: Table, target: str) -> tuple[ClassShare, ...]:
    if not target:
        return ()
    column = table.schema[target]
    if column.kind in _NUMERIC and column.n_levels > MAX_CLASSES:
        return ()
    levels = as_levels(content_of(table, target))
    total = max(1, int(levels.counts.sum()))
    return tuple(
        ClassShare(label=levels.words[code], count=int(levels.counts[code]),
                   share=float(levels.counts[code] / total))
        for code in np.argsort(-levels.counts, kind="stable")
    )  # fmt: skip


def _class_rows(
    table: Table, target: str, classes: tuple[ClassShare, ...], places: npt.NDArray[np.int64]
) -> dict[str, npt.NDArray[np.bool_]]:
    if not 2 <= len(classes) <= MAX_CLASSES:
        return {}
    levels = as_levels(content_of(table, target))
    codes = levels.codes[places]
    return {one.label: codes == levels.words.index(one.label) for one in classes}


def _profile(
    column: Column, sample: Content, missing: int, n_rows: int,
    parts: dict[str, npt.NDArray[np.bool_]],
) -> ColumnProfile:  # fmt: skip
    found = _numeric(sample, parts) if column.kind in _NUMERIC else _listed(sample, parts)
    return ColumnProfile(
        name=column.name, kind=column.kind, count=n_rows - missing,
        missing_share=missing / n_rows, n_levels=column.n_levels, **found,
    )  # fmt: skip


def _numeric(sample: Content, parts: dict[str, npt.NDArray[np.bool_]]) -> dict[str, Any]:
    numbers, known = _as_floats(sample)
    if not known.any():
        return {}
    values = numbers[known]
    edges = _edges(values)
    found: dict[str, Any] = {
        "edges": tuple(edges.tolist()),
        "counts": tuple(np.histogram(values, edges)[0].tolist()),
        "by_class": {label: tuple(np.histogram(numbers[known & rows], edges)[0].tolist())
                     for label, rows in parts.items()},
    }  # fmt: skip
    if sample.kind is ColumnKind.DATE:
        stamps = np.asarray(sample.cells)[known]
        return {**found, "first": text_of(stamps.min()), "last": text_of(stamps.max())}
    return {**found, "numbers": summary(values)}


def _as_floats(sample: Content) -> tuple[Floats, npt.NDArray[np.bool_]]:
    cells = np.asarray(sample.cells)
    if cells.dtype.kind == "M":
        cells = cells.astype("datetime64[us]").astype(np.int64) / 1e6
    return cells.astype(np.float64), ~sample.missing


def summary(values: Floats) -> NumberSummary:
    """Return where numbers lie; none of them is missing and there is at least one."""
    low, q25, median, q75, high = np.quantile(values, [0, 0.25, 0.5, 0.75, 1])
    return NumberSummary(
        mean=float(values.mean()), sd=float(values.std(ddof=1)) if len(values) > 1 else 0.0,
        minimum=float(low), q25=float(q25), median=float(median), q75=float(q75),
        maximum=float(high), zero_share=float((values == 0).mean()),
    )  # fmt: skip


def _edges(values: Floats) -> Floats:
    """Return bins: one a value for few whole numbers, else after Freedman and Diaconis (1981)."""
    low, high = float(values.min()), float(values.max())
    if high - low < MAX_BINS and bool((values == np.round(values)).all()):
        return np.arange(low - 0.5, high + 1.5)
    q25, q75 = np.quantile(values, [0.25, 0.75])
    width = 2 * (q75 - q25) / len(values) ** (1 / 3)
    n_bins = (high - low) / width if width > 0 else MAX_BINS
    edges = np.linspace(low, high, round(float(np.clip(n_bins, 5, MAX_BINS))) + 1)
    return (
        edges if bool((np.diff(edges) > 0).all()) else np.array([low, np.nextafter(high, np.inf)])
    )


def _listed(sample: Content, parts: dict[str, npt.NDArray[np.bool_]]) -> dict[str, Any]:
    levels = as_levels(sample)
    order = np.argsort(-levels.counts, kind="stable")[:MAX_TOP]
    order = order[levels.counts[order] > 0]
    top = tuple(Level(text=levels.words[code], count=int(levels.counts[code])) for code in order)
    counts = tuple(level.count for level in top)
    return {
        "top": top, "counts": counts, "other_count": int(levels.counts.sum()) - sum(counts),
        "by_class": {label: _counts(levels, order, rows) for label, rows in parts.items()},
    }  # fmt: skip


def _counts(
    levels: Levels, order: npt.NDArray[np.int64], rows: npt.NDArray[np.bool_]
) -> tuple[int, ...]:
    codes = levels.codes[rows]
    counts = np.bincount(codes[codes >= 0], minlength=len(levels))
    return tuple(counts[order].tolist())
