"""Leaving out training rows with missing values."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator

from lab.base import LabError


class DropIncompleteRows(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """A sampler that keeps the rows with a value in each of some columns.

    As every sampler of imbalanced-learn it acts in fitting only: rows to predict all stay.

    Parameters
    ----------
    columns : list of str, default None
        The columns that must have a value; None for all.

    Attributes
    ----------
    sample_indices_ : ndarray of int64
        Positions of the rows that were kept.

    Examples
    --------
    >>> frame = pd.DataFrame({"age": [31.0, np.nan], "town": ["Ulm", "Bonn"]})
    >>> kept, labels = DropIncompleteRows().fit_resample(frame, np.array([0, 1]))
    >>> list(kept["town"]), labels
    (['Ulm'], array([0]))
    """

    def __init__(self, columns: list[str] | None = None) -> None:
        self.columns = columns

    def fit(self, X: pd.DataFrame, y: npt.NDArray[Any]) -> Self:
        """Return itself with the rows to keep."""
        self.fit_resample(X, y)
        return self

    def fit_resample(
        self, X: pd.DataFrame, y: npt.NDArray[Any]
    ) -> tuple[pd.DataFrame, npt.NDArray[Any]]:
        """Return the complete rows and their targets.

        Raises
        ------
        LabError
            When no row is complete.
        """
        looked_at = X if self.columns is None else X[self.columns]
        complete = looked_at.notna().all(axis=1).to_numpy()
        self.sample_indices_ = np.flatnonzero(complete)
        if not self.sample_indices_.size:
            worst = str(looked_at.isna().mean().idxmax())
            raise LabError(
                f"every training row has a missing value, most of them in {worst!r}",
                hint="Fill missing values instead of dropping rows, or ignore that column.",
            )
        return X.iloc[self.sample_indices_], y[self.sample_indices_]
