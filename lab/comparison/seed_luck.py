"""How much of a score is luck of the model's seed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lab.comparison.paired_tests import LEVEL
from lab.comparison.score_table import Floats, make_score_table
from lab.comparison.wording import number
from lab.experiments import CellRecord, Experiment
from lab.metrics import METRICS


@dataclass(frozen=True, kw_only=True)
class SeedLuck:
    """What the seed and the fold contribute to the variance of a fold's score.

    Parameters
    ----------
    seed_share, low, high : float
        Share of the variance that is the seed's, with its 95 % interval; the rest is that of the
        rows in a fold. NaN when it is not known.
    seed_spread : float
        Standard deviation, over seeds, of the mean over folds.
    sentence : str
        The same in words.
    """

    seed_share: float
    low: float
    high: float
    seed_spread: float
    sentence: str


def seed_luck(experiment: Experiment, records: Sequence[CellRecord], metric: str) -> SeedLuck:
    """Return how much of a score is luck of the seed, from the seeds that are finished.

    Every fold has seeds of its own, so seeds stand within folds: one-way analysis of variance with
    random effects, and the exact interval of its intraclass correlation (Searle, Casella &
    McCulloch, "Variance Components", 1992, section 3.6).

    Parameters
    ----------
    experiment : Experiment
        A study of seeds.
    records : sequence of CellRecord
        Its cells.
    metric : str
        Key of a metric of its task.
    """
    table = make_score_table(experiment, records)
    scores = table.scores(metric)[table.is_done]
    scores = scores[:, np.isfinite(scores).all(axis=0)]
    n_seeds, n_folds = scores.shape
    if n_seeds < 2 or n_folds < 2:
        return _unknown("it takes at least two finished seeds and two folds")
    within = float(scores.var(axis=0, ddof=1).mean())
    between = float(n_seeds * scores.mean(axis=0).var(ddof=1))
    title = METRICS[metric].title
    if within == 0:
        return SeedLuck(
            seed_share=0.0,
            low=0.0,
            high=0.0,
            seed_spread=0.0,
            sentence=f"The seed changes nothing: {title} is the same with all {n_seeds} seeds.",
        )
    low, high = _interval(between / within, n_seeds, n_folds)
    share = within / (within + max((between - within) / n_seeds, 0.0))
    spread = float(np.sqrt(within / n_folds))
    return SeedLuck(
        seed_share=share,
        low=low,
        high=high,
        seed_spread=spread,
        sentence=_sentence(title, scores, spread, (share, low, high)),
    )


def _interval(ratio: float, n_seeds: int, n_folds: int) -> tuple[float, float]:
    """Return the ends of the interval of the seed's share, from the ratio of mean squares."""
    from scipy.special import fdtri

    free, rest = n_folds - 1, n_folds * (n_seeds - 1)
    tail = (1 - LEVEL) / 2
    few = ratio / fdtri(free, rest, 1 - tail)
    many = ratio / fdtri(free, rest, tail)
    low, high = (1 - (value - 1) / (value + n_seeds - 1) for value in (many, few))
    return float(np.clip(low, 0, 1)), float(np.clip(high, 0, 1))


def _sentence(title: str, scores: Floats, spread: float, shares: tuple[float, float, float]) -> str:
    n_seeds, n_folds = scores.shape
    means = scores.mean(axis=1)
    share, low, high = shares
    # Twice the standard deviation of a difference of two such means: 1.96 times the root of 2.
    luck = number(2.77 * spread)
    return (
        f"Over {n_seeds} seeds the mean {title} of {n_folds} folds goes from {number(means.min())} "
        f"to {number(means.max())}: models that differ by less than {luck} may differ by their "
        f"seeds alone. Of the variance of single folds {100 * share:.0f} % is the seed's (95 % "
        f"interval {100 * low:.0f} to {100 * high:.0f} %), the rest that of the rows."
    )


def _unknown(reason: str) -> SeedLuck:
    nothing = float("nan")
    return SeedLuck(
        seed_share=nothing,
        low=nothing,
        high=nothing,
        seed_spread=nothing,
        sentence=f"How much the seed matters cannot be told yet: {reason}.",
    )
