"""scikit-learn's networks, stopping early only where rows can be spared to watch.

Imported only when one of them is built: the library stands on top.
"""

from typing import Any, Self

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

FEWEST_ROWS = 1_000
"""Below, a tenth of the rows is too few to tell when to stop: it stopped before it had learned."""
FEWEST_OF_A_CLASS = 10


class WatchedMLPClassifier(MLPClassifier):  # type: ignore[misc]
    """The library's classifier, without early stopping when rows or members of a class are few."""

    early_stopping: bool

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Return the fitted network."""
        fewest = np.unique(y, return_counts=True)[1].min()
        enough = len(y) >= FEWEST_ROWS and fewest >= FEWEST_OF_A_CLASS
        wanted = self.early_stopping
        self.early_stopping = wanted and bool(enough)
        try:
            super().fit(X, y, sample_weight)
        finally:
            self.early_stopping = wanted
        return self


class WatchedMLPRegressor(MLPRegressor):  # type: ignore[misc]
    """The library's regressor, without early stopping when rows are few."""

    early_stopping: bool

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Return the fitted network."""
        wanted = self.early_stopping
        self.early_stopping = wanted and len(y) >= FEWEST_ROWS
        try:
            super().fit(X, y, sample_weight)
        finally:
            self.early_stopping = wanted
        return self
