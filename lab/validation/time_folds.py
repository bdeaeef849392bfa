"""Folds in the order of time: the past is learned from, the future is tested."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from lab.base import Number, Value
from lab.validation.entry import Obstacle, Rows, SplitterEntry
from lab.validation.obstacles import missing_values
from lab.validation.random_folds import FOLDS
from lab.validation.split import Positions

_GAP = Number(
    name="gap",
    label="Gap before each test",
    default=0,
    minimum=0,
    maximum=1_000_000,
    integer=True,
    help="How many distinct times are left out between training and test rows, for targets that "
    "become known late.",
    advanced=True,
)


def _divide(
    rows: Rows, settings: Mapping[str, Value], _seed: int
) -> Iterator[tuple[Positions, Positions]]:
    """Apply scikit-learn's TimeSeriesSplit to the distinct times, so that ties stay together."""
    from sklearn.model_selection import TimeSeriesSplit

    codes, times = pd.factorize(np.asarray(rows.times), sort=True)
    folds = TimeSeriesSplit(n_splits=settings["folds"], gap=settings["gap"])
    for train, test in folds.split(np.empty((len(times), 0))):
        is_test = (codes >= test[0]) & (codes <= test[-1])
        yield np.flatnonzero(codes <= train[-1]), np.flatnonzero(is_test)


def _check(rows: Rows, settings: Mapping[str, Value]) -> Iterator[Obstacle]:
    yield from missing_values(rows.times, "time")
    folds, gap = int(settings["folds"] or 0), int(settings["gap"] or 0)
    n_times = len(pd.unique(np.asarray(rows.times)))
    n_test = n_times // (folds + 1)
    if n_times - gap - n_test * folds <= 0 or n_test == 0:
        with_gap = f" with a gap of {gap:,}" if gap else ""
        yield Obstacle(
            field="folds",
            message=f"the time column has {n_times:,} distinct values, too few for {folds} "
            f"folds{with_gap}",
            hint="Choose fewer folds, a smaller gap, or a finer time column.",
        )


def _rows_tested_per_learned(settings: Mapping[str, Value]) -> float:
    """One part is tested after learning from 1, 2, ... `folds` parts: the mean of their ratios."""
    folds = int(settings["folds"] or 0)
    return sum(1 / parts for parts in range(1, folds + 1)) / folds


TIME = SplitterEntry(
    key="time",
    title="Time-ordered folds",
    summary="Rows are put in the order of time; each fold is tested after learning from all that "
    "came before it.",
    use_when="When the future is predicted from the past. Equal times never stand on both sides. "
    "The folds learn from growing histories, so their scores differ for that reason too.",
    divide=_divide,
    check=_check,
    rows_tested_per_learned=_rows_tested_per_learned,
    needs="times",
    can_repeat=False,
    params=(FOLDS, _GAP),
)
