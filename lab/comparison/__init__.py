"""What can be believed to be better."""

from lab.comparison.bootstrap import OutputsOf
from lab.comparison.choice_effects import (
    TOGETHER,
    Verdict,
    choice_effects,
    effects_summary,
    signed_interval,
)
from lab.comparison.differences import difference_matrix
from lab.comparison.leaderboard import Leaderboard, make_leaderboard
from lab.comparison.learning_trend import LearningTrend, Outlook, learning_trend
from lab.comparison.optimism import Optimism, picking_optimism
from lab.comparison.paired_tests import (
    LEVEL,
    PairedTest,
    corrected_interval,
    corrected_paired_test,
    holm,
)
from lab.comparison.power_law import PowerLaw, fit_power_law
from lab.comparison.racing import RuledOut, ruled_out
from lab.comparison.score_table import fold_scores
from lab.comparison.seed_luck import SeedLuck, seed_luck
from lab.comparison.setting_advice import setting_advice
from lab.comparison.study_curve import setting_label, study_curve
from lab.comparison.wording import number, with_interval

__all__ = [
    "LEVEL",
    "TOGETHER",
    "Leaderboard",
    "LearningTrend",
    "Optimism",
    "Outlook",
    "OutputsOf",
    "PairedTest",
    "PowerLaw",
    "RuledOut",
    "SeedLuck",
    "Verdict",
    "choice_effects",
    "corrected_interval",
    "corrected_paired_test",
    "difference_matrix",
    "effects_summary",
    "fit_power_law",
    "fold_scores",
    "holm",
    "learning_trend",
    "make_leaderboard",
    "number",
    "picking_optimism",
    "ruled_out",
    "seed_luck",
    "setting_advice",
    "setting_label",
    "signed_interval",
    "study_curve",
    "with_interval",
]
