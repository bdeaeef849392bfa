"""Checks of a table's target."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from lab.base import ColumnKind, Finding, Severity, Task
from lab.data.check_case import Case, plural, shown, some
from lab.data.content import Content
from lab.data.conversion import as_levels
from lab.data.foretelling import foretold_share
from lab.data.levels import Levels
from lab.data.sampling import rows_of, sample_places

_MAX_FORETELLING_ROWS = 10_000
_MAX_FORETELLING_COLUMNS = 300
_GIVES_AWAY = 0.93
_RARE = 10
_SMALL_CLASS = 0.1


def gives_away(case: Case) -> Iterator[Finding]:
    """Find single columns that foretell the target nearly perfectly (D004)."""
    if case.task is None:
        return
    goal = case.content(case.target)
    known = np.flatnonzero(~goal.missing)
    places = known[sample_places(len(known), _MAX_FORETELLING_ROWS)]
    wanted = _wanted(rows_of(goal, places), case.task)
    if len(places) < 30 or len(np.unique(wanted)) < 2:
        return
    for column in case.columns[:_MAX_FORETELLING_COLUMNS]:
        if column.kind in {ColumnKind.TEXT, ColumnKind.IDENTIFIER} or column.n_levels < 2:
            continue
        share = foretold_share(rows_of(case.content(column.name), places), wanted, case.task)
        if share is not None and share >= _GIVES_AWAY:
            yield Finding(
                code="D004", severity=Severity.SERIOUS, columns=(column.name,),
                title="One column gives the target away",
                detail=f"{shown(column.name)} alone foretells {share:.0%} of {shown(case.target)}"
                f" on rows that it did not learn from ({len(places):,} rows). If it is known only"
                " after the outcome, ignore it: scores with it mean nothing.",
            )  # fmt: skip


def rare_classes(case: Case) -> Iterator[Finding]:
    """Find classes with too few rows for folds (D005)."""
    if case.task is None or not case.task.is_classification:
        return
    levels = as_levels(case.content(case.target))
    rare = [f"{shown(word)} ({count:,})" for word, count in zip(levels.words, levels.counts,
            strict=True) if 0 < count < _RARE]  # fmt: skip
    if rare:
        yield Finding(
            code="D005", severity=Severity.WARNING, title="Rare classes", columns=(case.target,),
            detail=f"Fewer than {_RARE} rows: {some(rare)}. Folds cannot hold them all; join"
            " them with others or leave them out.",
        )  # fmt: skip


def imbalance(case: Case) -> Iterator[Finding]:
    """Find classes much smaller than others (D009)."""
    if case.task is None or not case.task.is_classification:
        return
    levels = as_levels(case.content(case.target))
    counts = levels.counts[levels.counts > 0]
    share = float(counts.min() / counts.sum()) if len(counts) > 1 else 1.0
    if share < min(_SMALL_CLASS, 0.4 / len(counts)):
        word = levels.words[int(np.where(levels.counts > 0, levels.counts, counts.max()).argmin())]
        yield Finding(
            code="D009", severity=Severity.WARNING, title="Classes of very different size",
            columns=(case.target,),
            detail=f"{shown(word)} is {share:.1%} of the rows, the largest class"
            f" {counts.max() / counts.sum():.1%}. Accuracy says little here: look at balanced"
            " accuracy, average precision or MCC.",
        )  # fmt: skip


def missing_target(case: Case) -> Iterator[Finding]:
    """Find rows without a target (D013)."""
    if not case.target or not case.table.schema[case.target].has_missing:
        return
    missing = int(case.content(case.target).missing.sum())
    yield Finding(
        code="D013", severity=Severity.WARNING, title="Rows without a target",
        columns=(case.target,),
        detail=f"{missing:,} {plural('row', missing)} of {case.n_rows:,} without a value in"
        f" {shown(case.target)}: left out of every experiment.",
    )  # fmt: skip


def _wanted(goal: Content, task: Task) -> npt.NDArray[np.float64] | npt.NDArray[np.int64]:
    if task.is_classification:
        return np.unique(as_levels(goal).codes, return_inverse=True)[1].astype(np.int64)
    cells = goal.cells
    return as_levels(goal).codes.astype(np.float64) if isinstance(cells, Levels) else (
        cells.astype(np.float64)
    )  # fmt: skip
