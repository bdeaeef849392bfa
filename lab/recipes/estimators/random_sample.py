"""Missing values drawn from those that were seen in training."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data


class RandomSampleImputer(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Fills each gap with a training value of its column, drawn by the seed and the row.

    Which value is drawn follows from the other cells of the row, so a row is filled alike alone
    and among others, today and tomorrow; equal rows are filled alike.

    Parameters
    ----------
    random_state : int, default 0
        Seed.

    Attributes
    ----------
    values_ : list of ndarray
        The training values of each column.

    Examples
    --------
    >>> frame = pd.DataFrame({"town": ["Ulm", "Bonn", None], "age": [31.0, 40.0, 52.0]})
    >>> RandomSampleImputer().fit_transform(frame).loc[2, "town"] in {"Ulm", "Bonn"}
    True
    """

    def __init__(self, *, random_state: int = 0) -> None:
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with the values of each column.

        Parameters
        ----------
        X : DataFrame or array, missing as NaN or None
            Training rows. Gaps of a column without a value stay.
        y : ignored
        """
        frame = self._frame(X, reset=True)
        self.values_ = [column.dropna().to_numpy() for _, column in frame.items()]
        return self

    def transform(self, X: Any) -> Any:
        """Return rows with every gap filled; a frame for a frame, else an array."""
        check_is_fitted(self)
        frame = self._frame(X, reset=False)
        keys = self._row_keys(frame)
        filled = [
            _filled(column, values, keys, place)
            for place, ((_, column), values) in enumerate(
                zip(frame.items(), self.values_, strict=True)
            )
        ]
        made = pd.concat(filled, axis=1) if filled else frame
        return made if isinstance(X, pd.DataFrame) else made.to_numpy()

    def _frame(self, X: Any, *, reset: bool) -> pd.DataFrame:
        checked = validate_data(self, X, reset=reset, dtype=None, ensure_all_finite=False)
        return X if isinstance(X, pd.DataFrame) else pd.DataFrame(checked)

    def _row_keys(self, frame: pd.DataFrame) -> npt.NDArray[np.uint64]:
        """Return a number for each row that follows from its cells and the seed."""
        hashed = pd.util.hash_pandas_object(frame, index=False, categorize=False)
        keys = np.asarray(hashed, dtype=np.uint64)
        return _mixed(keys ^ _mixed(np.full(1, self.random_state, dtype=np.uint64)))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.transformer_tags.preserves_dtype = []
        return tags


def _filled(
    column: pd.Series, values: npt.NDArray[Any], keys: npt.NDArray[np.uint64], place: int
) -> pd.Series:
    gaps = column.isna().to_numpy()
    if not gaps.any() or not values.size:
        return column
    drawn = _mixed(keys[gaps] + np.uint64(place)) % np.uint64(values.size)
    filled = column.copy()
    filled[gaps] = values[drawn.astype(np.int64)]
    return filled


def _mixed(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return well-scattered numbers for numbers (SplitMix64, Steele et al. 2014)."""
    with np.errstate(over="ignore"):
        mixed = keys + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))
