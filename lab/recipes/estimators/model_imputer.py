"""Missing numbers predicted from the other columns, each by a model of its own."""

from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

Floats = npt.NDArray[np.float64]


class ModelImputer(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Fills each column by a tree model that learnt it from the other columns, gaps and all.

    A column without gaps in the training rows gets no model; a gap that it has later is filled
    with its training median. So is one with fewer than 10 values.

    Parameters
    ----------
    model : {"boosting", "forest"}, default "boosting"
        Histogram gradient boosting of 50 rounds, or a random forest of 50 trees.
    random_state : int, default 0
        Seed.

    Attributes
    ----------
    models_ : dict of int to regressor
        One for each column with gaps, by position.
    medians_ : ndarray of float64
        Training medians; 0 for a column without a value.

    Examples
    --------
    >>> level = np.repeat([1.0, 2.0], 30)
    >>> rows = np.column_stack([level, 10 * level])
    >>> rows[5, 1] = np.nan
    >>> ModelImputer(model="forest").fit_transform(rows)[5]
    array([ 1., 10.])
    """

    def __init__(
        self, *, model: Literal["boosting", "forest"] = "boosting", random_state: int = 0
    ) -> None:
        self.model = model
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with a model for each column with gaps.

        Parameters
        ----------
        X : array of shape (n, n_features), missing as NaN
            Training rows.
        y : ignored
        """
        values = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan")
        known = ~np.isnan(values)
        self.medians_ = np.array([_median(column[~np.isnan(column)]) for column in values.T])
        enough = ~known.all(axis=0) & (known.sum(axis=0) >= FEWEST_VALUES) & (values.shape[1] > 1)
        self.models_ = {
            int(column): self._regressor().fit(
                np.delete(values[known[:, column]], column, axis=1),
                values[known[:, column], column],
            )
            for column in np.flatnonzero(enough)
        }
        return self

    def transform(self, X: Any) -> Floats:
        """Return rows with every gap filled."""
        check_is_fitted(self)
        values = validate_data(
            self, X, reset=False, dtype=np.float64, ensure_all_finite="allow-nan"
        )
        filled: Floats = np.where(np.isnan(values), self.medians_, values)
        for column, model in self.models_.items():
            gaps = np.isnan(values[:, column])
            if gaps.any():
                filled[gaps, column] = model.predict(np.delete(values[gaps], column, axis=1))
        return filled

    def _regressor(self) -> Any:
        from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor

        if self.model == "boosting":
            return HistGradientBoostingRegressor(max_iter=50, random_state=self.random_state)
        return RandomForestRegressor(
            50, min_samples_leaf=5, random_state=self.random_state, n_jobs=1
        )

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


FEWEST_VALUES = 10


def _median(values: Floats) -> float:
    return float(np.median(values)) if values.size else 0.0
