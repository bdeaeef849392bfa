"""What the scores say beyond their means: intervals and differences, from folds or from rows."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from lab.comparison.bootstrap import OutputsOf, draw_scores
from lab.comparison.paired_tests import PairedTest, corrected_interval, corrected_paired_test
from lab.comparison.score_table import Floats, Ints, ScoreTable
from lab.validation import rows_tested_per_learned


class Evidence(Protocol):
    """Where intervals and differences come from."""

    def interval(self, metric: str) -> tuple[Floats, Floats]:
        """Return low and high of the mean score of every candidate; NaN where not known."""

    def compare(self, metric: str, first: Ints, second: Ints) -> PairedTest:
        """Return the differences of pairs of candidates, given by their positions."""

    def compare_mean(self, metric: str, first: Ints, second: Ints) -> PairedTest:
        """Return the mean difference of all pairs as one: of each fold, or draw of rows."""


@dataclass(frozen=True, kw_only=True, eq=False)
class FoldEvidence:
    """Intervals and differences from the spread over folds (corrected resampled t)."""

    table: ScoreTable

    def interval(self, metric: str) -> tuple[Floats, Floats]:
        """Return low and high of the mean score of every candidate."""
        return corrected_interval(self.table.scores(metric), test_ratio=self._ratio)

    def compare(self, metric: str, first: Ints, second: Ints) -> PairedTest:
        """Return the differences of pairs of candidates on the folds that both have."""
        scores = self.table.scores(metric)
        return corrected_paired_test(scores[first] - scores[second], test_ratio=self._ratio)

    def compare_mean(self, metric: str, first: Ints, second: Ints) -> PairedTest:
        """Return the mean difference of all pairs as one; folds that a pair lacks are left out."""
        scores = self.table.scores(metric)
        differences = (scores[first] - scores[second]).mean(axis=0, keepdims=True)
        return corrected_paired_test(differences, test_ratio=self._ratio)

    @property
    def _ratio(self) -> float:
        return rows_tested_per_learned(self.table.experiment.plan)


@dataclass(frozen=True, kw_only=True, eq=False)
class RowEvidence:
    """Intervals and differences from resampled test rows (percentile bootstrap).

    Parameters
    ----------
    draws : dict of str to ndarray of float64, shape (n_candidates, n_draws)
        By metric, the score of every candidate on every resample; NaN where it has none.
    table : ScoreTable
        Its one fold holds the scores on the rows themselves.
    """

    draws: dict[str, Floats]
    table: ScoreTable

    def interval(self, metric: str) -> tuple[Floats, Floats]:
        """Return low and high of the score of every candidate."""
        low, high = np.quantile(self.draws[metric], [0.025, 0.975], axis=1)
        return low, high

    def compare(self, metric: str, first: Ints, second: Ints) -> PairedTest:
        """Return the differences of pairs of candidates on the same resamples.

        The p-value sets the difference against its spread over the resamples: counting resamples
        beyond 0 would end at 2 / n_draws, too coarse once adjusted for many comparisons.
        """
        scores = self.table.scores(metric)[:, 0]
        draws = self.draws[metric][first] - self.draws[metric][second]
        return _drawn(scores[first] - scores[second], draws)

    def compare_mean(self, metric: str, first: Ints, second: Ints) -> PairedTest:
        """Return the mean difference of all pairs as one, on the same resamples."""
        scores = self.table.scores(metric)[:, 0]
        draws = self.draws[metric][first] - self.draws[metric][second]
        difference = (scores[first] - scores[second]).mean(keepdims=True)
        return _drawn(difference, draws.mean(axis=0, keepdims=True))


def make_evidence(
    table: ScoreTable, outputs_of: OutputsOf | None, metrics: tuple[str, ...]
) -> Evidence:
    """Return where intervals and differences come from: folds, or the rows of a single split.

    Parameters
    ----------
    table : ScoreTable
        All scores.
    outputs_of : callable (Cell) -> Outputs, or None
        Without it a single split gives neither intervals nor p-values.
    metrics : tuple of str
        Keys of the metrics that will be asked for.
    """
    if len(table.folds) == 1 and outputs_of is not None:
        return RowEvidence(draws=draw_scores(table, outputs_of, metrics), table=table)
    return FoldEvidence(table=table)


def _drawn(difference: Floats, draws: Floats) -> PairedTest:
    from scipy.special import ndtr

    low, high = np.quantile(draws, [0.025, 0.975], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(difference == 0, 0.0, np.abs(difference) / draws.std(axis=1, ddof=1))
    return PairedTest(
        difference=difference,
        low=low,
        high=high,
        p_value=np.where(np.isfinite(low), 2 * ndtr(-ratio), np.nan),
    )
