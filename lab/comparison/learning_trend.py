"""Where a learning curve is going, and whether more data would help."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from lab.comparison.paired_tests import LEVEL
from lab.comparison.power_law import fit_power_law
from lab.comparison.score_table import Floats, ScoreTable, make_score_table
from lab.comparison.wording import number
from lab.experiments import CellRecord, Experiment
from lab.metrics import METRICS, MetricEntry
from lab.validation import rows_tested_per_learned

AHEAD = 2.0
"""How many times the rows at hand a curve is followed: further than that is a guess."""

WORTH = 0.05
"""Share of what is missing to a perfect score from which on a gain counts as help."""

N_DRAWS = 400
_MIN_SIZES, _MIN_FOLDS = 4, 3
_N_DRAWN = 60


class Outlook(StrEnum):
    """Whether more data would help."""

    HELPS = "helps"
    HARDLY = "hardly"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, eq=False)
class LearningTrend:
    """The power law behind a learning curve, followed beyond the rows at hand.

    Parameters
    ----------
    frame : DataFrame
        ``n, mean, low, high``: the curve with its 95 % band from the fewest rows measured to
        twice the most; empty when the points do not allow one.
    outlook : Outlook
        Whether more data would help.
    gain, gain_low, gain_high : float
        How much better the score would be with twice the rows, with its 95 % band; NaN when that
        is not known.
    advice : str
        The same in words, with the reason.
    """

    frame: pd.DataFrame
    outlook: Outlook
    gain: float
    gain_low: float
    gain_high: float
    advice: str


def learning_trend(
    experiment: Experiment, records: Sequence[CellRecord], metric: str
) -> LearningTrend:
    """Return the trend of a learning curve as far as its finished points tell it.

    The band is a bootstrap over folds, whose spread is widened to what the corrected variance of
    the leaderboard and the few folds ask for; the same study always gets the same draws.

    Parameters
    ----------
    experiment : Experiment
        A study of shares of the training rows.
    records : sequence of CellRecord
        Its cells.
    metric : str
        Key of a metric of its task.
    """
    n, scores = _points(make_score_table(experiment, records), metric)
    if len(n) < _MIN_SIZES:
        finished = "1 size is finished" if len(n) == 1 else f"{len(n)} sizes are finished"
        return _unknown(f"{finished}, and a trend needs at least {_MIN_SIZES}")
    n_folds = scores.shape[1]
    if n_folds < _MIN_FOLDS:
        return _unknown(
            f"the scores of {n_folds} {'fold' if n_folds == 1 else 'folds'} do not tell how much "
            f"is luck, it takes at least {_MIN_FOLDS}"
        )
    following = _Following(
        n=n,
        scores=scores,
        metric=METRICS[metric],
        widening=_widening(n_folds, rows_tested_per_learned(experiment.plan)),
        seed=experiment.seed,
    )
    if len(n) > _MIN_SIZES and not following.foretells_its_last_point():
        return _unknown(
            "the points do not lie on a curve that levels off steadily: the score with all rows is "
            "not what those with fewer rows foretell"
        )
    return following.trend()


def _points(table: ScoreTable, metric: str) -> tuple[Floats, Floats]:
    """Rows learned from, and scores by fold, of the finished points in order of rows."""
    done = np.flatnonzero(table.is_done)
    results = [table.results(int(place)) for place in done]
    n = np.array([np.mean([result.n_train for result in found]) for found in results])
    scores = table.scores(metric)[done]
    scores = scores[:, np.isfinite(scores).all(axis=0)]
    order = np.argsort(n, kind="stable")
    distinct = order[np.diff(n[order], prepend=-1) > 0] if len(n) else order
    return n[distinct], scores[distinct]


def _widening(n_folds: int, test_ratio: float) -> float:
    """How much wider than a plain bootstrap of the folds a corrected interval of their mean is."""
    from scipy.special import ndtri, stdtrit

    corrected = 1 / n_folds + test_ratio
    plain = (n_folds - 1) / n_folds**2
    share = 0.5 + LEVEL / 2
    return float(np.sqrt(corrected / plain) * stdtrit(n_folds - 1, share) / ndtri(share))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Following:
    """Points of a learning curve, and the power law through them and through their resamples."""

    n: Floats
    scores: Floats
    metric: MetricEntry
    widening: float
    seed: int

    def means(self) -> Floats:
        """Mean curves: the measured one first, then those of resampled folds."""
        n_folds = self.scores.shape[1]
        drawn = np.random.default_rng(self.seed).integers(0, n_folds, size=(N_DRAWS, n_folds))
        places = np.vstack([np.arange(n_folds), drawn])
        means: Floats = self.scores[:, places].mean(axis=2).T
        return means

    def curves(self, means: Floats, n_points: int, at: Floats) -> Floats:
        """Power laws through the first points of mean curves, read off at numbers of rows."""
        law = fit_power_law(
            self.n[:n_points],
            means[:, :n_points],
            best=self.metric.best,
            greater_is_better=self.metric.greater_is_better,
        )
        return law.at(at)

    def band(self, values: Floats) -> tuple[Floats, Floats]:
        """Widened interval around the first line of values by the spread of the others."""
        tail = (1 - LEVEL) / 2
        low, high = np.quantile(values[1:] - values[0], [tail, 1 - tail], axis=0)
        return values[0] + self.widening * low, values[0] + self.widening * high

    def foretells_its_last_point(self) -> bool:
        """Whether the power law without the largest size agrees with the score there."""
        means = self.means()
        missed = means[:, -1:] - self.curves(means, len(self.n) - 1, self.n[-1:])
        low, high = self.band(missed)
        return bool(low[0] <= 0 <= high[0])

    def trend(self) -> LearningTrend:
        """Return the curve with its band, and what follows from it."""
        at = np.geomspace(self.n[0], AHEAD * self.n[-1], _N_DRAWN)
        means = self.means()
        curves = self.curves(means, len(self.n), at)
        low, high = self.band(curves)
        bounds = self.metric.lowest, self.metric.highest
        frame = pd.DataFrame(
            {"n": at, "mean": curves[0], "low": np.clip(low, *bounds),
             "high": np.clip(high, *bounds)}
        )  # fmt: skip
        ends = self.curves(means, len(self.n), np.array([self.n[-1], at[-1]]))
        sign = 1 if self.metric.greater_is_better else -1
        gains = sign * (ends[:, 1:] - ends[:, :1])
        gain_low, gain_high = (float(end[0]) for end in self.band(gains))
        return self._told(frame, float(gains[0, 0]), gain_low, gain_high)

    def _told(
        self, frame: pd.DataFrame, gain: float, gain_low: float, gain_high: float
    ) -> LearningTrend:
        rest = abs(self.metric.best - float(self.scores[-1].mean()))
        outlook = _outlook(gain, gain_low, gain_high, WORTH * rest)
        return LearningTrend(
            frame=frame,
            outlook=outlook,
            gain=gain,
            gain_low=gain_low,
            gain_high=gain_high,
            advice=self._advice(outlook, gain, gain_low, gain_high),
        )

    def _advice(self, outlook: Outlook, gain: float, low: float, high: float) -> str:
        rows = f"twice the rows ({AHEAD * self.n[-1]:,.0f} instead of {self.n[-1]:,.0f})"
        title = self.metric.title
        better = "higher" if self.metric.greater_is_better else "lower"
        if outlook is Outlook.HELPS:
            return (
                f"More data would help: with {rows} {title} would be about {number(gain)} {better} "
                f"(95 % band {number(low)} to {number(high)})."
            )
        if outlook is Outlook.HARDLY:
            return (
                f"More data would hardly help: {rows} would make {title} better by at most "
                f"{number(max(high, 0.0))}, less than {100 * WORTH:.0f} % of what is missing to a "
                "perfect score. Better columns, another model or other settings promise more."
            )
        return (
            f"Whether more data would help cannot be told: the gain in {title} from {rows} is "
            f"between {_signed(low)} and {_signed(high)}. More folds or repeats narrow this down."
        )


def _outlook(gain: float, gain_low: float, gain_high: float, worth: float) -> Outlook:
    if gain_high < worth:
        return Outlook.HARDLY
    return Outlook.HELPS if gain_low > 0 and gain >= worth else Outlook.UNKNOWN


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number(value)}"


def _unknown(reason: str) -> LearningTrend:
    nothing = float("nan")
    return LearningTrend(
        frame=pd.DataFrame(columns=["n", "mean", "low", "high"], dtype=np.float64),
        outlook=Outlook.UNKNOWN,
        gain=nothing,
        gain_low=nothing,
        gain_high=nothing,
        advice=f"Whether more data would help cannot be told: {reason}.",
    )
