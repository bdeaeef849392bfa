"""Levels as a few columns without a table of levels: hashes, and vectors of their spelling."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.extmath import randomized_svd, svd_flip

from lab.recipes.estimators.per_column import PerWordColumn, Values


class HashedLevels(PerWordColumn):
    """scikit-learn's `FeatureHasher` for each column: a level has a 1 or -1 in one of the columns.

    Nothing is learnt, so every level has a place, also one not seen in training; two levels can
    share it. A missing value is 0 everywhere.

    Parameters
    ----------
    n_columns : int, default 16
        Columns made of each column.
    signed : bool, default True
        Whether half of the levels have -1, so that levels in one place differ sometimes.
    sparse_output : bool, default True
        Whether a sparse matrix comes out.

    Examples
    --------
    >>> towns = pd.DataFrame({"town": ["Bonn", "Ulm", None]})
    >>> HashedLevels(n_columns=4, sparse_output=False).fit_transform(towns)
    array([[ 0.,  0.,  0.,  1.],
           [ 0., -1.,  0.,  0.],
           [ 0.,  0.,  0.,  0.]])
    """

    def __init__(
        self, *, n_columns: int = 16, signed: bool = True, sparse_output: bool = True
    ) -> None:
        self.n_columns = n_columns
        self.signed = signed
        self.sparse_output = sparse_output

    def _learn(self, column: Values) -> int:
        return self.n_columns if any(level is not None for level in column) else 0

    def _make(self, learnt: int, column: Values) -> Any:
        numbers, levels = pd.factorize(column)
        hasher = FeatureHasher(learnt, input_type="string", alternate_sign=self.signed)
        nothing = sparse.csr_matrix((1, learnt))
        return _rows_of(hasher.transform([[level] for level in levels]), nothing, numbers)

    def _suffixes(self, learnt: int) -> list[str]:
        return [f"hash{number}" for number in range(learnt)]


class LevelVectors(PerWordColumn):
    """Vectors in which levels spelt alike lie near each other.

    Weights (tf-idf) of the runs of letters in each level, brought down to a few columns by a
    truncated SVD of the training rows' levels, each counted once (as skrub's `StringEncoder` does
    for rows; Cerda and Varoquaux 2020). A level not seen in training gets its place by its
    spelling. A missing value is 0 everywhere.

    Parameters
    ----------
    n_columns : int, default 10
        Most columns made of each column.
    shortest, longest : int, default 2, 4
        Letters in a run.
    random_state : int, optional
        For the SVD.

    Examples
    --------
    >>> jobs = pd.DataFrame({"job": ["nurse", "head nurse", "pilot"]})
    >>> nurse, head, pilot = LevelVectors(n_columns=2, random_state=0).fit_transform(jobs)
    >>> bool(nurse @ head > 0.5 > nurse @ pilot)
    True
    """

    def __init__(
        self,
        *,
        n_columns: int = 10,
        shortest: int = 2,
        longest: int = 4,
        random_state: int | None = None,
    ) -> None:
        self.n_columns = n_columns
        self.shortest = shortest
        self.longest = longest
        self.random_state = random_state

    def _learn(self, column: Values) -> Any:
        levels = sorted({level for level in column if level is not None})
        if not levels:
            return None
        weights = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(self.shortest, max(self.shortest, self.longest))
        )
        try:
            made = weights.fit_transform(levels)
        except ValueError as error:
            if "empty vocabulary" in str(error):  # nothing but blanks
                return None
            raise
        return weights, svd_directions(made, self.n_columns, self.random_state)

    def _make(self, learnt: Any, column: Values) -> npt.NDArray[np.float64]:
        weights, directions = learnt
        numbers, levels = pd.factorize(column)
        size = directions.shape[1]
        vectors = weights.transform(levels) @ directions if len(levels) else np.empty((0, size))
        placed: npt.NDArray[np.float64] = np.vstack([vectors, np.zeros((1, size))])[numbers]
        return placed

    def _suffixes(self, learnt: Any) -> list[str]:
        size = 0 if learnt is None else learnt[1].shape[1]
        return [f"vector{number}" for number in range(size)]


def svd_directions(
    matrix: Any, n_columns: int, random_state: int | None
) -> npt.NDArray[np.float64]:
    """Return the directions that a truncated SVD brings a matrix down to.

    Those of scikit-learn's `TruncatedSVD`, which refuses a matrix of a single column; fewer than
    asked for where the matrix has no more.

    Parameters
    ----------
    matrix : CSR matrix
        Rows to learn from.
    n_columns : int
        Directions wanted.
    random_state : int, optional
        For the randomised solver (Halko et al. 2011).

    Returns
    -------
    ndarray of shape (n_features, n_directions)
        To be multiplied with rows.
    """
    size = max(1, min(n_columns, *matrix.shape))
    left, _, right = randomized_svd(
        matrix, size, n_iter=5, random_state=random_state, flip_sign=False
    )
    _, right = svd_flip(left, right, u_based_decision=False)
    directions: npt.NDArray[np.float64] = right.T
    return directions


def _rows_of(vectors: Any, nothing: Any, numbers: npt.NDArray[np.int64]) -> Any:
    """Return a row for each number; that of nothing where it is -1."""
    return sparse.vstack([vectors, nothing], format="csr")[numbers]
