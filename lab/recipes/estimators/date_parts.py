"""Dates as numbers."""

from collections.abc import Callable
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import _check_feature_names_in, check_is_fitted, validate_data

Floats = npt.NDArray[np.float64]
_SECONDS_A_DAY = 86_400.0
_PARTS: dict[str, Callable[[pd.DatetimeIndex], Any]] = {
    "year": lambda dates: dates.year,
    "month": lambda dates: dates.month,
    "day": lambda dates: dates.day,
    "weekday": lambda dates: dates.day_of_week,
    "hour": lambda dates: dates.hour,
    "quarter": lambda dates: dates.quarter,
    "week": lambda dates: dates.isocalendar().week,
    "day_of_year": lambda dates: dates.day_of_year,
    "is_weekend": lambda dates: dates.day_of_week >= 5,
    "time_of_day": lambda dates: dates.hour + dates.minute / 60 + dates.second / 3600,
}
CYCLES = {
    "month": (12.0, 1.0),
    "weekday": (7.0, 0.0),
    "hour": (24.0, 0.0),
    "day_of_year": (365.25, 1.0),
}
"""Parts that go round: how many there are, and the first."""

DEFAULT_PARTS = ("year", "month", "day", "weekday", "hour")
DATE_PARTS = (*_PARTS, *(f"{part}_{wave}" for part in CYCLES for wave in ("sin", "cos")))
"""All that can be made of a date, besides the days elapsed and whether it is missing."""


class DateParts(TransformerMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Year, month, day, weekday (Monday is 0) and hour of dates, and days since the first date.

    A part is made only if it varies in the training rows; a column in which nothing varies keeps
    its year.

    Parameters
    ----------
    parts : tuple of str
        Some of `DATE_PARTS`. The week is that of ISO 8601, the time of day in hours with
        fractions; those that end in ``_sin`` and ``_cos`` put a part on a circle, so that December
        lies beside January.
    elapsed : bool, default True
        Whether to add the days since the first training date, with fractions.
    missing : {"median", "keep"}, default "median"
        Whether a missing date counts as the median training date, or its parts stay NaN.
    add_indicator : bool, default False
        Whether to add a 0/1 column for each column with missing dates in the training rows.

    Attributes
    ----------
    parts_ : list of tuple of str
        The parts made of each column.
    n_features_per_input_ : list of int
        How many columns each column gives.
    first_, median_ : ndarray of float64
        First and median training date of each column, in seconds since 1970.

    Examples
    --------
    >>> frame = pd.DataFrame({"day": pd.to_datetime(["2024-01-31", "2024-02-01"])})
    >>> dates = DateParts().fit(frame)
    >>> list(dates.get_feature_names_out())
    ['day_month', 'day_day', 'day_weekday', 'day_elapsed_days']
    >>> dates.transform(frame)
    array([[ 1., 31.,  2.,  0.],
           [ 2.,  1.,  3.,  1.]])
    """

    def __init__(
        self,
        *,
        parts: tuple[str, ...] = DEFAULT_PARTS,
        elapsed: bool = True,
        missing: Literal["median", "keep"] = "median",
        add_indicator: bool = False,
    ) -> None:
        self.parts = parts
        self.elapsed = elapsed
        self.missing = missing
        self.add_indicator = add_indicator

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with the parts that vary, the first and the median dates.

        Parameters
        ----------
        X : DataFrame of datetime64 columns, or array of seconds since 1970
            Training rows.
        y : ignored
        """
        seconds = self._seconds(X, reset=True)
        self.first_ = _by_column(np.min, seconds)
        self.median_ = np.floor(_by_column(np.median, seconds))
        self.parts_ = [self._varying(column) for column in seconds.T]
        self.n_features_per_input_ = [len(parts) for parts in self.parts_]
        return self

    def transform(self, X: Any) -> Floats:
        """Return the parts of all columns as one float64 array."""
        check_is_fitted(self)
        seconds = self._seconds(X, reset=False)
        made = [
            _part(column, part, first=self.first_[index], median=self._fill(index))
            for index, column in enumerate(seconds.T)
            for part in self.parts_[index]
        ]
        return np.column_stack(made) if made else np.empty((len(seconds), 0))

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """Return the names of the parts: the column's name, an underscore and the part."""
        check_is_fitted(self)
        names = _check_feature_names_in(self, input_features)
        made = [
            f"{name}_{part}" for name, parts in zip(names, self.parts_, strict=True)
            for part in parts
        ]  # fmt: skip
        return np.array(made, dtype=object)

    def _varying(self, seconds: Floats) -> tuple[str, ...]:
        seen = seconds[~np.isnan(seconds)]
        if not seen.size:
            return ()
        parts = [part for part in self.parts if np.ptp(_part(seen, part)) > 0]
        if self.elapsed and np.ptp(seen) > 0:
            parts.append("elapsed_days")
        if self.add_indicator and seen.size < seconds.size:
            parts.append("missing")
        return tuple(parts or ["year"])

    def _fill(self, index: int) -> float:
        return float(self.median_[index]) if self.missing == "median" else np.nan

    def _seconds(self, X: Any, *, reset: bool) -> Floats:
        if isinstance(X, pd.DataFrame):
            X = pd.DataFrame({name: _in_seconds(X[name]) for name in X.columns}, index=X.index)
        checked: Floats = validate_data(
            self, X, reset=reset, dtype=np.float64, ensure_all_finite="allow-nan"
        )
        return checked

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


def _in_seconds(column: pd.Series) -> Any:
    if not pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column
    seconds = column.to_numpy("datetime64[s]")
    return np.where(np.isnat(seconds), np.nan, seconds.astype(np.int64))


def _by_column(function: Any, seconds: Floats) -> Floats:
    seen = [column[~np.isnan(column)] for column in seconds.T]
    return np.array([function(values) if values.size else 0.0 for values in seen], dtype=float)


def _part(seconds: Floats, part: str, *, first: float = 0.0, median: float = np.nan) -> Floats:
    absent = np.isnan(seconds)
    if part == "missing":
        return absent.astype(np.float64)
    known = np.where(absent, 0.0 if np.isnan(median) else median, seconds)
    if part == "elapsed_days":
        values = (known - first) / _SECONDS_A_DAY
    else:
        dates = pd.DatetimeIndex(np.floor(known).astype(np.int64).astype("datetime64[s]"))
        values = _calendar(dates, part)
    return np.where(absent, np.nan, values) if np.isnan(median) else values


def _calendar(dates: pd.DatetimeIndex, part: str) -> Floats:
    name, _, wave = part.rpartition("_")
    if wave not in {"sin", "cos"}:
        return np.asarray(_PARTS[part](dates), dtype=np.float64)
    length, first = CYCLES[name]
    angle = 2 * np.pi * (np.asarray(_PARTS[name](dates), dtype=np.float64) - first) / length
    made: Floats = np.sin(angle) if wave == "sin" else np.cos(angle)
    return made
