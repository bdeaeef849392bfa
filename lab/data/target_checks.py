"""Checks of a table's target."""

from collections.abc import Iterator

import numpy as np

from lab.base import Action, ActionKind, Finding, Severity, Task
from lab.data.check_case import Case, plural, shown, some
from lab.data.conversion import as_levels
from lab.data.levels import Levels

_RARE = 10
_FOLDS = 5
_SMALL_CLASS = 0.1


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
            actions=tuple(_for_rare(case, levels)),
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
            actions=_for_imbalance(case.task),
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


def one_value(case: Case) -> Iterator[Finding]:
    """Find a target that is the same in all rows (D025)."""
    if not case.target or case.table.schema[case.target].n_levels > 1:
        return
    yield Finding(
        code="D025", severity=Severity.SERIOUS, title="Nothing to predict", columns=(case.target,),
        detail=f"{shown(case.target)} has the same value in every row that has one, so that there"
        " is nothing to learn. Choose another target, or a file with rows of other outcomes.",
    )  # fmt: skip


def _for_rare(case: Case, levels: Levels) -> Iterator[Action]:
    """Yield what can be done about rare classes: join them, leave them out, else fewer folds."""
    counts = levels.counts[levels.counts > 0]
    rare, n_large = counts[counts < _RARE], int((counts >= _RARE).sum())
    is_text = isinstance(case.content(case.target).cells, Levels)
    if len(rare) > 1 and rare.sum() >= _RARE and n_large and is_text:
        yield Action(
            kind=ActionKind.MERGE_CLASSES, columns=(case.target,),
            title=f"Join the {len(rare)} rare classes into one",
            settings={"fewer_than": _RARE, "into": _free_word(levels)},
        )  # fmt: skip
    if n_large > 1:
        n_rows = int(rare.sum())
        yield Action(
            kind=ActionKind.DROP_CLASSES, columns=(case.target,),
            title=f"Leave out the {n_rows:,} {plural('row', n_rows)} of rare classes",
            settings={"fewer_than": _RARE},
        )  # fmt: skip
    if n_large < 2 and rare.min() > 1:
        folds = min(_FOLDS, int(rare.min()))
        yield Action(
            kind=ActionKind.FOLDS, title=f"Use at most {folds} folds", settings={"folds": folds}
        )


def _free_word(levels: Levels) -> str:
    return next(word for word in ("other", "other classes", "joined classes", "joined rare classes")
                if word not in levels.words)  # fmt: skip


def _for_imbalance(task: Task) -> tuple[Action, ...]:
    metric, title = ("average_precision", "average precision") if task is Task.BINARY else (
        "balanced_accuracy", "balanced accuracy")  # fmt: skip
    return (
        Action(kind=ActionKind.METRIC, title=f"Rank by {title}", settings={"metric": metric}),
        Action(kind=ActionKind.STEP, title="Give all classes the same weight",
               settings={"step": "class_weights"}),
    )  # fmt: skip
