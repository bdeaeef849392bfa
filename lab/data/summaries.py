"""Summary statistics of a column, those that suit its kind."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from lab.base import ColumnKind
from lab.data.content import Content, content_of
from lab.data.conversion import as_levels, text_of
from lab.data.kinds import TRUE_WORDS
from lab.data.levels import Levels
from lab.data.sampling import rows_of, sample_places
from lab.data.statistics_by_kind import (
    BooleanStatistics,
    CategoryStatistics,
    ColumnStatistics,
    DateStatistics,
    Details,
    NumberStatistics,
    TextStatistics,
)
from lab.data.table import Table

Floats = npt.NDArray[np.float64]

_MAX_TEXTS = 100_000
_GAP = 1.5


def describe_column(table: Table, name: str, *, max_rows: int | None = None) -> ColumnStatistics:
    """Return the summary statistics of one column.

    Parameters
    ----------
    table : Table
        As it was read.
    name : str
        The column.
    max_rows : int, optional
        Rows in the sample that details are computed from; all without it, but texts and
        identifiers from 100,000 at most.

    Raises
    ------
    LabError
        When there is no such column.
    """
    table.schema[name]
    content = content_of(table, name)
    missing = int(content.missing.sum())
    n_rows = len(table.frame)
    most = n_rows if max_rows is None else max_rows
    if content.kind in {ColumnKind.TEXT, ColumnKind.IDENTIFIER}:
        most = min(most, _MAX_TEXTS)
    places = sample_places(n_rows, most)
    sample = content if len(places) == n_rows else rows_of(content, places)
    return ColumnStatistics(
        name=name, kind=content.kind, count=n_rows - missing, missing=missing,
        sample_rows=len(places), details=None if sample.missing.all() else _details(sample),
    )  # fmt: skip


def describe_columns(table: Table, *, max_rows: int = 20_000) -> tuple[ColumnStatistics, ...]:
    """Return the summary statistics of all columns, the details from a sample of the rows."""
    return tuple(describe_column(table, name, max_rows=max_rows) for name in table.schema.names)


def number_statistics(values: Floats) -> NumberStatistics:
    """Return the statistics of numbers, of which none is missing and there is at least one."""
    low, q25, median, q75, high = (
        float(value) for value in np.quantile(values, [0, 0.25, 0.5, 0.75, 1])
    )
    low_fence, high_fence = fences(q25, q75)
    sd, skewness, kurtosis = _moments(values)
    return NumberStatistics(
        mean=float(values.mean()), sd=sd,
        minimum=low, q25=q25, median=median, q75=q75, maximum=high,
        skewness=skewness, kurtosis=kurtosis, zeros=int(np.count_nonzero(values == 0)),
        low_fence=low_fence, high_fence=high_fence,
        outliers_below=int(np.count_nonzero(values < low_fence)),
        outliers_above=int(np.count_nonzero(values > high_fence)),
    )  # fmt: skip


def fences(q25: float, q75: float) -> tuple[float, float]:
    """Return the bounds of what is usual: 1.5 interquartile ranges beyond the quartiles."""
    reach = 1.5 * (q75 - q25)
    return q25 - reach, q75 + reach


def _moments(values: Floats) -> tuple[float, float | None, float | None]:
    """Return spread, skewness and kurtosis, of values scaled first so that no power overflows."""
    centred = values - values.mean()
    reach = float(np.abs(centred).max())
    if len(values) < 2 or reach <= 1e-12 * float(np.abs(values).max()):
        return 0.0, None, None
    scaled: pd.Series[Any] = pd.Series(centred / reach)
    sd = reach * float((centred / reach).std(ddof=1))
    if len(values) < 4:
        return sd, None, None
    skewness: Any = scaled.skew()
    kurtosis: Any = scaled.kurt()
    return sd, float(skewness), float(kurtosis)


def _details(sample: Content) -> Details:
    if sample.kind is ColumnKind.NUMBER:
        cells = np.asarray(sample.cells).astype(np.float64)
        return number_statistics(cells[~np.isnan(cells)])
    if sample.kind is ColumnKind.DATE:
        stamps = np.asarray(sample.cells).astype("datetime64[us]")
        return _dates(stamps[~np.isnat(stamps)])
    levels = as_levels(sample)
    if sample.kind is ColumnKind.BOOLEAN:
        return _boolean(levels)
    return _categories(levels) if sample.kind is ColumnKind.CATEGORY else _texts(levels)


def _categories(levels: Levels) -> CategoryStatistics:
    counts = levels.counts[levels.counts > 0]
    shares = counts / counts.sum()
    entropy = float(-(shares * np.log2(shares)).sum()) + 0.0
    most = int(levels.counts.argmax())
    return CategoryStatistics(
        levels=len(counts), most_frequent=levels.words[most],
        most_frequent_share=float(levels.counts[most] / counts.sum()),
        single=int(np.count_nonzero(counts == 1)), entropy=entropy,
        evenness=entropy / float(np.log2(len(counts))) if len(counts) > 1 else 1.0,
    )  # fmt: skip


def _boolean(levels: Levels) -> BooleanStatistics:
    words = sorted(levels.words)
    label = next((word for word in words if word.lower() in TRUE_WORDS), words[-1])
    count = int(levels.counts[levels.words.index(label)])
    return BooleanStatistics(
        true_label=label, true_count=count, true_share=count / int(levels.counts.sum())
    )


def _dates(stamps: npt.NDArray[Any]) -> DateStatistics:
    different = np.unique(stamps)
    steps = np.diff(different).astype(np.int64) / 1e6
    typical = float(np.median(steps)) if len(steps) else 0.0
    longest = int(steps.argmax()) if len(steps) else 0
    return DateStatistics(
        first=str(text_of(different[0])), last=str(text_of(different[-1])),
        span_days=float((different[-1] - different[0]).astype(np.int64) / 8.64e10),
        different=len(different), step_seconds=typical,
        gaps=int(np.count_nonzero(steps > _GAP * typical)),
        longest_gap_seconds=float(steps[longest]) if len(steps) else 0.0,
        longest_gap_after=str(text_of(different[longest])) if len(steps) else "",
    )  # fmt: skip


def _texts(levels: Levels) -> TextStatistics:
    counts = levels.counts
    there = counts > 0
    lengths = pc.utf8_length(levels.texts).to_numpy(zero_copy_only=False)
    words = pc.count_substring_regex(levels.texts, r"\S+").to_numpy(zero_copy_only=False)
    n = int(counts.sum())
    return TextStatistics(
        different=int(there.sum()), shortest=int(lengths[there].min()),
        longest=int(lengths[there].max()), mean_length=float((lengths * counts).sum() / n),
        mean_words=float((words * counts).sum() / n), most_words=int(words[there].max()),
    )  # fmt: skip
