"""What can be believed to be better."""

from lab.comparison.bootstrap import OutputsOf
from lab.comparison.differences import difference_matrix
from lab.comparison.leaderboard import Leaderboard, make_leaderboard
from lab.comparison.optimism import Optimism, picking_optimism
from lab.comparison.paired_tests import (
    LEVEL,
    PairedTest,
    corrected_interval,
    corrected_paired_test,
    holm,
)
from lab.comparison.score_table import fold_scores

__all__ = [
    "LEVEL",
    "Leaderboard",
    "Optimism",
    "OutputsOf",
    "PairedTest",
    "corrected_interval",
    "corrected_paired_test",
    "difference_matrix",
    "fold_scores",
    "holm",
    "make_leaderboard",
    "picking_optimism",
]
