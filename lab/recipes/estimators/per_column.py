"""What our estimators share that learn from each column alone and make some columns of it."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import _check_feature_names_in, check_is_fitted, validate_data

Values = npt.NDArray[Any]


class PerColumn(TransformerMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """A transformer that makes any number of columns of each column.

    A subclass says how columns are read (`_read`), what is learnt of one (`_learn`), what comes of
    it (`_make`), and how that is called (`_suffixes`). With an attribute ``sparse_output`` that is
    true, a CSR matrix comes out unless the parts are arrays.

    Attributes
    ----------
    learnt_ : list
        What was learnt of each column.
    n_features_per_input_ : list of int
        How many columns each column gives.
    """

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with what each column of the training rows teaches.

        Parameters
        ----------
        X : DataFrame or array
            Training rows.
        y : ignored
        """
        self.learnt_ = [self._learn(column) for column in self._read(X, reset=True)]
        self.n_features_per_input_ = [len(self._suffixes(learnt)) for learnt in self.learnt_]
        return self

    def transform(self, X: Any) -> Any:
        """Return what comes of all columns, side by side, as one float64 matrix."""
        check_is_fitted(self)
        columns = self._read(X, reset=False)
        made = [
            self._make(learnt, column)
            for learnt, column in zip(self.learnt_, columns, strict=True)
            if self._suffixes(learnt)
        ]
        return _side_by_side(
            made, n_rows=len(columns[0]), is_sparse=getattr(self, "sparse_output", False)
        )

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """Return the names: the column's name, an underscore and what the column holds."""
        check_is_fitted(self)
        names = _check_feature_names_in(self, input_features)
        made = [
            f"{name}_{suffix}"
            for name, learnt in zip(names, self.learnt_, strict=True)
            for suffix in self._suffixes(learnt)
        ]
        return np.array(made, dtype=object)

    def _read(self, X: Any, *, reset: bool) -> list[Values]:
        raise NotImplementedError

    def _learn(self, column: Values) -> Any:
        raise NotImplementedError

    def _make(self, learnt: Any, column: Values) -> Any:
        raise NotImplementedError

    def _suffixes(self, learnt: Any) -> list[str]:
        raise NotImplementedError

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


class PerNumberColumn(PerColumn):
    """One that reads numbers; missing ones are NaN."""

    def _read(self, X: Any, *, reset: bool) -> list[Values]:
        checked = validate_data(
            self, X, reset=reset, dtype=np.float64, ensure_all_finite="allow-nan"
        )
        return list(checked.T)


class PerWordColumn(PerColumn):
    """One that reads levels or texts as str; missing ones are None."""

    def _read(self, X: Any, *, reset: bool) -> list[Values]:
        import pandas as pd

        checked = validate_data(self, X, reset=reset, dtype=None, ensure_all_finite=False)
        return [_words(column, pd.isna(column)) for column in checked.T]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        return tags


def _words(column: Values, gaps: Values) -> Values:
    words = [None if gap else str(word) for word, gap in zip(column, gaps, strict=True)]
    return np.array(words, dtype=object)


def _side_by_side(made: list[Any], *, n_rows: int, is_sparse: bool) -> Any:
    from scipy import sparse

    if is_sparse and not any(isinstance(part, np.ndarray) for part in made):
        parts = made or [sparse.csr_matrix((n_rows, 0))]
        return sparse.hstack(parts, format="csr", dtype=np.float64)
    dense = [part.toarray() if sparse.issparse(part) else part for part in made]
    return np.hstack(dense).astype(np.float64) if dense else np.empty((n_rows, 0))
