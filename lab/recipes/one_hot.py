"""scikit-learn's one-hot encoder learnt from codes of levels, which it counts far more quickly.

It counts texts one by one in Python as soon as rare levels are to be grouped, but whole numbers by
sorting. Learnt from the places of levels in sorted order, it is the same encoder but for its
`categories_`, which are put in afterwards.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd


def learn_one_hot(encoder: Any, X: Any) -> None:
    """Fit a `OneHotEncoder`, with the result of its own ``fit``.

    Parameters
    ----------
    encoder : OneHotEncoder
        Fitted here.
    X : DataFrame or ndarray, shape (n_rows, n_columns)
        Training rows; only columns of texts without gaps are counted by codes.
    """
    columns = [X.iloc[:, place] for place in range(X.shape[1])] if _is_frame(X) else list(X.T)
    if encoder.categories != "auto" or not columns or not all(map(_holds_texts, columns)):
        encoder.fit(X)
        return
    found = [pd.factorize(np.asarray(column, dtype=object), sort=True) for column in columns]
    codes: Any = np.column_stack([code for code, _ in found])
    encoder.fit(pd.DataFrame(codes, columns=X.columns) if _is_frame(X) else codes)
    encoder.categories_ = [np.asarray(levels, dtype=object) for _, levels in found]


def _is_frame(X: Any) -> bool:
    return isinstance(X, pd.DataFrame)


def _holds_texts(column: "pd.Series[Any] | npt.NDArray[Any]") -> bool:
    values = np.asarray(column)
    is_text = values.dtype == object and len(values) > 0
    return is_text and pd.api.types.infer_dtype(values, skipna=False) == "string"
