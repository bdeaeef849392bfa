"""A single hold-out: resamples of its test rows in place of folds.

Stratified percentile bootstrap (Efron & Tibshirani, 1993, chapter 13): rows are drawn with
replacement within each class, the same rows for all candidates, and every metric is computed on
every draw. Above some thousand test rows a stratified sample of them is resampled and the spread
scaled by the square root of the shares (the m out of n bootstrap: Bickel, Götze & van Zwet, 1997).
"""

from collections.abc import Callable, Mapping

import numpy as np

from lab.base import LabError
from lab.comparison.score_table import Floats, Ints, ScoreTable
from lab.experiments import Cell, Outputs
from lab.metrics import Answers, score_resamples

OutputsOf = Callable[[Cell], Outputs]
"""The test-row answers of a cell that is done, such as those that the store keeps."""

N_DRAWS = 500
_MAX_ROWS = 3000
_MIN_ROWS = 1000
_AT_ONCE = 20
"""Draws computed together: few enough that their rows stay in the processor's cache."""


def draw_scores(
    table: ScoreTable, outputs_of: OutputsOf, metrics: tuple[str, ...]
) -> dict[str, Floats]:
    """Return the scores of every candidate of a single split on resamples of its test rows.

    The same experiment always gets the same draws.

    Parameters
    ----------
    table : ScoreTable
        Of an experiment with one split.
    outputs_of : callable (Cell) -> Outputs
        The answers of a cell that is done.
    metrics : tuple of str
        Keys of the metrics wanted.

    Returns
    -------
    dict of str to ndarray of float64, shape (n_candidates, N_DRAWS)
        By metric; NaN for a candidate that is not done or has no such metric.
    """
    outputs = _outputs(table, outputs_of)
    draws = {key: np.full((len(table.records), N_DRAWS), np.nan) for key in metrics}
    if outputs:
        _fill(draws, table, outputs)
    return draws


def _outputs(table: ScoreTable, outputs_of: OutputsOf) -> dict[int, Outputs]:
    done = np.flatnonzero(table.is_done)
    outputs = {int(place): outputs_of(table.records[place][0].cell) for place in done}
    rows = [given.rows for given in outputs.values()]
    if any(not np.array_equal(rows[0], others) for others in rows[1:]):
        raise LabError(
            "the candidates were not judged on the same rows",
            hint="Run the experiment again.",
        )
    return outputs


def _fill(draws: dict[str, Floats], table: ScoreTable, outputs: Mapping[int, Outputs]) -> None:
    task = table.experiment.task
    first = next(iter(outputs.values()))
    strata = first.truth.astype(np.int64) if task.is_classification else _one(len(first.truth))
    width = 1 if first.scores is None or first.scores.shape[1] == 2 else first.scores.shape[1]
    rng = np.random.default_rng(table.experiment.seed)
    sample = _sample(strata, max(_MAX_ROWS // width, _MIN_ROWS), rng)
    counts = _counts(strata[sample], rng)
    scale = float(np.sqrt(len(sample) / len(strata)))
    for place, given in outputs.items():
        answers = _answers(given, sample)
        whole = score_resamples(answers, task, draws, counts=np.ones((1, len(sample))))
        for start in range(0, N_DRAWS, _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            scores = score_resamples(answers, task, draws, counts=counts[part])
            for key, values in scores.items():
                centre = table.scores(key)[place, 0]
                draws[key][place, part] = centre + (values - whole[key]) * scale


def _answers(given: Outputs, sample: Ints) -> Answers:
    return Answers(
        truth=given.truth[sample],
        predicted=given.predicted[sample],
        scores=None if given.scores is None else given.scores[sample],
        are_probabilities=given.are_probabilities,
        weight=None if given.weight is None else given.weight[sample],
    )


def _sample(strata: Ints, size: int, rng: np.random.Generator) -> Ints:
    """Return sorted positions of at most about `size` rows, in each stratum's share."""
    if len(strata) <= size:
        return np.arange(len(strata))
    parts = []
    for code in np.unique(strata):
        rows = np.flatnonzero(strata == code)
        wanted = max(1, round(len(rows) * size / len(strata)))
        parts.append(rng.choice(rows, size=wanted, replace=False))
    return np.sort(np.concatenate(parts))


def _counts(strata: Ints, rng: np.random.Generator) -> Floats:
    """Return how often each row stands in each draw; draws keep the size of every stratum."""
    counts = np.zeros((N_DRAWS, len(strata)))
    for code in np.unique(strata):
        rows = np.flatnonzero(strata == code)
        drawn = rng.integers(0, len(rows), size=(N_DRAWS, len(rows)))
        drawn += np.arange(N_DRAWS)[:, None] * len(rows)
        found = np.bincount(drawn.ravel(), minlength=N_DRAWS * len(rows))
        counts[:, rows] = found.reshape(N_DRAWS, len(rows))
    return counts


def _one(n: int) -> Ints:
    return np.zeros(n, dtype=np.int64)
