"""The score of a candidate along the axis of a study."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lab.base import LabError, Param, Value, value_words
from lab.comparison.bootstrap import OutputsOf
from lab.comparison.evidence import make_evidence
from lab.comparison.score_table import ScoreTable, make_score_table, mean_of
from lab.comparison.standing import make_standing
from lab.experiments import CellRecord, Experiment, Study, StudyKind
from lab.metrics import METRICS
from lab.models import MODELS


def study_curve(
    experiment: Experiment,
    records: Sequence[CellRecord],
    metric: str,
    *,
    outputs: OutputsOf | None = None,
) -> pd.DataFrame:
    """Return a line for each version of the candidate, in the order of the study.

    Parameters
    ----------
    experiment : Experiment
        A study.
    records : sequence of CellRecord
        Its cells.
    metric : str
        Key of a metric of its task.
    outputs : callable (Cell) -> Outputs, optional
        Answers of a cell that is done; asked only when there is a single split.

    Returns
    -------
    DataFrame
        ``candidate, label, x, is_own, n_train, folds_done, mean, low, high, train, reason``: what
        is varied in words and as a number (NaN where it is none), the rows learned from (after
        resampling, mean of the folds), mean test score with the interval of the leaderboard, mean
        training score, and why folds have failed. Scores are NaN until all folds are done: a mean
        of other folds than those of the other points would bend the curve.
    """
    study = need_study(experiment)
    table = make_score_table(experiment, records)
    low, high = make_evidence(table, outputs, (metric,)).interval(metric)
    entry, is_done = METRICS[metric], table.is_done
    places = range(len(experiment.candidates))
    return pd.DataFrame(
        {
            "candidate": study.candidate,
            "label": labels_of(experiment),
            "x": [_number(value) for value in study.points],
            "is_own": [value == study.own for value in study.points],
            "n_train": [_rows_learned(table, place) for place in places],
            "folds_done": [len(table.results(place)) for place in places],
            "mean": np.where(is_done, mean_of(table.scores(metric)), np.nan),
            "low": np.where(is_done, np.clip(low, entry.lowest, entry.highest), np.nan),
            "high": np.where(is_done, np.clip(high, entry.lowest, entry.highest), np.nan),
            "train": np.where(is_done, mean_of(_training(table, metric)), np.nan),
            "reason": [make_standing(table, place, metric).reason for place in places],
        }
    )


def need_study(experiment: Experiment) -> Study:
    """Return what makes an experiment a study; LabError when it is none."""
    if experiment.study is None:
        raise LabError("this experiment is no study", hint="Start one on the page of studies.")
    return experiment.study


def labels_of(experiment: Experiment) -> list[str]:
    """Return what is varied in words, a text a candidate."""
    study = need_study(experiment)
    if study.kind is StudyKind.LEARNING:
        return [f"{100 * float(value or 0):.4g} %" for value in study.points]
    if study.kind is StudyKind.SEEDS:
        return [str(value) for value in study.points]
    param = _param(experiment)
    return [value_words(param, value) for value in study.points]


def setting_label(experiment: Experiment) -> str:
    """Return the words for people of the setting of a validation curve."""
    return _param(experiment).label


def _param(experiment: Experiment) -> Param:
    params = {param.name: param for param in MODELS[experiment.candidates[0].model.key].params}
    return params[need_study(experiment).param]


def _number(value: Value) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and value is not None else float("nan")


def _rows_learned(table: ScoreTable, place: int) -> float:
    rows = [result.n_train for result in table.results(place)]
    return sum(rows) / len(rows) if rows else float("nan")


def _training(table: ScoreTable, metric: str) -> np.ndarray:
    return table.train[:, :, table.metrics.index(metric)]
