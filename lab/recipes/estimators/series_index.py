"""Rows that carry their time and their group with them."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import _check_feature_names_in, check_is_fitted, validate_data

Floats = npt.NDArray[np.float64]


class SeriesIndex(TransformerMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Puts a row's time and group into the index of a frame, where they pass by all columns' steps.

    Parameters
    ----------
    columns : list of str, default None
        The columns to keep; None for all.
    time : str, default ""
        The column of the times, dates or numbers; empty to leave the index as it is.
    group : str, default ""
        The column of the groups; empty when all rows are one series.

    Examples
    --------
    >>> rows = pd.DataFrame({"price": [3.0], "shop": ["Ulm"], "day": [7]})
    >>> SeriesIndex(columns=["price"], time="day", group="shop").fit_transform(rows).index
    MultiIndex([(7.0, 'Ulm')],
               names=['day', 'shop'])
    """

    def __init__(
        self, *, columns: list[str] | None = None, time: str = "", group: str = ""
    ) -> None:
        self.columns = columns
        self.time = time
        self.group = group

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with the columns that there are.

        Parameters
        ----------
        X : DataFrame or array
            Rows.
        y : ignored
        """
        frame = as_frame(self, X, reset=True)
        kept = frame.columns if self.columns is None else self.columns
        self.support_ = np.flatnonzero(frame.columns.isin(kept))
        return self

    def transform(self, X: Any) -> Any:
        """Return the columns to keep, with time and group as the two levels of the index."""
        check_is_fitted(self)
        frame = as_frame(self, X, reset=False)
        kept = frame.iloc[:, self.support_]
        if self.time:
            kept = kept.set_axis(self._index(frame), axis=0)
        return kept if isinstance(X, pd.DataFrame) else kept.to_numpy()

    def get_support(self, *, indices: bool = False) -> npt.NDArray[Any]:
        """Return which columns are kept, as a mask or as positions; scikit-learn's signature."""
        check_is_fitted(self)
        mask = np.isin(np.arange(self.n_features_in_), self.support_)
        return self.support_ if indices else mask

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """Return the names of the columns to keep."""
        check_is_fitted(self)
        names: npt.NDArray[np.object_] = _check_feature_names_in(self, input_features)
        return names[self.support_]

    def _index(self, frame: pd.DataFrame) -> pd.MultiIndex:
        groups = frame[self.group].array if self.group else np.full(len(frame), "", dtype=object)
        levels = [_as_numbers(frame[self.time]), groups]
        return pd.MultiIndex.from_arrays(levels, names=[self.time, self.group or None])

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.transformer_tags.preserves_dtype = []
        return tags


def as_frame(estimator: Any, X: Any, *, reset: bool) -> pd.DataFrame:
    """Return rows as a frame, once scikit-learn has looked at their shape and names.

    Parameters
    ----------
    estimator : estimator
        Whose rows they are.
    X : DataFrame or array
        Rows; a frame is returned as it is.
    reset : bool
        Whether the estimator is being fitted.
    """
    if isinstance(X, pd.DataFrame) and X.shape[0] and X.shape[1]:
        validate_data(estimator, X, reset=reset, skip_check_array=True)
        return X
    return pd.DataFrame(
        validate_data(estimator, X, reset=reset, dtype=None, ensure_all_finite=False)
    )


def _as_numbers(times: "pd.Series[Any]") -> Floats:
    """Return numbers that grow with the times, NaN for a missing one; dates in microseconds."""
    values = times.to_numpy()
    if not np.issubdtype(values.dtype, np.datetime64):
        return values.astype(np.float64)
    known = values.astype("datetime64[us]").astype(np.int64).astype(np.float64)
    return np.where(np.isnat(values), np.nan, known)
