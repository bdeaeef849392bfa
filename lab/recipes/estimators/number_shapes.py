"""Numbers brought to another shape: powers, logarithms, quantiles, and cut-off tails."""

import warnings
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.preprocessing import PowerTransformer, QuantileTransformer
from sklearn.utils.validation import check_is_fitted, validate_data

from lab.base import LabError
from lab.recipes.rows_changed import tell_rows_changed

Floats = npt.NDArray[np.float64]


class PowerShape(PowerTransformer):  # type: ignore[misc] # scikit-learn has no types
    """scikit-learn's `PowerTransformer` that gives a finite number for every number.

    Rows to predict are taken as the nearest training value where Box-Cox meets a number that is
    not positive, which a `RowsChangedWarning` tells, and where a power is too large to be written.
    Parameters are those of scikit-learn.

    Examples
    --------
    >>> sizes = np.array([[1.0], [10.0], [100.0]])
    >>> PowerShape(method="box-cox").fit(sizes).transform(sizes).round(2).ravel()
    array([-1.22,  0.  ,  1.22])
    """

    def fit_transform(self, X: Any, y: Any = None) -> Floats:
        """Return the training rows in their new shape.

        Raises
        ------
        LabError
            When Box-Cox meets a training value that is not positive.
        """
        return self.fit(X, y).transform(X)

    def fit(self, X: Any, y: Any = None) -> Self:
        """Return itself with the power, the smallest and the largest value of each column."""
        if self.method == "box-cox":
            _refuse(X, below=0.0, what="Box-Cox takes positive numbers only", hint="Yeo-Johnson")
        super().fit(X, y)
        values = self._numbers(X)
        self.low_, self.high_ = _extremes(values)
        return self

    def transform(self, X: Any) -> Floats:
        """Return any rows in the new shape."""
        check_is_fitted(self)
        values = self._numbers(X)
        low = (values <= 0) & (self.method == "box-cox")
        if low.any():
            tell_rows_changed(
                f"Box-Cox took {int(low.sum())} values that are not positive as the smallest "
                "training value"
            )
            values = np.where(low, self.low_, values)
        with np.errstate(over="ignore", invalid="ignore"):
            made = self._powers(X, values)
        lost = ~np.isfinite(made) & ~np.isnan(values)
        if lost.any():
            near = self._powers(X, np.clip(values, self.low_, self.high_))
            made = np.where(lost, near, made)
        return made

    def _powers(self, X: Any, values: Floats) -> Floats:
        named = pd.DataFrame(values, columns=X.columns) if isinstance(X, pd.DataFrame) else values
        made: Floats = np.asarray(super().transform(named))  # a frame when one is asked for
        return made

    def _numbers(self, X: Any) -> Floats:
        checked: Floats = validate_data(
            self, X, reset=False, dtype=np.float64, ensure_all_finite="allow-nan"
        )
        return checked


class QuantileShape(QuantileTransformer):  # type: ignore[misc] # scikit-learn has no types
    """scikit-learn's `QuantileTransformer` with at most as many quantiles as training rows."""

    def fit(self, X: Any, y: Any = None) -> Self:
        """Return itself with the quantiles of the training rows."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "n_quantiles", UserWarning)
            super().fit(X, y)
        return self


class _Bounded(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    def _numbers(self, X: Any, *, reset: bool) -> Floats:
        checked: Floats = validate_data(
            self, X, reset=reset, dtype=np.float64, ensure_all_finite="allow-nan"
        )
        return checked

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


class LogShape(_Bounded):
    """The logarithm of 1 + x, of the size with its sign kept, or of numbers from -1 upwards.

    Parameters
    ----------
    signed : bool, default True
        Whether negative numbers give minus the logarithm of their size. Otherwise a training value
        of -1 or below is refused, and one to predict counts as the smallest training value, which
        a `RowsChangedWarning` tells.

    Examples
    --------
    >>> LogShape().fit_transform(np.array([[0.0], [np.e - 1], [1 - np.e]])).ravel()
    array([ 0.,  1., -1.])
    """

    def __init__(self, *, signed: bool = True) -> None:
        self.signed = signed

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with the smallest value of each column."""
        if not self.signed:
            _refuse(X, below=-1.0, what="log(1 + x) needs numbers above -1", hint="the sign kept")
        self.low_, _ = _extremes(self._numbers(X, reset=True))
        return self

    def transform(self, X: Any) -> Floats:
        """Return the logarithms."""
        check_is_fitted(self)
        values = self._numbers(X, reset=False)
        if self.signed:
            made: Floats = np.sign(values) * np.log1p(np.abs(values))
            return made
        if (values <= -1).any():
            tell_rows_changed(
                f"log(1 + x) took {int((values <= -1).sum())} values of -1 or below as the "
                "smallest training value"
            )
        low: Floats = np.log1p(np.where(values <= -1, self.low_, values))
        return low


class TailClipper(_Bounded):
    """Values beyond limits learnt from the training rows become the limit (winsorising).

    Parameters
    ----------
    method : {"quantile", "iqr"}, default "quantile"
        Limits at quantiles, or beyond the quartiles by a multiple of their distance (Tukey 1977).
        A column whose quartiles are equal has no limits by the second.
    tail : float, default 0.01
        Share of the training rows beyond each limit (``quantile``).
    reach : float, default 1.5
        The multiple (``iqr``).

    Attributes
    ----------
    low_, high_ : ndarray of float64
        The limits of each column.

    Examples
    --------
    >>> sizes = np.array([[1.0], [2.0], [3.0], [4.0], [99.0]])
    >>> TailClipper(method="iqr").fit_transform(sizes).ravel()
    array([1., 2., 3., 4., 7.])
    """

    def __init__(
        self,
        *,
        method: Literal["quantile", "iqr"] = "quantile",
        tail: float = 0.01,
        reach: float = 1.5,
    ) -> None:
        self.method = method
        self.tail = tail
        self.reach = reach

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with the limits of each column."""
        limits = [
            self._limits(column[~np.isnan(column)]) for column in self._numbers(X, reset=True).T
        ]
        self.low_, self.high_ = np.array(limits, dtype=np.float64).T
        return self

    def transform(self, X: Any) -> Floats:
        """Return the values, cut off at the limits."""
        check_is_fitted(self)
        clipped: Floats = np.clip(self._numbers(X, reset=False), self.low_, self.high_)
        return clipped

    def _limits(self, seen: Floats) -> tuple[float, float]:
        if not seen.size:
            return -np.inf, np.inf
        if self.method == "quantile":
            low, high = np.quantile(seen, [self.tail, 1 - self.tail])
            return float(low), float(high)
        low, high = np.quantile(seen, [0.25, 0.75])
        if low == high:
            return -np.inf, np.inf
        reach = self.reach * (high - low)
        return float(low - reach), float(high + reach)


def _refuse(X: Any, *, below: float, what: str, hint: str) -> None:
    """Raise when a column of training rows has a number at or below a bound."""
    values = np.asarray(X, dtype=np.float64)
    if values.ndim != 2:
        return
    found = (values <= below).any(axis=0)
    if found.any():
        index = int(np.flatnonzero(found)[0])
        name = repr(str(X.columns[index])) if hasattr(X, "columns") else f"number {index + 1}"
        smallest = np.nanmin(values[:, index])
        raise LabError(
            f"{what}, column {name} has {smallest:g} in the training rows",
            hint=f"Take {hint}, or leave the column out of the step.",
        )


def _extremes(values: Floats) -> tuple[Floats, Floats]:
    seen = [column[~np.isnan(column)] for column in values.T]
    low = [column.min() if column.size else 0.0 for column in seen]
    high = [column.max() if column.size else 0.0 for column in seen]
    return np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)
