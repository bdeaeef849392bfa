"""Missing numbers from the nearest rows of a sample."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.impute import KNNImputer
from sklearn.utils import check_random_state
from sklearn.utils.validation import _num_samples, validate_data


class NearestRowsImputer(KNNImputer):  # type: ignore[misc] # scikit-learn has no types
    """scikit-learn's `KNNImputer`, which looks for neighbours in a sample of the training rows.

    Time grows with the rows to fill times the rows to look in; the sample bounds the second.

    Parameters
    ----------
    n_neighbors : int, default 5
        Rows that a missing value is the mean of.
    weights : {"uniform", "distance"}, default "uniform"
        Whether near rows count more.
    max_rows : int or None, default None
        Training rows to look in; None for all.
    random_state : int or None, default None
        Seed of the sample.

    Examples
    --------
    >>> rows = np.array([[1.0, 10.0], [2.0, np.nan], [9.0, 90.0]])
    >>> NearestRowsImputer(n_neighbors=1).fit_transform(rows)[1]
    array([ 2., 10.])
    """

    def __init__(
        self,
        *,
        n_neighbors: int = 5,
        weights: str = "uniform",
        max_rows: int | None = None,
        random_state: int | None = None,
    ) -> None:
        super().__init__(n_neighbors=n_neighbors, weights=weights)
        self.max_rows = max_rows
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:
        """Return itself with the rows to look in.

        Parameters
        ----------
        X : array of shape (n, n_features), missing as NaN
            Training rows.
        y : ignored
        """
        if self.max_rows is not None and _num_samples(X) > self.max_rows:
            values = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan")
            rows = _sample(values, self.max_rows, check_random_state(self.random_state))
            X = X.iloc[rows] if hasattr(X, "iloc") else values[rows]
        super().fit(X, y)
        return self


def _sample(values: npt.NDArray[np.float64], size: int, random: Any) -> npt.NDArray[np.int64]:
    """Return sorted positions of rows, among them one with a value for each column."""
    chosen = random.choice(len(values), size, replace=False)
    known = ~np.isnan(values)
    unseen = known.any(axis=0) & ~known[chosen].any(axis=0)
    first = known[:, unseen].argmax(axis=0)
    return np.unique(np.concatenate([chosen, first])).astype(np.int64)
