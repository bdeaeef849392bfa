"""Leaving out columns that run like an earlier one."""

from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SelectorMixin
from sklearn.utils.validation import check_is_fitted, validate_data


class CorrelationFilter(SelectorMixin, BaseEstimator):  # type: ignore[misc] # no types
    """Leaves out each column that is correlated too much with one that is kept before it.

    Parameters
    ----------
    threshold : float, default 0.95
        The largest absolute correlation that is still allowed.
    method : {"pearson", "spearman"}, default "pearson"
        Correlation of values or of ranks.

    Attributes
    ----------
    kept_ : ndarray of bool
        Which columns are kept.

    Examples
    --------
    >>> rows = np.array([[1.0, 2.0, 5.0], [2.0, 4.1, 1.0], [3.0, 6.0, 4.0]])
    >>> CorrelationFilter().fit(rows).get_support()
    array([ True, False,  True])
    """

    def __init__(
        self, *, threshold: float = 0.95, method: Literal["pearson", "spearman"] = "pearson"
    ) -> None:
        self.threshold = threshold
        self.method = method

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with the columns to keep.

        Parameters
        ----------
        X : array of shape (n, n_features)
            Training rows.
        y : ignored
        """
        values = validate_data(self, X, dtype=np.float64)
        if self.method == "spearman":
            from scipy.stats import rankdata

            values = rankdata(values, axis=0)
        self.kept_ = _kept(_correlations(values), self.threshold)
        return self

    def _get_support_mask(self) -> npt.NDArray[np.bool_]:
        check_is_fitted(self)
        return self.kept_


def _correlations(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return absolute correlations; those of a constant column are 0."""
    centred = values - values.mean(axis=0)
    lengths = np.sqrt((centred**2).sum(axis=0))
    scale = np.abs(values).max(axis=0) * np.sqrt(len(values)) * np.finfo(np.float64).eps
    constant = lengths <= 10 * scale
    unit = np.where(constant, 0.0, centred / np.where(constant, 1.0, lengths))
    alike: npt.NDArray[np.float64] = np.abs(unit.T @ unit)
    return alike


def _kept(alike: npt.NDArray[np.float64], threshold: float) -> npt.NDArray[np.bool_]:
    kept = np.zeros(len(alike), dtype=bool)
    for column in range(len(alike)):
        kept[column] = not (alike[column, kept] > threshold).any()
    return kept
