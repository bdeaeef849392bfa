"""How much each column by itself tells about the target."""

import warnings
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from lab.base import LabError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class UnivariateScores:
    """A score function for scikit-learn's univariate selection, made for one kind of target.

    Parameters
    ----------
    score : {"f", "chi2", "mutual_info"}
        F test of a linear effect, chi-squared test of counts, or mutual information.
    classes : bool
        Whether the target is a class.
    seed : int, default 0
        For mutual information, which breaks ties by noise.

    Examples
    --------
    >>> X, y = np.array([[0.0, 3.0], [1.0, 3.0], [4.0, 3.0], [5.0, 3.0]]), np.array([0, 0, 1, 1])
    >>> scores, p_values = UnivariateScores("f", True)(X, y)
    >>> scores.tolist(), p_values.round(2).tolist()
    ([32.0, 0.0], [0.03, 1.0])
    """

    score: Literal["f", "chi2", "mutual_info"]
    classes: bool
    seed: int = 0

    def __call__(self, X: Any, y: npt.NDArray[Any]) -> Any:
        """Return a score for each column, with a p-value for the two tests.

        Raises
        ------
        LabError
            When a value is below 0 that is to be counted.
        """
        if self.score == "mutual_info":
            return self._mutual_information(X, y)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # constant columns: they score 0
            scores, p_values = self._test(X, y)
        perfect = scores < 0  # a correlation of 1, rounded above it
        scores = np.where(perfect, np.finfo(np.float64).max, scores)
        known = ~np.isnan(scores)
        return np.where(known, scores, 0.0), np.where(known & ~perfect, p_values, ~known * 1.0)

    def _test(self, X: Any, y: npt.NDArray[Any]) -> tuple[Floats, Floats]:
        from sklearn.feature_selection import chi2, f_classif, f_regression

        if self.score == "f":
            tested: tuple[Floats, Floats] = f_classif(X, y) if self.classes else f_regression(X, y)
            return tested
        if (X.data if sparse.issparse(X) else np.asarray(X)).min(initial=0) < 0:
            raise LabError(
                "the chi-squared test counts, and there are values below 0",
                hint="Scale to 0 to 1 before it, or take the F test.",
            )
        counted: tuple[Floats, Floats] = chi2(X, y)
        return counted

    def _mutual_information(self, X: Any, y: npt.NDArray[Any]) -> Floats:
        from sklearn.feature_selection import mutual_info_classif, mutual_info_regression

        dense = X.toarray() if sparse.issparse(X) else X
        function = mutual_info_classif if self.classes else mutual_info_regression
        scores: Floats = function(dense, y, random_state=self.seed)
        return scores
