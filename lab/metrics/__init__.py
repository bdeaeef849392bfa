"""How predictions are judged."""

from lab.metrics.catalogue import METRICS
from lab.metrics.entry import Answers, MetricEntry
from lab.metrics.ranking import Ranking, rank_rows
from lab.metrics.scoring import (
    default_metrics,
    metrics_for,
    score_all,
    score_resamples,
)

__all__ = [
    "METRICS",
    "Answers",
    "MetricEntry",
    "Ranking",
    "default_metrics",
    "metrics_for",
    "rank_rows",
    "score_all",
    "score_resamples",
]
