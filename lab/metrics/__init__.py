"""How predictions are judged."""

from lab.metrics.catalogue import METRICS
from lab.metrics.entry import Answers, MetricEntry
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
    "default_metrics",
    "metrics_for",
    "score_all",
    "score_resamples",
]
