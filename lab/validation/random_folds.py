"""Folds drawn at random, with or without equal class shares."""

from collections.abc import Iterator, Mapping

import numpy as np

from lab.base import Number, Value
from lab.validation.entry import Obstacle, Rows, SplitterEntry
from lab.validation.obstacles import lone_row, rare_classes, too_few_rows
from lab.validation.split import Positions

FOLDS = Number(
    name="folds",
    label="Folds",
    default=5,
    minimum=2,
    maximum=50,
    integer=True,
    help="Into how many parts the rows are cut; each is tested once. More folds learn from more "
    "rows and cost as many more fits.",
)


def _stratified(
    rows: Rows, settings: Mapping[str, Value], seed: int
) -> Iterator[tuple[Positions, Positions]]:
    from sklearn.model_selection import StratifiedKFold

    folds = StratifiedKFold(n_splits=settings["folds"], shuffle=True, random_state=seed)
    yield from folds.split(np.empty((rows.n, 0)), rows.classes)


def _check_stratified(rows: Rows, settings: Mapping[str, Value]) -> Iterator[Obstacle]:
    folds = int(settings["folds"] or 0)
    yield from rare_classes(rows, folds, than=f"the {folds} folds")


def _plain(
    rows: Rows, settings: Mapping[str, Value], seed: int
) -> Iterator[tuple[Positions, Positions]]:
    from sklearn.model_selection import KFold

    folds = KFold(n_splits=settings["folds"], shuffle=True, random_state=seed)
    yield from folds.split(np.empty((rows.n, 0)))


def _check_plain(rows: Rows, settings: Mapping[str, Value]) -> Iterator[Obstacle]:
    yield from too_few_rows(rows, int(settings["folds"] or 0))
    yield from lone_row(rows)


def ratio_of_folds(settings: Mapping[str, Value]) -> float:
    """Return the rows tested for each row learned from: one fold against the others."""
    return 1 / (int(settings["folds"] or 0) - 1)


STRATIFIED = SplitterEntry(
    key="stratified",
    title="Stratified k-fold",
    summary="Rows are shuffled into folds that all have the class shares of the whole.",
    use_when="The usual choice for classes. Not when rows belong together (group) or when the "
    "future is predicted (time).",
    divide=_stratified,
    check=_check_stratified,
    rows_tested_per_learned=ratio_of_folds,
    needs="classes",
    params=(FOLDS,),
)
KFOLD = SplitterEntry(
    key="kfold",
    title="K-fold",
    summary="Rows are shuffled into folds of equal size.",
    use_when="The usual choice for a number. For classes stratified folds are steadier.",
    divide=_plain,
    check=_check_plain,
    rows_tested_per_learned=ratio_of_folds,
    params=(FOLDS,),
)
