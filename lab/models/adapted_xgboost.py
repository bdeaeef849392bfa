"""XGBoost, adapted where it refuses what a fold may hold.

Imported only when it is built: the library stands on top.
"""

from typing import Any, Self

import numpy as np
from xgboost import XGBClassifier


class GapXGBClassifier(XGBClassifier):  # type: ignore[misc]
    """XGBoost for class codes with gaps, as when a fold's training rows lack a class.

    The library wants the codes 0, 1, 2, ... without a gap; otherwise it is the library's own.
    """

    def fit(self, X: Any, y: Any, **rest: Any) -> Self:
        """Return the estimator fitted on any integer classes."""
        self._seen: Any = None
        seen, codes = np.unique(y, return_inverse=True)
        super().fit(X, codes, **rest)
        self._seen = seen
        return self

    def predict(self, X: Any, **rest: Any) -> Any:
        """Return the most probable class of each row, or its margins when those are asked for."""
        answers = super().predict(X, **rest)
        return answers if rest.get("output_margin") else self._seen[answers]

    @property
    def classes_(self) -> Any:
        """The classes in the training rows, sorted."""
        seen = getattr(self, "_seen", None)
        return super().classes_ if seen is None else seen
