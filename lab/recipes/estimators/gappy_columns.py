"""Leaving out columns in which much is missing."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SelectorMixin
from sklearn.utils.validation import check_is_fitted, validate_data


class DropGappyColumns(SelectorMixin, BaseEstimator):  # type: ignore[misc] # no types
    """Leaves out columns of which more than a share of the training values is missing.

    Parameters
    ----------
    max_missing : float, default 0.5
        The share that is still allowed, 0 to 1.

    Attributes
    ----------
    shares_ : ndarray of float64
        The share of missing training values of each column.

    Examples
    --------
    >>> rows = np.array([[1.0, np.nan], [2.0, np.nan], [3.0, 6.0]])
    >>> DropGappyColumns().fit(rows).get_support()
    array([ True, False])
    """

    def __init__(self, *, max_missing: float = 0.5) -> None:
        self.max_missing = max_missing

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with the shares.

        Parameters
        ----------
        X : DataFrame or array, missing as NaN, NaT or None
            Training rows.
        y : ignored
        """
        skip = isinstance(X, pd.DataFrame)
        checked = validate_data(self, X, dtype=None, ensure_all_finite=False, skip_check_array=skip)
        self.shares_ = np.asarray(pd.isna(checked), dtype=np.float64).mean(axis=0)
        return self

    def _get_support_mask(self) -> npt.NDArray[np.bool_]:
        check_is_fitted(self)
        mask: npt.NDArray[np.bool_] = self.shares_ <= self.max_missing
        return mask

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        return tags
