"""Neighbours of samplers, lowered to what the classes at hand allow."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from lab.base import LabError

TITLES = {
    "SMOTE": "SMOTE",
    "SMOTENC": "SMOTE",
    "SMOTEN": "SMOTE",
    "BorderlineSMOTE": "Borderline-SMOTE",
    "SVMSMOTE": "SVM-SMOTE",
    "ADASYN": "ADASYN",
    "SMOTETomek": "SMOTE",
    "SMOTEENN": "SMOTE",
    "EditedNearestNeighbours": "edited nearest neighbours",
    "NearMiss": "NearMiss",
}
"""Names of samplers for people."""


class _Bound(NamedTuple):
    setting: str
    most: int
    whose: str
    n_rows: int


def lower_neighbours(sampler: Any, counts: Counter[int]) -> tuple[str, ...]:
    """Lower the neighbours of a sampler where rows are too few, and return what was done.

    Parameters
    ----------
    sampler : imbalanced-learn sampler
        Its settings are changed.
    counts : Counter
        Training rows of each class.

    Raises
    ------
    LabError
        When a class has too few rows for any neighbour.
    """
    title = TITLES.get(type(sampler).__name__, type(sampler).__name__)
    notes = []
    for bound in _bounds(sampler, counts):
        wanted = sampler.get_params()[bound.setting]
        if bound.most < 1:
            raise LabError(
                f"{title} needs at least 2 training rows of each class, the smallest has 1",
                hint="Take random_over or class_weights, fewer folds, or merge rare classes.",
            )
        if wanted > bound.most:
            sampler.set_params(**{bound.setting: bound.most})
            notes.append(
                f"{title} used {bound.most} instead of {wanted} neighbours: {bound.whose} "
                f"{bound.n_rows} training rows"
            )
    return tuple(notes)


def _bounds(sampler: Any, counts: Counter[int]) -> Iterator[_Bound]:
    """Yield how many neighbours a sampler can have at most, by setting."""
    kind, settings = type(sampler).__name__, sampler.get_params()
    total = counts.total()
    grown = {"ADASYN": "n_neighbors"}.get(kind, "k_neighbors")
    for setting in (grown, "smote__k_neighbors"):
        if setting in settings:
            smallest = _smallest_grown(sampler, counts)
            yield _Bound(setting, smallest - 1, "the smallest class has", smallest)
    for setting in ("m_neighbors", "enn__n_neighbors"):
        if setting in settings:
            yield _Bound(setting, total - 1, "there are", total)
    if kind == "EditedNearestNeighbours":
        yield _Bound("n_neighbors", total - 1, "there are", total)
    if kind == "NearMiss":
        smallest = min(counts.values())
        for setting in ("n_neighbors", "n_neighbors_ver3"):
            yield _Bound(setting, smallest, "the smallest class has", smallest)


def _smallest_grown(sampler: Any, counts: Counter[int]) -> int:
    """Return the rows of the smallest class that grows; of the largest when none does."""
    most = max(counts.values())
    grown = [count for count in counts.values() if count < most]
    if callable(sampler.sampling_strategy):
        grown = [counts[label] for label in sampler.sampling_strategy(counts.elements())]
    return min(grown, default=most)
