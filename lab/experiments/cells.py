"""Cells: the unit of work, one candidate on one split, named by its content."""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from lab.base import fingerprint
from lab.experiments.experiment import Experiment
from lab.models import MODELS
from lab.recipes import STEPS
from lab.validation import SPLITTERS

_LIBRARIES = (
    "numpy",
    "scipy",
    "pandas",
    "scikit-learn",
    "imbalanced-learn",
    "xgboost-cpu",
    "xgboost",
    "lightgbm",
)
CELL_VERSION = 3
"""Raised when the way a cell is computed changes, so that no old result is taken for a new one."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One fit with its predictions.

    Parameters
    ----------
    key : str
        Fingerprint of everything that the result depends on.
    candidate : int
        Position of the candidate in its experiment.
    repeat, fold : int
        The split, counted from 0.
    """

    key: str
    candidate: int
    repeat: int
    fold: int


@cache
def library_versions() -> dict[str, str]:
    """Return the installed version of every library that results depend on."""
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def make_cells(experiment: Experiment, folds: list[tuple[int, int]]) -> tuple[Cell, ...]:
    """Return one cell for every candidate on every split.

    Parameters
    ----------
    experiment : Experiment
        What is to be run.
    folds : list of (int, int)
        Repeat and fold of each split.
    """
    stems = [candidate_key(experiment, index) for index in range(len(experiment.candidates))]
    return tuple(
        Cell(key=fingerprint(stem, repeat, fold), candidate=index, repeat=repeat, fold=fold)
        for index, stem in enumerate(stems)
        for repeat, fold in folds
    )


def candidate_key(experiment: Experiment, index: int) -> str:
    """Return the fingerprint of all but the split that a candidate's results depend on."""
    candidate = experiment.candidates[index]
    choices = [step.choice for step in candidate.recipe.steps]
    steps = [STEPS[choice.key].version for choice in choices]
    outside = filter(None, (STEPS[choice.key].outside(choice.settings) for choice in choices))
    splitter = SPLITTERS[experiment.plan.splitter.key].version
    raised = [splitter] if splitter > 1 else []  # a first version names no cell anew
    return fingerprint(
        experiment.dataset_id,
        experiment.plan,
        experiment.seed,
        library_versions(),
        CELL_VERSION,
        candidate.id,
        [MODELS[candidate.model.key].version, *steps, *raised, *outside],
    )


def fold_seed(seed: int, repeat: int, fold: int) -> int:
    """Return the seed of models and steps on one split of an experiment, from its own seed."""
    return int(fingerprint(seed, repeat, fold)[:8], 16) % (2**31 - 1)
