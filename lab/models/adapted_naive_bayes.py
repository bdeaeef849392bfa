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
from sklearn.utils.multiclass import check_classification_targets
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
        X, y = validate_data(self, X, y, accept_sparse="csr")
        check_classification_targets(y)
        self.classes_, codes = np.unique(y, return_inverse=True)
        variance, self.theta_, self.var_ = _moments(X, codes, len(self.classes_))
        self.epsilon_ = self.var_smoothing * variance.max()
        self.var_ += self.epsilon_
        self.class_count_ = np.bincount(codes).astype(X.dtype)
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
        found = np.empty((len(self.classes_), X.shape[0]), dtype=self.theta_.dtype)
        for rows in _blocks(X):
            found[:, rows] = super()._joint_log_likelihood(_dense(X[rows])).T
        return found.T


def _sums_row_by_row(X: Any) -> bool:
    """Return whether numpy adds these rows one after the other, and does not first add pairs."""
    if not (issparse(X) or isinstance(X, np.ndarray)) or X.ndim != 2 or X.dtype != np.float64:
        return False
    return bool(X.shape[1] > 1 and (issparse(X) or X.flags.c_contiguous))


def _moments(X: Any, codes: Ints, n_classes: int) -> tuple[Floats, Floats, Floats]:
    """Return the variance of each column, and its mean and variance in each class."""
    counts = np.array([len(codes), *np.bincount(codes)], dtype=np.intp)[:, np.newaxis]
    means: Floats = _sums(X, codes, n_classes, lambda rows, _: rows) / counts

    def squares(rows: Floats, place: int) -> Floats:
        away: Floats = rows - means[place]
        np.multiply(away, away, out=away)
        return away

    variances = _sums(X, codes, n_classes, squares) / counts
    return variances[0], means[1:], variances[1:]


def _sums(X: Any, codes: Ints, n_classes: int, term: Callable[[Floats, int], Floats]) -> Floats:
    """Return the sums of a term over all rows, and over those of each class: one line each."""
    sums = np.zeros((1 + n_classes, X.shape[1]))
    for rows in _blocks(X):
        block, classes = _dense(X[rows]), codes[rows]
        _add(sums[0], term(block, 0))
        for place in range(n_classes):
            if len(chosen := block[classes == place]):
                _add(sums[1 + place], term(chosen, 1 + place))
    return sums


def _add(total: Floats, rows: Floats) -> None:
    """Add rows to a total, one after the other."""
    np.add.reduce(np.vstack([total, rows]), axis=0, out=total)


def _blocks(X: Any) -> Iterator[slice]:
    size = max(_BLOCK_VALUES // X.shape[1], 1)
    return (slice(start, start + size) for start in range(0, X.shape[0], size))


def _dense(X: Any) -> Any:
    return X.toarray() if issparse(X) else X
