"""Checks of the rows of a table: copies, contradictions, and rows that belong together."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from lab.base import Action, ActionKind, ColumnKind, Finding, Severity
from lab.data.check_case import Case, plural, shown, some
from lab.data.column_checks import codes_of
from lab.data.sampling import rows_of

Ints = npt.NDArray[np.int64]

_MAX_ROWS = 200_000
_FOLDS = 5
_BY_CHANCE = 0.1
_FEW_DOUBTFUL = 0.05


def duplicate_rows(case: Case) -> Iterator[Finding]:
    """Find rows that stand there twice (D003)."""
    n_rows = min(case.n_rows, _MAX_ROWS)
    names = [column.name for column in case.table.schema
             if column.kind is not ColumnKind.IDENTIFIER]  # fmt: skip
    hashes = row_hashes(case, names, n_rows)
    sizes = np.unique(hashes, return_counts=True)[1] if names else np.ones(n_rows, np.int64)
    extra = n_rows - len(sizes)
    if not extra:
        return
    among = f" among the first {n_rows:,}" if n_rows < case.n_rows else ""
    is_chance = _expected_pairs(case, names, n_rows) >= _BY_CHANCE * _pairs(sizes)
    is_harmless = is_chance or (case.roles is not None and bool(case.roles.group))
    yield Finding(
        code="D003", title="Duplicate rows",
        severity=Severity.WARNING if extra > 0.01 * n_rows and not is_harmless else Severity.INFO,
        detail=f"{extra:,} {plural('row', extra)}{among} (of {n_rows:,}) {_repeat(extra)} an"
        f" earlier row in every column{_but(case, names)}."
        f" {_consequence(case, sizes, is_chance)}",
        actions=() if is_harmless else (
            Action(kind=ActionKind.DROP_DUPLICATES, title="Keep one of each of the equal rows"),
        ),
    )  # fmt: skip


def contradictions(case: Case) -> Iterator[Finding]:
    """Find rows that are equal in all features and differ in the target (D016)."""
    if case.task is None or not case.features:
        return
    n_rows = min(case.n_rows, _MAX_ROWS)
    goal = codes_of(rows_of(case.content(case.target), np.arange(n_rows)))
    known = np.flatnonzero(~case.content(case.target).missing[:n_rows])
    hashes = row_hashes(case, [column.name for column in case.features], n_rows)[known]
    alike = _numbered(hashes)
    answers = _numbered(goal[known])
    pairs, counts = np.unique(alike * (answers.max(initial=0) + 1) + answers, return_counts=True)
    owners = pairs // (answers.max(initial=0) + 1)
    is_split = np.bincount(owners) > 1
    doubtful = int(counts[is_split[owners]].sum())
    share = doubtful / max(1, len(known))
    if not doubtful or (not case.task.is_classification and share < _FEW_DOUBTFUL):
        return
    yield Finding(
        code="D016", title="Equal rows with different targets",
        severity=Severity.WARNING if share >= _FEW_DOUBTFUL else Severity.INFO,
        columns=(case.target,),
        detail=f"{doubtful:,} of {len(known):,} rows ({_percent(share)}) equal another row in every"
        f" feature and differ from it in {shown(case.target)}."
        f"{_ceiling(case, owners, counts)} Ask what tells them apart, or whether labels are wrong.",
    )  # fmt: skip


def row_hashes(case: Case, names: Sequence[str], n_rows: int) -> npt.NDArray[np.uint64]:
    """Return a number for each of the first rows, equal for rows with equal values."""
    hashes = np.zeros(n_rows, dtype=np.uint64)
    for place, name in enumerate(names, start=1):
        content = case.content(name)
        if n_rows < case.n_rows:
            content = rows_of(content, np.arange(n_rows))
        bits = codes_of(content).astype(np.int64).view(np.uint64)
        mixed = (bits + np.uint64(place)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        hashes = (hashes ^ mixed) * np.uint64(0xBF58476D1CE4E5B9)
        hashes ^= hashes >> np.uint64(32)
    return hashes


def _but(case: Case, compared: Sequence[str]) -> str:
    """Say which columns may differ between rows that are called equal."""
    others = [name for name in case.table.schema.names if name not in compared]
    if not others:
        return ""
    return f" but {some([shown(name) for name in others])}"


def _consequence(case: Case, sizes: Ints, is_chance: bool) -> str:
    """Say what copies do to a comparison: in folds drawn at random most have a twin learnt from."""
    if is_chance:
        return "With so few different values equal rows are to be expected, and are no copies."
    if case.roles is not None and case.roles.group:
        return f"Folds by {shown(case.roles.group)} keep equal rows on one side."
    landing = float((sizes * (1 - (1 / _FOLDS) ** (sizes - 1.0))).sum()) / int(sizes.sum())
    return (
        f"In {_FOLDS} folds drawn at random {_percent(landing)} of the test rows have a copy among"
        " the rows learnt from, which makes scores too good."
    )


def _pairs(sizes: Ints) -> float:
    return float((sizes * (sizes - 1.0)).sum() / 2)


def _expected_pairs(case: Case, names: Sequence[str], n_rows: int) -> float:
    """Return how many pairs of rows would be equal if the columns had nothing to do with another.

    The chance that two rows agree in a column is the share of agreeing pairs in the sample.
    """
    n = len(case.places)
    chance = n_rows * (n_rows - 1) / 2
    for name in names:
        sample = case.sample(name)
        counts = np.unique(codes_of(sample), return_counts=True)[1]
        chance *= _pairs(counts) / max(1.0, n * (n - 1) / 2)
    return chance


def _numbered(values: npt.NDArray[np.uint64] | Ints) -> Ints:
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def _ceiling(case: Case, owners: Ints, counts: Ints) -> str:
    """Say how good any model can be at most, for classes."""
    if case.task is None or not case.task.is_classification:
        return ""
    best = np.zeros(int(owners.max()) + 1, dtype=np.int64)
    np.maximum.at(best, owners, counts)
    share = float(best.sum() / counts.sum())
    if share > 0.999:
        return ""
    return f" No model can be right in more than {share:.1%} of the rows."


def _percent(share: float) -> str:
    return f"{share:.1%}" if share >= 0.001 else "under 0.1%"


def _repeat(count: int) -> str:
    return "repeats" if count == 1 else "repeat"
