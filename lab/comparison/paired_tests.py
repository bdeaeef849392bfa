"""Intervals and paired tests that allow for folds sharing their training rows.

Scores of folds are not independent, since any two folds learn mostly from the same rows. The
corrected resampled t statistic (Nadeau & Bengio, 2003; for repeats Bouckaert & Frank, 2004) takes
``(1 / k + n_test / n_train)`` instead of ``1 / k`` as the factor of the variance of a mean of
k scores.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.comparison.score_table import Floats, mean_of, spread_of

LEVEL = 0.95
"""Coverage of every interval; 1 - LEVEL is where a p-value begins to count."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PairedTest:
    """How far apart candidates are.

    Parameters
    ----------
    difference : ndarray of float64
        Mean score of the first minus that of the second.
    low, high : ndarray of float64
        95 % interval of the difference, each for itself.
    p_value : ndarray of float64
        Two-sided, each for itself.
    """

    difference: Floats
    low: Floats
    high: Floats
    p_value: Floats


def corrected_interval(
    values: npt.ArrayLike, *, test_ratio: float, level: float = LEVEL
) -> tuple[Floats, Floats]:
    """Return low and high of the corrected interval of a mean score.

    Parameters
    ----------
    values : array-like of float, shape (..., n_folds)
        Scores by fold; NaN where there is none.
    test_ratio : float
        Rows tested for each row learned from, 1 / (k - 1) for k folds.
    level : float, default 0.95
        Coverage.

    Returns
    -------
    low, high : ndarray of float64
        NaN with fewer than two scores.

    Examples
    --------
    >>> low, high = corrected_interval([0.80, 0.84, 0.82, 0.78, 0.81], test_ratio=1 / 4)
    >>> print(f"{low:.3f} to {high:.3f}")
    0.768 to 0.852
    """
    mean, error, degrees = _corrected(np.asarray(values, dtype=np.float64), test_ratio)
    reach = _quantile(degrees, 0.5 + level / 2) * error
    return mean - reach, mean + reach


def corrected_paired_test(differences: npt.ArrayLike, *, test_ratio: float) -> PairedTest:
    """Return the corrected resampled t-test of differences by fold.

    Parameters
    ----------
    differences : array-like of float, shape (..., n_folds)
        Score of one candidate minus that of another on the same folds.
    test_ratio : float
        Rows tested for each row learned from.

    Returns
    -------
    PairedTest
        NaN with fewer than two differences. When all are equal the p-value is 1 if they are 0
        and 0 if not.
    """
    from scipy.special import stdtr

    values = np.asarray(differences, dtype=np.float64)
    mean, error, degrees = _corrected(values, test_ratio)
    reach = _quantile(degrees, 0.5 + LEVEL / 2) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(mean == 0, 0.0, np.abs(mean) / error)
    p_value = np.where(degrees > 0, 2 * stdtr(np.maximum(degrees, 1), -ratio), np.nan)
    return PairedTest(difference=mean, low=mean - reach, high=mean + reach, p_value=p_value)


def holm(p_values: npt.ArrayLike) -> Floats:
    """Return p-values adjusted for all comparisons made (Holm, 1979); NaN stays NaN.

    Examples
    --------
    >>> print(holm([0.01, 0.04, 0.03]))
    [0.03 0.06 0.06]
    """
    given = np.asarray(p_values, dtype=np.float64)
    adjusted = np.full(given.shape, np.nan)
    known = np.flatnonzero(np.isfinite(given))
    order = known[np.argsort(given[known], kind="stable")]
    factors = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(given[order] * factors))
    return adjusted


def _corrected(values: Floats, test_ratio: float) -> tuple[Floats, Floats, Any]:
    """Mean, its corrected standard error, and degrees of freedom, over the last axis."""
    counts = np.isfinite(values).sum(axis=-1)
    mean = mean_of(values)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        variance = spread_of(values) * counts / (counts - 1)
        error = np.sqrt(variance * (1 / counts + test_ratio))
    return mean, np.where((counts > 1) & np.isfinite(error), error, np.nan), counts - 1


def _quantile(degrees: Any, share: float) -> Floats:
    from scipy.special import stdtrit

    return np.where(degrees > 0, stdtrit(np.maximum(degrees, 1), share), np.nan)
