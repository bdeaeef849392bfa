"""Candidates in order of what they can be believed to be worth."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lab.base import LabError
from lab.comparison.board_frame import board_frame
from lab.comparison.bootstrap import OutputsOf
from lab.comparison.evidence import make_evidence
from lab.comparison.optimism import Optimism, picking_optimism
from lab.comparison.score_table import ScoreTable, make_score_table
from lab.comparison.standing import make_standing
from lab.comparison.verdict import make_notes, make_verdict
from lab.experiments import CellRecord, Experiment
from lab.metrics import METRICS

_BASELINE = "dummy"


@dataclass(frozen=True, kw_only=True, eq=False)
class Leaderboard:
    """Candidates, best first, with how sure that order is.

    Parameters
    ----------
    frame : DataFrame
        A line a candidate: ``candidate_id, candidate, model, recipe, state, folds_done,
        folds_total, tied``; for every metric of the task ``m, m_sd, m_low, m_high`` (mean,
        standard deviation over folds, 95 % interval); ``train`` (training score of the primary
        metric) and ``gap`` (how much better that is than the test score); ``difference`` to the
        best (candidate minus best) with ``difference_low, difference_high`` (95 %, each for
        itself) and ``p_value`` (adjusted for all comparisons); ``fit_seconds, predict_seconds,
        prepare_seconds`` (mean of a fold), ``peak_mb``, ``n_features``, ``warnings`` and
        ``reason``. Complete candidates stand first, in the metric's own direction. `tied` says
        that a complete candidate cannot be told apart from the best.
    primary : str
        Key of the metric that ranks.
    greater_is_better : bool
        Its direction.
    verdict : str
        What can be believed, in plain words.
    optimism : Optimism or None
        How much the winner is flattered by having been picked.
    notes : tuple of str
        What limits these numbers, one sentence each.
    """

    frame: pd.DataFrame
    primary: str
    greater_is_better: bool
    verdict: str
    optimism: Optimism | None
    notes: tuple[str, ...] = ()


def make_leaderboard(
    experiment: Experiment,
    records: Sequence[CellRecord],
    *,
    primary: str | None = None,
    outputs: OutputsOf | None = None,
) -> Leaderboard:
    """Return the leaderboard of an experiment, finished or not.

    Parameters
    ----------
    experiment : Experiment
        What is run.
    records : sequence of CellRecord
        Its cells with where they stand.
    primary : str, optional
        Key of the metric that ranks; the experiment's first when not given.
    outputs : callable (Cell) -> Outputs, optional
        Test-row answers of a cell that is done. Asked only when there is a single split, where
        intervals and differences come from resampled rows; without it they are not known.

    Raises
    ------
    LabError
        When the metric does not judge the experiment's task.
    """
    key = _primary(experiment, primary)
    entry = METRICS[key]
    table = make_score_table(experiment, records)
    standings = [make_standing(table, place, key) for place in range(len(table.records))]
    evidence = make_evidence(table, outputs, table.metrics)
    frame = board_frame(table, standings, evidence, key)
    return Leaderboard(
        frame=frame,
        primary=key,
        greater_is_better=entry.greater_is_better,
        verdict=make_verdict(
            frame,
            entry,
            standings=standings,
            baselines=_baselines(experiment),
            outscored=_outscored(table, frame, key),
        ),
        optimism=picking_optimism(
            table.scores(key)[table.is_done], greater_is_better=entry.greater_is_better
        ),
        notes=make_notes(experiment.plan, has_rows=outputs is not None),
    )


def _outscored(table: ScoreTable, frame: pd.DataFrame, key: str) -> tuple[str, ...]:
    """Return the names of the candidates that the first one is ahead of in every fold."""
    scores = table.scores(key)
    place = [candidate.id for candidate in table.experiment.candidates].index(
        frame["candidate_id"].iloc[0]
    )
    sign = 1 if METRICS[key].greater_is_better else -1
    is_ahead = (sign * (scores[place] - scores) > 0).all(axis=1)
    return tuple(
        candidate.name
        for candidate, ahead in zip(table.experiment.candidates, is_ahead, strict=True)
        if ahead
    )


def _primary(experiment: Experiment, given: str | None) -> str:
    key = experiment.metrics[0] if given is None else given
    if experiment.task not in METRICS[key].tasks:
        raise LabError(
            f"{METRICS[key].title} does not judge {experiment.task.title.lower()}",
            hint="Choose a metric of this task.",
        )
    return key


def _baselines(experiment: Experiment) -> tuple[str, ...]:
    return tuple(
        candidate.name for candidate in experiment.candidates if candidate.model.key == _BASELINE
    )
