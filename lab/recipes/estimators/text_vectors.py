"""Text as word weights."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import _check_feature_names_in, check_is_fitted, validate_data


class TextVectors(TransformerMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """scikit-learn's `TfidfVectorizer` for each column of texts; a missing text is an empty one.

    A column without a word that is frequent enough gives no columns.

    Parameters
    ----------
    max_features : int, default 200
        The most frequent words of each column are kept.
    min_rows : int, default 1
        Words in fewer training rows are left out.
    pairs : bool, default False
        Whether pairs of neighbouring words count as words too.
    sparse_output : bool, default True
        Whether a sparse matrix comes out.

    Attributes
    ----------
    vectorizers_ : list of TfidfVectorizer or None
        One for each column; None where there was no word.
    n_features_per_input_ : list of int
        How many columns each column gives.

    Examples
    --------
    >>> frame = pd.DataFrame({"title": ["red house", None, "red boat"]})
    >>> words = TextVectors(sparse_output=False).fit(frame)
    >>> list(words.get_feature_names_out())
    ['title_boat', 'title_house', 'title_red']
    >>> words.transform(frame).round(2)
    array([[0.  , 0.8 , 0.61],
           [0.  , 0.  , 0.  ],
           [0.8 , 0.  , 0.61]])
    """

    def __init__(
        self,
        *,
        max_features: int = 200,
        min_rows: int = 1,
        pairs: bool = False,
        sparse_output: bool = True,
    ) -> None:
        self.max_features = max_features
        self.min_rows = min_rows
        self.pairs = pairs
        self.sparse_output = sparse_output

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with the words of the training rows.

        Parameters
        ----------
        X : DataFrame or array of str, missing as NaN or None
            Training rows.
        y : ignored
        """
        columns = self._texts(X, reset=True)
        self.vectorizers_ = [self._vectorizer(texts) for texts in columns]
        self.n_features_per_input_ = [
            0 if vectorizer is None else len(vectorizer.vocabulary_)
            for vectorizer in self.vectorizers_
        ]
        return self

    def transform(self, X: Any) -> Any:
        """Return the word weights of all columns as one float64 matrix."""
        check_is_fitted(self)
        columns = self._texts(X, reset=False)
        made = [
            vectorizer.transform(texts)
            for vectorizer, texts in zip(self.vectorizers_, columns, strict=True)
            if vectorizer is not None
        ]
        if not made:
            made = [sparse.csr_matrix((len(columns[0]), 0))]
        stacked = sparse.hstack(made, format="csr", dtype=np.float64)
        return stacked if self.sparse_output else stacked.toarray()

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """Return the names of the columns: the text column's name, an underscore and the word."""
        check_is_fitted(self)
        names = _check_feature_names_in(self, input_features)
        made = [
            f"{name}_{word}"
            for name, vectorizer in zip(names, self.vectorizers_, strict=True)
            if vectorizer is not None
            for word in vectorizer.get_feature_names_out()
        ]
        return np.array(made, dtype=object)

    def _vectorizer(self, texts: list[str]) -> Any:
        vectorizer = TfidfVectorizer(
            max_features=self.max_features,
            min_df=min(self.min_rows, len(texts)),
            ngram_range=(1, 2) if self.pairs else (1, 1),
        )
        try:
            return vectorizer.fit(texts)
        except ValueError as error:
            if "empty vocabulary" in str(error) or "no terms remain" in str(error):
                return None
            raise

    def _texts(self, X: Any, *, reset: bool) -> list[list[str]]:
        checked = validate_data(self, X, reset=reset, dtype=None, ensure_all_finite=False)
        return [_known_texts(column) for column in checked.T]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        return tags


def _known_texts(column: npt.NDArray[Any]) -> list[str]:
    absent = pd.isna(column)
    return ["" if gap else str(text) for text, gap in zip(column, absent, strict=True)]
