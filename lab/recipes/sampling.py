"""Changing training rows: samplers, made to suit the rows at hand, and the rows' weights."""

from collections import Counter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lab.base import LabError


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
        When there is only one class, or a class with too few rows to make new ones.
    """
    notes = _suit(sampler, rows)
    X, y = sampler.fit_resample(rows.X, rows.y)
    return Sampled(X, y, _weight_after(sampler, rows, y), notes)


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
    return _lower_neighbours(sampler, counts) if hasattr(sampler, "k_neighbors") else ()


def _choose_levels(sampler: Any, X: Any) -> None:
    levels = [name for name in sampler.categorical_features if name in X.columns]
    if not levels or len(levels) == X.shape[1]:
        missing_kind = "number" if levels else "category"
        raise LabError(
            f"smote_nc needs a {missing_kind} column, and none has a value in the training rows",
            hint="Take random_over or class_weights instead.",
        )
    sampler.set_params(categorical_features=levels)


def _lower_neighbours(sampler: Any, counts: Counter[int]) -> tuple[str, ...]:
    most = max(counts.values())
    grown = [count for count in counts.values() if count < most]
    if callable(sampler.sampling_strategy):
        grown = [counts[label] for label in sampler.sampling_strategy(counts.elements())]
    smallest, wanted = min(grown, default=most), sampler.k_neighbors
    if smallest > wanted:
        return ()
    if smallest < 2:
        raise LabError(
            "SMOTE needs at least 2 training rows of each class, the smallest has 1",
            hint="Take random_over or class_weights, fewer folds, or merge rare classes.",
        )
    sampler.set_params(k_neighbors=smallest - 1)
    note = f"SMOTE used {smallest - 1} instead of {wanted} neighbours: the smallest class has "
    return (f"{note}{smallest} training rows",)


def _weight_after(
    sampler: Any, rows: Sampled, y: npt.NDArray[Any]
) -> npt.NDArray[np.float64] | None:
    """Return the weight of each row; a new row weighs as much as its class does on average."""
    if rows.weight is None:
        return None
    if hasattr(sampler, "sample_indices_"):
        kept: npt.NDArray[np.float64] = rows.weight[sampler.sample_indices_]
        return kept
    means = {label: rows.weight[rows.y == label].mean() for label in np.unique(rows.y)}
    new = [means[label] for label in y[len(rows.y) :]]
    return np.concatenate([rows.weight, np.asarray(new, dtype=np.float64)])
