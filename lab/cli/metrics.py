"""``python -m lab metrics``."""

import math

from lab.cli.listing import Facts, list_entries
from lab.metrics import METRICS, MetricEntry


def list_metrics(*, as_json: bool) -> None:
    """List the metrics: key, title, tasks, direction and range."""
    list_entries(METRICS, _facts, _headline, as_json=as_json)


def _facts(entry: MetricEntry) -> Facts:
    return {
        "summary": entry.summary,
        "tasks": sorted(entry.tasks),
        "needs": entry.needs,
        "greater_is_better": entry.greater_is_better,
        "lowest": entry.lowest if math.isfinite(entry.lowest) else None,
        "highest": entry.highest if math.isfinite(entry.highest) else None,
    }


def _headline(entry: MetricEntry) -> str:
    direction = "greater is better" if entry.greater_is_better else "less is better"
    return f"{', '.join(sorted(entry.tasks))}; {direction}"
