"""One part of the rows, drawn at random, is kept for the test."""

from collections.abc import Iterator, Mapping
from math import ceil

import numpy as np

from lab.base import Number, Value
from lab.validation.entry import Obstacle, Rows, SplitterEntry
from lab.validation.obstacles import rare_classes
from lab.validation.split import Positions

_TEST_SHARE = Number(
    name="test_share",
    label="Share of rows to test on",
    default=0.2,
    minimum=0.01,
    maximum=0.9,
    help="The rest is learned from. A larger share gives steadier scores of a model that "
    "learned from less.",
)


def _divide(
    rows: Rows, settings: Mapping[str, Value], seed: int
) -> Iterator[tuple[Positions, Positions]]:
    from sklearn.model_selection import ShuffleSplit, StratifiedShuffleSplit

    kind = ShuffleSplit if rows.classes is None else StratifiedShuffleSplit
    division = kind(n_splits=1, test_size=settings["test_share"], random_state=seed)
    yield from division.split(np.empty((rows.n, 0)), rows.classes)


def _check(rows: Rows, settings: Mapping[str, Value]) -> Iterator[Obstacle]:
    n_test = ceil(rows.n * float(settings["test_share"] or 0))
    n_parts = 1 if rows.classes is None else len(np.unique(rows.classes))
    noun = "row" if rows.classes is None else "row of each class"
    if min(n_test, rows.n - n_test) < n_parts:
        yield Obstacle(
            field="test_share",
            message=f"{rows.n:,} rows give {rows.n - n_test:,} to learn from and {n_test:,} to "
            f"test on, not one {noun} on both sides",
            hint="Choose a share nearer to one half or bring more rows.",
        )
    yield from rare_classes(rows, 2, than="the 2 that both sides need", field="splitter")


def _rows_tested_per_learned(settings: Mapping[str, Value]) -> float:
    share = float(settings["test_share"] or 0)
    return share / (1 - share)


HOLDOUT = SplitterEntry(
    key="holdout",
    title="Hold-out",
    summary="One random part of the rows is kept for the test, with the class shares of the whole.",
    use_when="For many rows, or for a quick look: one fit a model. On small data chance decides; "
    "take folds there.",
    divide=_divide,
    check=_check,
    rows_tested_per_learned=_rows_tested_per_learned,
    params=(_TEST_SHARE,),
)
