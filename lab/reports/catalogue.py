"""The table of report sections."""

from lab.base import Catalogue
from lab.reports.entry import SectionEntry
from lab.reports.sections import (
    candidates,
    curves,
    data,
    effects,
    explanations,
    folds,
    judging,
    leaderboard,
    reproduction,
    summary,
)

SECTIONS: Catalogue[SectionEntry] = Catalogue(
    "report section",
    SectionEntry(
        key="summary",
        title="Verdict",
        summary="What can be believed, in one look.",
        build=summary.build,
    ),
    SectionEntry(
        key="data",
        title="Data",
        summary="What was in the file, what reading changed, and what stands out.",
        build=data.build,
    ),
    SectionEntry(
        key="judging",
        title="How it was judged",
        summary="Splits, repeats, seeds, and what kept test rows apart.",
        build=judging.build,
    ),
    SectionEntry(
        key="leaderboard",
        title="Leaderboard",
        summary="All candidates with their scores, intervals, ties and costs.",
        build=leaderboard.build,
    ),
    SectionEntry(
        key="folds",
        title="How sure the order is",
        summary="Differences to the best, and scores by fold.",
        build=folds.build,
    ),
    SectionEntry(
        key="effects",
        title="What each choice bought",
        summary="Effects of single steps of preparation, where an ablation was run.",
        build=effects.build,
    ),
    SectionEntry(
        key="curves",
        title="Predictions",
        summary="Curves, calibration and confusion, or residuals.",
        build=curves.build,
    ),
    SectionEntry(
        key="explanations",
        title="What the models look at",
        summary="Importances of columns, where they were computed.",
        build=explanations.build,
    ),
    SectionEntry(
        key="candidates",
        title="Candidates",
        summary="Recipe and settings of each candidate.",
        build=candidates.build,
    ),
    SectionEntry(
        key="reproduction",
        title="How to reproduce it",
        summary="The command and the versions of the libraries.",
        build=reproduction.build,
    ),
)
