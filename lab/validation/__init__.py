"""How rows are divided into those to learn from and those to be judged on."""

from lab.validation.catalogue import SPLITTERS
from lab.validation.defaults import default_plan
from lab.validation.entry import Obstacle, Rows, SplitterEntry
from lab.validation.plan import ValidationPlan
from lab.validation.split import Positions, Split
from lab.validation.splitting import (
    MAX_REPEATS,
    check_plan,
    fold_keys,
    make_splits,
    rows_tested_per_learned,
)
from lab.validation.subsample import subsample

__all__ = [
    "MAX_REPEATS",
    "SPLITTERS",
    "Obstacle",
    "Positions",
    "Rows",
    "Split",
    "SplitterEntry",
    "ValidationPlan",
    "check_plan",
    "default_plan",
    "fold_keys",
    "make_splits",
    "rows_tested_per_learned",
    "subsample",
]
