"""Changing training rows: samplers, made to suit the rows at hand, and the rows' weights."""

import warnings
from collections import Counter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lab.base import LabError
from lab.recipes.neighbours import TITLES, lower_neighbours

_CANNOT = (
    "Not any neigbours belong to the majority",
    "No samples will be generated",
    "All support vectors are considered as noise",
)
"""How the library's messages begin that tell that rows cannot be made for these classes."""

_TOLD = {
    "The number of the samples to be selected is larger": "NearMiss kept fewer rows than asked: "
    "variant 3 looks only at neighbours of the smallest class",
    "Number of distinct clusters": "cluster centroids: equal rows make equal centres",
}
"""How the library's warnings begin, and what they mean."""


class Sampled(NamedTuple):
    """Training rows between two steps, and what a sampler had to do differently for them."""

    X: Any
    y: npt.NDArray[Any]
    weight: npt.NDArray[np.float64] | None
    notes: tuple[str, ...] = ()


def sample(sampler: Any, rows: Sampled) -> Sampled:
    """Return the rows that a sampler makes of training rows.

    Parameters
    ----------
    sampler : object with ``fit_resample``
        Fitted here; its number of neighbours is lowered where a class is too small for it.
    rows : Sampled
        Training rows.

    Raises
    ------
    LabError
        When there is only one class, a class with too few rows to make new ones, or classes of
        which the sampler can make none.
    """
    notes = _suit(sampler, rows)
    X, y, told = _resampled(sampler, rows)
    return Sampled(X, y, _weight_after(sampler, rows, y), (*notes, *told))


def _suit(sampler: Any, rows: Sampled) -> tuple[str, ...]:
    if not hasattr(sampler, "sampling_strategy"):
        return ()
    counts = Counter(rows.y.tolist())
    if len(counts) < 2:
        raise LabError(
            "the training rows have only one class, so classes cannot be balanced",
            hint="Choose a stratified split, or leave the resampling out.",
        )
    if hasattr(sampler, "categorical_features"):
        _choose_levels(sampler, rows.X)
    return lower_neighbours(sampler, counts)


def _choose_levels(sampler: Any, X: Any) -> None:
    levels = [name for name in sampler.categorical_features if name in X.columns]
    if not levels or len(levels) == X.shape[1]:
        missing_kind = "number" if levels else "category"
        raise LabError(
            f"smote_nc needs a {missing_kind} column, and none has a value in the training rows",
            hint="Take random_over or class_weights instead.",
        )
    sampler.set_params(categorical_features=levels)


def _resampled(sampler: Any, rows: Sampled) -> tuple[Any, npt.NDArray[Any], tuple[str, ...]]:
    title = TITLES.get(type(sampler).__name__, type(sampler).__name__)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            X, y = sampler.fit_resample(rows.X, rows.y)
        except (ValueError, RuntimeError) as error:
            if not str(error).startswith(_CANNOT):
                raise
            raise LabError(
                f"{title} finds no row at the border of a smaller class, so it cannot make any",
                hint="Take smote instead.",
            ) from None
    notes = _meaning(caught)
    if _made_nothing(sampler, rows, y):
        notes = (*notes, f"{title} made no rows: no smaller class has a row at a border")
    return X, y, notes


def _meaning(caught: list[warnings.WarningMessage]) -> tuple[str, ...]:
    notes = []
    for warning in caught:
        text = str(warning.message)
        known = [told for begin, told in _TOLD.items() if text.startswith(begin)]
        if not known:
            warnings.warn_explicit(
                warning.message, warning.category, warning.filename, warning.lineno
            )
        notes += known
    return tuple(dict.fromkeys(notes))


def _made_nothing(sampler: Any, rows: Sampled, y: npt.NDArray[Any]) -> bool:
    """Tell whether a sampler that makes rows only at borders was to make some and made none."""
    wanted = getattr(sampler, "sampling_strategy_", None)
    at_borders = type(sampler).__name__ in {"BorderlineSMOTE", "SVMSMOTE"}
    return at_borders and len(y) == len(rows.y) and any(dict(wanted or {}).values())


def _weight_after(
    sampler: Any, rows: Sampled, y: npt.NDArray[Any]
) -> npt.NDArray[np.float64] | None:
    """Return the weight of each row; a new row weighs as much as its class does on average."""
    if rows.weight is None:
        return None
    means = {label: rows.weight[rows.y == label].mean() for label in np.unique(rows.y)}
    made = np.array([means[label] for label in y], dtype=np.float64)
    origin = row_origins(sampler, rows.y, len(y))
    return np.where(origin >= 0, rows.weight[origin], made)


def row_origins(sampler: Any, y: npt.NDArray[Any], n_after: int) -> npt.NDArray[np.int64]:
    """Return which training row each row is; -1 for rows that were made.

    Parameters
    ----------
    sampler : object with ``fit_resample``
        Fitted.
    y : ndarray
        Targets of the training rows.
    n_after : int
        Rows that came out.
    """
    if hasattr(sampler, "sample_indices_"):
        return np.asarray(sampler.sample_indices_, dtype=np.int64)
    if hasattr(sampler, "smote_"):  # rows were made, then some left out
        cleaner = sampler.enn_ if hasattr(sampler, "enn_") else sampler.tomek_
        kept = np.asarray(cleaner.sample_indices_, dtype=np.int64)
        return np.where(kept < len(y), kept, -1)
    if hasattr(sampler, "voting_"):  # class by class, some replaced by centres
        replaced = sampler.sampling_strategy_
        parts = [
            np.full(replaced[label], -1) if label in replaced else np.flatnonzero(y == label)
            for label in np.unique(y)
        ]
        return np.concatenate(parts).astype(np.int64)
    return np.concatenate([np.arange(len(y)), np.full(n_after - len(y), -1)])
