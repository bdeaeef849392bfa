"""scikit-learn's Gaussian naive Bayes, a few rows at a time.

The library holds several copies of all rows, dense, and waits for the memory more than for the
arithmetic. Sums over rows are sums row by row, so that blocks which fit the processor's cache come
to the same numbers, in the same order. Imported only when one is built: the library stands on top.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import issparse
from sklearn.naive_bayes import GaussianNB
from sklearn.utils.multiclass import unique_labels
from sklearn.utils.validation import validate_data

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

_BLOCK_VALUES = 1 << 17
"""A megabyte: what is made of a block stays in a core's cache. Fewer cost more calls."""


class BlockwiseGaussianNB(GaussianNB):  # type: ignore[misc]
    """The library's classifier, which also takes sparse rows and never has all of them dense."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "BlockwiseGaussianNB":
        """Learn the mean and variance of each column in each class."""
        if sample_weight is not None or self.priors is not None or not _sums_row_by_row(X):
            super().fit(_dense(X), y, sample_weight)
            return self
        self._validate_params()
        values, codes = np.unique(validate_data(self, y=y), return_inverse=True)
        self.classes_ = unique_labels(values)
        X, y = validate_data(self, X, y, accept_sparse="csr")
        self.class_count_ = np.bincount(codes).astype(X.dtype)
        ends = np.cumsum(self.class_count_[:-1]).astype(np.intp)
        of_classes = np.split(np.argsort(codes, kind="stable"), ends)
        moments = [_mean_and_variance(X, rows) for rows in of_classes]
        self.theta_, self.var_ = (np.array(each) for each in zip(*moments, strict=True))
        self.epsilon_ = self.var_smoothing * _mean_and_variance(X)[1].max()
        self.var_ += self.epsilon_
        self.class_prior_ = self.class_count_ / self.class_count_.sum()
        return self

    def partial_fit(
        self, X: Any, y: Any, classes: Any = None, sample_weight: Any = None
    ) -> "BlockwiseGaussianNB":
        """Learn from further rows, as the library does."""
        super().partial_fit(_dense(X), y, classes, sample_weight)
        return self

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.array_api_support = False
        return tags

    def _check_X(self, X: Any) -> Any:  # noqa: N802 - the library's name
        return validate_data(self, X, accept_sparse="csr", reset=False)

    def _joint_log_likelihood(self, X: Any) -> Floats:
        if not _sums_row_by_row(X):
            return np.asarray(super()._joint_log_likelihood(_dense(X)))
        found = np.empty(
            (len(self.classes_), X.shape[0]), dtype=np.result_type(X.dtype, self.theta_)
        )
        for rows in _blocks(*X.shape):
            found[:, rows] = super()._joint_log_likelihood(_dense(X[rows])).T
        return found.T


def _sums_row_by_row(X: Any) -> bool:
    """Return whether numpy adds these rows one after the other, and does not first add pairs."""
    if not (issparse(X) or isinstance(X, np.ndarray)) or X.ndim != 2 or X.dtype != np.float64:
        return False
    return bool(X.shape[1] > 1 and (issparse(X) or X.flags.c_contiguous))


def _mean_and_variance(X: Any, rows: Ints | None = None) -> tuple[Floats, Floats]:
    """Return mean and variance of each column, in some rows or in all."""
    n = X.shape[0] if rows is None else len(rows)
    parts = [some if rows is None else rows[some] for some in _blocks(n, X.shape[1])]
    mean: Floats = _sum(X, parts, lambda block: block) / n

    def squares(block: Floats) -> Floats:
        away: Floats = block - mean
        np.multiply(away, away, out=away)
        return away

    return mean, _sum(X, parts, squares) / n


def _sum(X: Any, parts: list[Any], term: Callable[[Floats], Floats]) -> Floats:
    """Return the sum of a term over rows, that of one added after that of the other."""
    total = np.zeros(X.shape[1])
    for part in parts:
        _add(total, term(_dense(X[part])))
    return total


def _add(total: Floats, rows: Floats) -> None:
    """Add rows to a total, one after the other."""
    np.add.reduce(np.vstack([total, rows]), axis=0, out=total)


def _blocks(n: int, width: int) -> Iterator[slice]:
    size = max(_BLOCK_VALUES // width, 1)
    return (slice(start, start + size) for start in range(0, n, size))


def _dense(X: Any) -> Any:
    return X.toarray(order="C") if issparse(X) else X
