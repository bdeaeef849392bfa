"""Training rows whose score, beside that of the test rows, shows what was learned by heart."""

import numpy as np

from lab.benchmark.prepared import PreparedRows
from lab.validation import Positions

GAP_ROWS = 10_000
"""Training rows on which the training score is measured, at most."""
FEW_GAP_ROWS = 1_000
"""The same for models whose answers cost more than their fit."""


def gap_rows(train: Positions, seed: int) -> Positions:
    """Return the training rows that are measured, all or a sample, in order."""
    return train[_drawn(len(train), GAP_ROWS, seed)]


def few_of(rows: PreparedRows, seed: int) -> PreparedRows:
    """Return a small sample of them for models that answer slowly."""
    drawn = _drawn(len(rows.y), FEW_GAP_ROWS, seed)
    return PreparedRows(
        X=rows.X[drawn],
        y=rows.y[drawn],
        weight=None if rows.weight is None else rows.weight[drawn],
        rows=None if rows.rows is None else rows.rows[drawn],
    )


def _drawn(n: int, most: int, seed: int) -> Positions:
    """Return so many of the first n places at most, drawn at random, in order."""
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, most, replace=False))
