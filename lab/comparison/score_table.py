"""Scores of all candidates on all folds as arrays, and where each candidate stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.experiments import CellRecord, CellState, Experiment, FoldResult
from lab.metrics import METRICS, metrics_for
from lab.validation import fold_keys

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class ScoreTable:
    """Scores by candidate, fold and metric; NaN where a fold is not done or a metric undefined.

    Parameters
    ----------
    experiment : Experiment
        What is run.
    metrics : tuple of str
        Keys of all metrics of the task, those of the experiment first.
    folds : list of (int, int)
        Repeat and fold of every split.
    test, train : ndarray of float64, shape (n_candidates, n_folds, n_metrics)
        Scores on test rows and on training rows.
    records : tuple of tuple of CellRecord
        The cells of each candidate, by fold.
    """

    experiment: Experiment
    metrics: tuple[str, ...]
    folds: list[tuple[int, int]]
    test: Floats
    train: Floats
    records: tuple[tuple[CellRecord, ...], ...]

    def results(self, candidate: int) -> list[FoldResult]:
        """Return the results of the candidate's folds that are done."""
        records = self.records[candidate]
        return [record.result for record in records if _is_done(record) and record.result]

    def scores(self, metric: str) -> Floats:
        """Return the test scores of one metric; shape (n_candidates, n_folds)."""
        return self.test[:, :, self.metrics.index(metric)]

    def ranked(self, metric: str) -> Ints:
        """Return the positions of the complete candidates that have a metric, best first."""
        means = mean_of(self.scores(metric))
        found = np.flatnonzero(self.is_done & np.isfinite(means))
        sign = -1 if METRICS[metric].greater_is_better else 1
        ranked: Ints = found[np.argsort(sign * means[found], kind="stable")]
        return ranked

    @property
    def is_done(self) -> npt.NDArray[np.bool_]:
        """Whether every fold of each candidate is done."""
        counts = [sum(map(_is_done, records)) for records in self.records]
        return np.asarray(np.array(counts) == len(self.folds))


def make_score_table(experiment: Experiment, records: Sequence[CellRecord]) -> ScoreTable:
    """Return the scores of an experiment's cells as arrays.

    Parameters
    ----------
    experiment : Experiment
        What is run.
    records : sequence of CellRecord
        Its cells, in any order.
    """
    folds = fold_keys(experiment.plan)
    known = [entry.key for entry in metrics_for(experiment.task)]
    keys = tuple(dict.fromkeys([key for key in experiment.metrics if key in known] + known))
    shape = (len(experiment.candidates), len(folds), len(keys))
    test, train = np.full(shape, np.nan), np.full(shape, np.nan)
    places = {fold: place for place, fold in enumerate(folds)}
    by_candidate: list[list[CellRecord]] = [[] for _ in experiment.candidates]
    for record in records:
        cell = record.cell
        by_candidate[cell.candidate].append(record)
        if _is_done(record) and record.result is not None:
            place = places[cell.repeat, cell.fold]
            test[cell.candidate, place] = _line(record.result.test_scores, keys)
            train[cell.candidate, place] = _line(record.result.train_scores, keys)
    return ScoreTable(
        experiment=experiment,
        metrics=keys,
        folds=folds,
        test=test,
        train=train,
        records=tuple(tuple(sorted(cells, key=_place)) for cells in by_candidate),
    )


def fold_scores(experiment: Experiment, records: Sequence[CellRecord]) -> pd.DataFrame:
    """Return the scores of every fold that is done, a line a metric.

    Parameters
    ----------
    experiment : Experiment
        What is run.
    records : sequence of CellRecord
        Its cells.

    Returns
    -------
    DataFrame
        ``candidate, repeat, fold, metric, value, train_value`` in the order of the experiment;
        `metric` is a key and a value is NaN where it is not defined.
    """
    table = make_score_table(experiment, records)
    names = [candidate.name for candidate in experiment.candidates]
    cells = [record.cell for line in table.records for record in line if _is_done(record)]
    places = {fold: place for place, fold in enumerate(table.folds)}
    chosen = np.array([cell.candidate for cell in cells], dtype=np.int64)
    fold = np.array([places[cell.repeat, cell.fold] for cell in cells], dtype=np.int64)
    n_metrics = len(table.metrics)
    return pd.DataFrame(
        {
            "candidate": np.repeat(np.array(names, dtype=object)[chosen], n_metrics),
            "repeat": np.repeat([cell.repeat for cell in cells], n_metrics).astype(np.int64),
            "fold": np.repeat([cell.fold for cell in cells], n_metrics).astype(np.int64),
            "metric": np.tile(np.array(table.metrics, dtype=object), len(cells)),
            "value": table.test[chosen, fold].ravel(),
            "train_value": table.train[chosen, fold].ravel(),
        }
    )


def mean_of(values: Floats) -> Floats:
    """Return the mean over the last axis of the values that are there.

    NaN when none is, or when their sum is too large for a number.
    """
    found = np.isfinite(values)
    with np.errstate(invalid="ignore", over="ignore"):
        mean: Floats = np.where(found, values, 0.0).sum(axis=-1) / found.sum(axis=-1)
    return np.where(np.isfinite(mean), mean, np.nan)


def spread_of(values: Floats) -> Floats:
    """Return the mean squared distance from the mean, over the last axis, as `mean_of` does."""
    with np.errstate(over="ignore"):
        squares = (values - mean_of(values)[..., None]) ** 2
    is_too_large = np.isfinite(values) & np.isinf(squares)
    return np.where(is_too_large.any(axis=-1), np.nan, mean_of(squares))


def _line(scores: dict[str, float | None], keys: Iterable[str]) -> list[float]:
    found = [scores.get(key) for key in keys]
    return [np.nan if value is None else value for value in found]


def _is_done(record: CellRecord) -> bool:
    return record.state is CellState.DONE


def _place(record: CellRecord) -> tuple[int, int]:
    return record.cell.repeat, record.cell.fold
