"""Which columns are missing together, and whether that depends on the target."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lab.base import Task
from lab.data.content import Content, content_of
from lab.data.conversion import as_levels
from lab.data.sampling import rows_of, sample_places
from lab.data.table import Table

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

MAX_COLUMNS = 30
MAX_PATTERNS = 12
_MAX_ROWS = 100_000
_LEAST = 5
_SURE = 0.05
_SMALL = 0.1


@dataclass(frozen=True, kw_only=True)
class MissingPattern:
    """Columns that are missing in the same rows, all others having a value.

    Parameters
    ----------
    columns : tuple of str
        The missing ones; empty for complete rows.
    count : int
        Rows of the sample.
    share : float
        Part of the sample, 0 to 1.
    """

    columns: tuple[str, ...]
    count: int
    share: float


@dataclass(frozen=True, kw_only=True)
class MissingDependence:
    """Whether the target differs between rows with and without a value of a column.

    Parameters
    ----------
    column : str
        The column.
    test : {"chi-square", "Mann-Whitney"}
        For classes, and for a number to predict.
    p_value, adjusted : float
        As tested, and allowing for the number of columns tested (Benjamini & Hochberg 1995).
    strength : float
        Cramér's V, or the rank-biserial correlation without its sign: 0 to 1.
    evidence : str
        What differs, in words.
    """

    column: str
    test: str
    p_value: float
    adjusted: float
    strength: float
    evidence: str

    @property
    def is_seen(self) -> bool:
        """Whether an adjusted p-value below 0.05 says that the two depend on each other."""
        return self.adjusted < _SURE

    @property
    def is_weak(self) -> bool:
        """Whether the dependence, seen or not, is too weak to matter much."""
        return self.strength < _SMALL


@dataclass(frozen=True, kw_only=True)
class MissingPatterns:
    """Which columns are missing together.

    Parameters
    ----------
    columns : tuple of str
        Columns with missing values, at most the 30 emptiest, in the table's order.
    correlations : tuple of tuple of (float or None)
        Pearson's correlation of the indicators of missing values.
    patterns : tuple of MissingPattern
        The most frequent, at most 12, complete rows among them.
    n_patterns : int
        Different ones in the sample.
    dependences : tuple of MissingDependence
        The surest first; empty without a target.
    sample_rows : int
        Rows that all of this was computed from.
    """

    columns: tuple[str, ...]
    correlations: tuple[tuple[float | None, ...], ...]
    patterns: tuple[MissingPattern, ...]
    n_patterns: int
    dependences: tuple[MissingDependence, ...]
    sample_rows: int


def missing_patterns(
    table: Table, *, target: str = "", task: Task | None = None
) -> MissingPatterns:
    """Return which columns are missing together, and whether that depends on the target.

    Parameters
    ----------
    table : Table
        As it was read; at most 100,000 of its rows are looked at.
    target : str, default ""
        Columns are tested against it where both are known.
    task : Task, optional
        Whether the target has classes.

    Raises
    ------
    LabError
        When there is no such target.
    """
    places = sample_places(len(table.frame), _MAX_ROWS)
    indicators = _indicators(table, places)
    columns = tuple(indicators)
    matrix = np.array(list(indicators.values()), dtype=np.bool_).reshape(len(columns), len(places))
    patterns, n_patterns = _patterns(columns, matrix)
    return MissingPatterns(
        columns=columns, correlations=_correlations(matrix), patterns=patterns,
        n_patterns=n_patterns, sample_rows=len(places),
        dependences=_dependences(table, target, task, indicators, places),
    )  # fmt: skip


def _indicators(table: Table, places: npt.NDArray[np.int64]) -> dict[str, Mask]:
    rows = table.frame if len(places) == len(table.frame) else table.frame.iloc[places]
    found = {
        column.name: rows[column.name].isna().to_numpy()
        for column in table.schema
        if column.has_missing
    }
    emptiest = sorted(found, key=lambda name: -int(found[name].sum()))[:MAX_COLUMNS]
    return {name: mask for name, mask in found.items() if name in emptiest and mask.any()}


def _correlations(matrix: Mask) -> tuple[tuple[float | None, ...], ...]:
    if not len(matrix):
        return ()
    numbers = matrix.astype(np.float64)
    numbers -= numbers.mean(axis=1, keepdims=True)
    lengths = np.sqrt((numbers**2).sum(axis=1))
    varies = lengths > 1e-9
    scaled = numbers / np.where(varies, lengths, 1.0)[:, None]
    found = np.clip(scaled @ scaled.T, -1.0, 1.0)
    both = varies[:, None] & varies[None, :]
    return tuple(
        tuple(float(value) if known else None for value, known in zip(row, mask, strict=True))
        for row, mask in zip(found, both, strict=True)
    )


def _patterns(columns: Sequence[str], matrix: Mask) -> tuple[tuple[MissingPattern, ...], int]:
    if not len(columns):
        return (), 0
    packed = np.packbits(matrix, axis=0).T  # one short row of bytes for each row of the table
    keys = np.ascontiguousarray(packed).view(f"V{packed.shape[1]}").ravel()
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))[:MAX_PATTERNS]
    n_rows = matrix.shape[1]
    return tuple(
        MissingPattern(
            columns=tuple(name for name, there in zip(columns, matrix[:, first[k]], strict=True)
                          if there),
            count=int(counts[k]), share=float(counts[k] / n_rows),
        )
        for k in order
    ), len(counts)  # fmt: skip


def _dependences(
    table: Table, target: str, task: Task | None, indicators: dict[str, Mask],
    places: npt.NDArray[np.int64],
) -> tuple[MissingDependence, ...]:  # fmt: skip
    if not target or task is None:
        return ()
    table.schema[target]
    goal = rows_of(content_of(table, target), places)
    known = ~goal.missing
    test = _by_class if task.is_classification else _by_number
    found = []
    for name, mask in indicators.items():
        n_missing = int(mask[known].sum())
        if name != target and _LEAST <= n_missing <= int(known.sum()) - _LEAST:
            found.append(test(name, mask, goal, known))
    return _adjusted([one for one in found if one is not None])


def _adjusted(found: Sequence[MissingDependence]) -> tuple[MissingDependence, ...]:
    if not found:
        return ()
    from scipy.stats import false_discovery_control

    adjusted = false_discovery_control([one.p_value for one in found], method="bh")
    finished = [replace(one, adjusted=float(p)) for one, p in zip(found, adjusted, strict=True)]
    return tuple(sorted(finished, key=lambda one: (one.adjusted, -one.strength)))


def _by_class(name: str, mask: Mask, goal: Content, known: Mask) -> MissingDependence | None:
    """Return the chi-square test of missing against class; classes under 5 rows are left out."""
    from scipy.stats import chi2_contingency

    levels = as_levels(goal)
    codes, missing = levels.codes[known], mask[known]
    counts = np.stack([np.bincount(codes[missing == there], minlength=len(levels))
                       for there in (True, False)])  # fmt: skip
    kept = counts.sum(axis=0) >= _LEAST
    counts = counts[:, kept]
    if counts.shape[1] < 2 or not counts.sum(axis=1).all():
        return None
    found = chi2_contingency(counts, correction=False)
    shares = counts[0] / counts.sum(axis=0)
    words = [word for word, keep in zip(levels.words, kept, strict=True) if keep]
    most, least = int(shares.argmax()), int(shares.argmin())
    return MissingDependence(
        column=name, test="chi-square", p_value=float(found.pvalue), adjusted=1.0,
        strength=float(np.sqrt(found.statistic / counts.sum())),
        evidence=f"missing in {_share(shares[most])} of the rows of {words[most]!r} and"
        f" {_share(shares[least])} of those of {words[least]!r}",
    )  # fmt: skip


def _by_number(name: str, mask: Mask, goal: Content, known: Mask) -> MissingDependence:
    from scipy.stats import mannwhitneyu

    values = np.asarray(goal.cells)[known].astype(np.float64)
    without, with_value = values[mask[known]], values[~mask[known]]
    found = mannwhitneyu(without, with_value, alternative="two-sided")
    pairs = len(without) * len(with_value)
    return MissingDependence(
        column=name, test="Mann-Whitney", p_value=float(found.pvalue), adjusted=1.0,
        strength=abs(float(2 * found.statistic / pairs - 1)),
        evidence=f"median target {_number(np.median(without))} in rows without a value and"
        f" {_number(np.median(with_value))} in the others",
    )  # fmt: skip


def _share(share: float) -> str:
    return f"{share:.1%}" if share < 0.1 else f"{share:.0%}"


def _number(value: np.float64) -> str:
    return f"{value:,.0f}" if 1e3 <= abs(value) < 1e12 else f"{value:.4g}"
