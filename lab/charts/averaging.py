"""Curves of several folds as one curve: averaged on a grid, then thinned for drawing."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.metrics import Ranking, rank_rows

if TYPE_CHECKING:
    from lab.experiments import Outputs

Floats = npt.NDArray[np.float64]
OneCurve = Callable[[Ranking], tuple[Floats, float]]
"""The rows in the order of a score in; heights on `GRID` and the exact area out."""

GRID: Floats = np.linspace(0.0, 1.0, 300)
"""Where all curves are read off."""


def average_curves(
    outputs: "Mapping[str, Sequence[Outputs]]", one_curve: OneCurve, *, of_class: int | None
) -> pd.DataFrame:
    """Return the mean curve of every candidate over its folds.

    Parameters
    ----------
    outputs : mapping of str to sequence of Outputs
        Answers on the test rows, one for each fold, by candidate.
    one_curve : callable
        The curve of one class in one fold.
    of_class : int or None
        The class that counts as positive, against all others. None takes the positive class of a
        binary task, and the mean over all classes (one against the rest) of a multiclass task.

    Returns
    -------
    DataFrame
        ``candidate, x, mean, low, high, area, area_sd, folds``: the band is the mean plus and
        minus one standard deviation over folds (NaN for a single fold), `area` the mean over
        folds of the exact areas. Candidates without scores are left out.
    """
    parts = []
    for candidate, folds in outputs.items():
        curves = [_fold_curve(fold, one_curve, of_class) for fold in folds]
        known = [curve for curve in curves if curve is not None]
        if known:
            parts.append(_averaged(candidate, known))
    columns = ["candidate", "x", "mean", "low", "high", "area", "area_sd", "folds"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _fold_curve(
    fold: "Outputs", one_curve: OneCurve, of_class: int | None
) -> tuple[Floats, float] | None:
    if fold.scores is None:
        return None
    n_classes = fold.scores.shape[1]
    chosen = [of_class] if of_class is not None else [1] if n_classes == 2 else range(n_classes)
    weights = np.ones(len(fold.truth)) if fold.weight is None else fold.weight
    curves = []
    for code in chosen:
        ranking = rank_rows(fold.truth == code, fold.scores[:, code], weights)
        if min(ranking.hits[-1], ranking.alarms[-1]) > 0:
            curves.append(one_curve(ranking))
    if not curves:
        return None
    heights = np.mean([height for height, _ in curves], axis=0)
    return heights, float(np.mean([area for _, area in curves]))


def _averaged(candidate: str, curves: list[tuple[Floats, float]]) -> pd.DataFrame:
    heights = np.vstack([height for height, _ in curves])
    areas = np.array([area for _, area in curves])
    mean = heights.mean(axis=0)
    several = len(curves) > 1
    spread = heights.std(axis=0, ddof=1) if several else np.full(len(GRID), np.nan)
    return pd.DataFrame(
        {
            "candidate": candidate,
            "x": GRID,
            "mean": mean,
            "low": np.clip(mean - spread, 0.0, 1.0),
            "high": np.clip(mean + spread, 0.0, 1.0),
            "area": areas.mean(),
            "area_sd": areas.std(ddof=1) if several else np.nan,
            "folds": len(curves),
        }
    )


def thin(x: Floats, height: Floats, *, tolerance: float = 0.002) -> npt.NDArray[np.int64]:
    """Return the places of the few points between which straight lines follow the curve.

    Parameters
    ----------
    x : ndarray, shape (n,)
        Increasing; the first two may be equal, where the curve starts straight up.
    height : ndarray, shape (n,)
        The curve over `x`.
    tolerance : float, default 0.002, which no screen shows
        How far a line may stray from a point that is left out.

    References
    ----------
    Ramer (1972); Douglas & Peucker (1973), with vertical distances.
    """
    kept = {0, 1, len(x) - 1}
    spans = [(1, len(x) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        line = np.interp(x[first : last + 1], x[[first, last]], height[[first, last]])
        errors = np.abs(height[first : last + 1] - line)
        if errors.max() > tolerance:
            worst = first + int(errors.argmax())
            kept.add(worst)
            spans.extend([(first, worst), (worst, last)])
    return np.array(sorted(kept), dtype=np.int64)
