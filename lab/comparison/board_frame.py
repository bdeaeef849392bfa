"""The leaderboard's columns."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lab.comparison.evidence import Evidence
from lab.comparison.paired_tests import LEVEL, holm
from lab.comparison.score_table import Floats, Ints, ScoreTable, mean_of, spread_of
from lab.comparison.standing import RANKS, Standing
from lab.metrics import METRICS
from lab.models import MODELS

Columns = dict[str, object]


def board_frame(
    table: ScoreTable, standings: Sequence[Standing], evidence: Evidence, primary: str
) -> pd.DataFrame:
    """Return a line a candidate, best first.

    Parameters
    ----------
    table : ScoreTable
        All scores.
    standings : sequence of Standing
        Where each candidate stands.
    evidence : Evidence
        Where intervals and differences come from.
    primary : str
        Key of the metric that ranks.
    """
    compared = _compared(table, evidence, primary)
    columns: Columns = {
        **_who(table, standings),
        "tied": compared["tied"],
        **_by_metric(table, evidence),
        **_training(table, primary),
        **compared,
        **_costs(table),
        "reason": [standing.reason for standing in standings],
    }
    order = _order(standings, mean_of(table.scores(primary)), primary)
    return pd.DataFrame(columns).iloc[order].reset_index(drop=True)


def _order(standings: Sequence[Standing], means: Floats, primary: str) -> Ints:
    """Return positions by state, then by score; candidates without a score stand last."""
    sign = -1 if METRICS[primary].greater_is_better else 1
    signed = np.where(np.isfinite(means), sign * means, np.inf)
    ranks = np.array([RANKS[standing.state] for standing in standings])
    return np.lexsort((signed, ranks))


def _who(table: ScoreTable, standings: Sequence[Standing]) -> Columns:
    candidates = table.experiment.candidates
    return {
        "candidate_id": [candidate.id for candidate in candidates],
        "candidate": [candidate.name for candidate in candidates],
        "model": [MODELS[candidate.model.key].title for candidate in candidates],
        "recipe": [candidate.recipe.title for candidate in candidates],
        "state": [standing.state for standing in standings],
        "folds_done": [standing.folds_done for standing in standings],
        "folds_total": len(table.folds),
    }


def _by_metric(table: ScoreTable, evidence: Evidence) -> Columns:
    columns: Columns = {}
    for key in table.metrics:
        entry, scores = METRICS[key], table.scores(key)
        low, high = evidence.interval(key)
        columns[key] = mean_of(scores)
        columns[f"{key}_sd"] = _spread(scores)
        columns[f"{key}_low"] = np.clip(low, entry.lowest, entry.highest)
        columns[f"{key}_high"] = np.clip(high, entry.lowest, entry.highest)
    return columns


def _spread(scores: Floats) -> Floats:
    """Return the standard deviation over folds; NaN with fewer than two."""
    counts = np.isfinite(scores).sum(axis=1)
    return np.sqrt(
        spread_of(scores) * np.where(counts > 1, counts / np.maximum(counts - 1, 1), np.nan)
    )


def _training(table: ScoreTable, primary: str) -> Columns:
    """Training score, and how much better it is than the test score (negative: worse)."""
    train = mean_of(table.train[:, :, table.metrics.index(primary)])
    ahead = train - mean_of(table.scores(primary))
    return {"train": train, "gap": ahead if METRICS[primary].greater_is_better else -ahead}


def _compared(table: ScoreTable, evidence: Evidence, primary: str) -> Columns:
    """Differences of the complete candidates to the best one."""
    n = len(table.records)
    ranked = table.ranked(primary)
    columns = {
        name: np.full(n, np.nan)
        for name in ("difference", "difference_low", "difference_high", "p_value")
    }
    tied = np.zeros(n, dtype=bool)
    if ranked.size:
        best, others = ranked[0], ranked[1:]
        test = evidence.compare(primary, others, np.full(len(others), best))
        p_value = holm(test.p_value)
        columns["difference"][best] = 0.0
        columns["difference"][others] = test.difference
        columns["difference_low"][others] = test.low
        columns["difference_high"][others] = test.high
        columns["p_value"][others] = p_value
        tied[best] = True
        tied[others] = ~(p_value < 1 - LEVEL)
    return {"tied": tied, **columns}


def _costs(table: ScoreTable) -> Columns:
    results = [table.results(place) for place in range(len(table.records))]
    columns: Columns = {
        name: [_mean([getattr(result, name) for result in found]) for found in results]
        for name in ("fit_seconds", "predict_seconds", "prepare_seconds")
    }
    columns["peak_mb"] = [max((r.peak_mb for r in found), default=np.nan) for found in results]
    features = [max((r.n_features for r in found), default=None) for found in results]
    columns["n_features"] = pd.array(features, dtype="Int64")
    columns["warnings"] = [
        "; ".join(dict.fromkeys(text for result in found for text in result.warnings))
        for found in results
    ]
    return columns


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
