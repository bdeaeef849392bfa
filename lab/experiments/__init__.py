"""What is to be run, and what came out of it, as plain values."""

from lab.experiments.candidate import Candidate
from lab.experiments.cells import Cell, candidate_key, fold_seed, library_versions, make_cells
from lab.experiments.experiment import Experiment, Limits
from lab.experiments.results import (
    ALLOWED_MOVES,
    CellRecord,
    CellState,
    Failure,
    FoldResult,
    Outputs,
    Predictions,
)

__all__ = [
    "ALLOWED_MOVES",
    "Candidate",
    "Cell",
    "CellRecord",
    "CellState",
    "Experiment",
    "Failure",
    "FoldResult",
    "Limits",
    "Outputs",
    "Predictions",
    "candidate_key",
    "fold_seed",
    "library_versions",
    "make_cells",
]
