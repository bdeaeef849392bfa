"""scikit-learn's imputer of medians learnt from the middle values of each column.

It sorts copies of all rows with their gaps masked. The two values in the middle, found without
sorting the others, and a gap where there was one are all that it takes from them; so it learns the
same from four rows.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

_FEWEST_ROWS = 5_000
"""Fewer are sorted in no time."""


def learn_medians(imputer: Any, X: Any) -> None:
    """Fit a `SimpleImputer` of medians, with the result of its own ``fit``.

    Parameters
    ----------
    imputer : SimpleImputer
        Fitted here.
    X : DataFrame or ndarray, shape (n_rows, n_columns)
        Training rows; only many rows of float64 that are finite or missing are learnt from so.
    """
    imputer.fit(_four_rows(X) if _suits(imputer, X) else X)


def _suits(imputer: Any, X: Any) -> bool:
    if imputer.strategy != "median" or not pd.isna(imputer.missing_values):
        return False
    if not isinstance(X, pd.DataFrame | np.ndarray) or len(X) < _FEWEST_ROWS:
        return False
    if X.ndim != 2 or X.shape[1] == 0:
        return False
    kinds = X.dtypes if isinstance(X, pd.DataFrame) else [X.dtype]
    return all(kind == np.float64 for kind in kinds)


def _four_rows(X: Any) -> Any:
    """Return rows whose columns have the same middle values, and gaps where there are any.

    All rows, when a value is infinite: the imputer tells of it.
    """
    is_frame = isinstance(X, pd.DataFrame)
    columns = (X.iloc[:, at].to_numpy() if is_frame else X[:, at] for at in range(X.shape[1]))
    middle = np.column_stack([_middle(column) for column in columns])
    if np.isinf(middle).any():
        return X
    return pd.DataFrame(middle, columns=X.columns) if is_frame else middle


def _middle(column: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    known = column[~np.isnan(column)]
    n = len(known)
    if n == 0:
        return np.full(4, np.nan)
    if np.isinf(known.min()) or np.isinf(known.max()):
        return np.full(4, np.inf)
    places = (n - 1) // 2, n // 2
    known.partition(places)
    low, high = known[list(places)]
    return np.array([low, high, low, high] if n == len(column) else [low, high, np.nan, np.nan])
