"""What a validation curve says about a setting."""

from collections.abc import Sequence

import numpy as np

from lab.comparison.bootstrap import OutputsOf
from lab.comparison.evidence import make_evidence
from lab.comparison.paired_tests import LEVEL, holm
from lab.comparison.score_table import Ints, ScoreTable, make_score_table
from lab.comparison.study_curve import labels_of, need_study, setting_label
from lab.comparison.wording import number
from lab.experiments import CellRecord, Experiment
from lab.metrics import METRICS


def setting_advice(
    experiment: Experiment,
    records: Sequence[CellRecord],
    metric: str,
    *,
    outputs: OutputsOf | None = None,
) -> str:
    """Return in words whether another value of the setting can be believed to be better.

    Every value is compared with the present one by the paired test of the leaderboard, adjusted
    for all these comparisons.

    Parameters
    ----------
    experiment : Experiment
        A study of one setting.
    records : sequence of CellRecord
        Its cells.
    metric : str
        Key of a metric of its task.
    outputs : callable (Cell) -> Outputs, optional
        Answers of a cell that is done; asked only when there is a single split.
    """
    study = need_study(experiment)
    table = make_score_table(experiment, records)
    ranked, own = table.ranked(metric), study.points.index(study.own)
    if len(ranked) < 2 or own not in ranked:
        return (
            "What the setting does cannot be told yet: the present value and another one have to "
            "be finished."
        )
    labels = labels_of(experiment)
    told = _compared(table, metric, ranked, own, labels, outputs)
    setting = setting_label(experiment)
    return f"{setting}: {told}{_edge(experiment, int(ranked[0]), labels)}"


def _compared(
    table: ScoreTable,
    metric: str,
    ranked: Ints,
    own: int,
    labels: list[str],
    outputs: OutputsOf | None,
) -> str:
    best, title = int(ranked[0]), METRICS[metric].title
    if best == own:
        return f"the present value, {labels[own]}, scores best of the {len(ranked)} values."
    others = ranked[ranked != own]
    test = make_evidence(table, outputs, (metric,)).compare(
        metric, others, np.full(len(others), own)
    )
    p_value = float(holm(test.p_value)[0])
    lead = f"{labels[best]} scores best, by {number(abs(float(test.difference[0])))} of {title}"
    if p_value < 1 - LEVEL:
        return (
            f"{lead}, and can be believed to be better than the present {labels[own]}. Picked as "
            "the best of several on the folds that score it, it is flattered a little."
        )
    reason = "a single split without its rows tells nothing" if np.isnan(p_value) else (
        "the difference may be luck of the folds"
    )  # fmt: skip
    return f"{lead}, but cannot be told apart from the present {labels[own]}: {reason}."


def _edge(experiment: Experiment, best: int, labels: list[str]) -> str:
    points = need_study(experiment).points
    numbers = [
        place
        for place, value in enumerate(points)
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    if len(numbers) < 2 or best not in {numbers[0], numbers[-1]}:
        return ""
    return f" {labels[best]} is at the end of the values tried: look further in that direction."
