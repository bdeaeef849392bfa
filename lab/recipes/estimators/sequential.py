"""Columns chosen one after the other."""

from typing import Any, Self

import numpy as np
from sklearn.feature_selection import SequentialFeatureSelector
from sklearn.utils import get_tags
from sklearn.utils.validation import validate_data


class SequentialSelector(SequentialFeatureSelector):  # type: ignore[misc] # no types
    """scikit-learn's `SequentialFeatureSelector`, which keeps all columns when there are few.

    Parameters are those of scikit-learn.

    Examples
    --------
    >>> from sklearn.linear_model import Ridge
    >>> rows, y = np.arange(8.0).reshape(4, 2), np.arange(4.0)
    >>> SequentialSelector(Ridge(), n_features_to_select=5, cv=2).fit(rows, y).get_support()
    array([ True,  True])
    """

    def fit(self, X: Any, y: Any = None, **params: Any) -> Self:
        """Return itself with the columns to keep.

        Parameters
        ----------
        X : array or sparse matrix of shape (n, n_features)
            Training rows.
        y : array of shape (n,)
            Targets.
        **params
            As in scikit-learn.
        """
        wanted = self.n_features_to_select
        columns = X.shape[1] if hasattr(X, "shape") and len(X.shape) == 2 else 0
        if not isinstance(wanted, int) or columns > wanted or columns == 0:
            super().fit(X, y, **params)
            return self
        finite = not get_tags(self).input_tags.allow_nan
        validate_data(self, X, accept_sparse="csr", ensure_all_finite=finite)
        self.n_features_to_select_ = columns
        self.support_ = np.ones(columns, dtype=bool)
        return self
