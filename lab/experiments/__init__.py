"""What is to be run, and what came out of it, as plain values."""

from lab.experiments.ablations import ablation, unfit_reason
from lab.experiments.candidate import Candidate
from lab.experiments.cells import (
    CELL_VERSION,
    Cell,
    candidate_key,
    fold_seed,
    library_versions,
    make_cells,
)
from lab.experiments.experiment import Experiment, Limits
from lab.experiments.proposals import offered
from lab.experiments.results import (
    ALLOWED_MOVES,
    CellRecord,
    CellState,
    Failure,
    FoldResult,
    Outputs,
    Predictions,
)
from lab.experiments.studies import SHARES, learning_curve, repeated_seeds, validation_curve
from lab.experiments.study import Contrast, Study, StudyKind
from lab.experiments.study_values import value_range, values_of, varied_params

__all__ = [
    "ALLOWED_MOVES",
    "CELL_VERSION",
    "SHARES",
    "Candidate",
    "Cell",
    "CellRecord",
    "CellState",
    "Contrast",
    "Experiment",
    "Failure",
    "FoldResult",
    "Limits",
    "Outputs",
    "Predictions",
    "Study",
    "StudyKind",
    "ablation",
    "candidate_key",
    "fold_seed",
    "learning_curve",
    "library_versions",
    "make_cells",
    "offered",
    "repeated_seeds",
    "unfit_reason",
    "validation_curve",
    "value_range",
    "values_of",
    "varied_params",
]
