"""Folds whose recipe mixes raw columns: explained by the raw columns themselves.

A component is made of several columns, and a filled value depends on its neighbours: shuffling
prepared columns would not be shuffling raw ones. Here every cell of a row is the number of the row
that it is taken from, one for each raw column. Whatever takes columns from other rows then does so
with raw columns, and each hybrid row is prepared anew.
"""

from typing import Any

import numpy as np
import pandas as pd

from lab.benchmark import Fitted
from lab.explain.fitted_fold import FittedFold, Floats, Ints
from lab.recipes import rows_changed
from lab.validation import Positions

_ANSWERS = {"predict", "predict_proba", "decision_function"}


class MixedFold(FittedFold):
    """A fold whose rows are row numbers, one for each raw column; made by `unmixed`."""

    @property
    def owners(self) -> Ints:
        """The position of each raw column."""
        return np.arange(len(self.columns))

    def prepared(self, rows: Positions) -> Floats:
        """Return some rows as row numbers, one for each raw column."""
        return np.repeat(np.asarray(rows, dtype=np.float64)[:, None], len(self.columns), axis=1)

    prepared_dense = prepared


class ByRowNumber:
    """A fitted recipe and model that take row numbers; in all else the fitted model itself."""

    def __init__(self, fold: FittedFold) -> None:
        self._fold = fold

    def __getattr__(self, name: str) -> Any:
        """Return what the model has of that name; its answers are to row numbers."""
        found = getattr(self._fold.fitted.model, name)
        if name not in _ANSWERS:
            return found
        return lambda numbers: found(self._prepared(numbers))

    def _prepared(self, numbers: Floats) -> Any:
        raw, rows = self._fold.raw, numbers.astype(np.int64)
        taken = {
            name: raw[name].array.take(rows[:, place])
            for place, name in enumerate(self._fold.columns)
        }
        with rows_changed():
            X = self._fold.fitted.preparation.transform(pd.DataFrame(taken))
        dense = isinstance(X, np.ndarray) or self._fold.entry.takes_sparse
        return X if dense else X.toarray()


def unmixed(fold: FittedFold) -> FittedFold:
    """Return a fold in which raw columns can be told apart.

    Parameters
    ----------
    fold : FittedFold
        Returned as it is when each prepared column is made of one raw column.
    """
    sources = fold.fitted.preparation.sources
    if isinstance(fold, MixedFold) or all(len(names) == 1 for names in sources):
        return fold
    return MixedFold(
        dataset=fold.dataset,
        candidate=fold.candidate,
        split=fold.split,
        seed=fold.seed,
        fitted=Fitted(preparation=fold.fitted.preparation, model=ByRowNumber(fold)),
    )
