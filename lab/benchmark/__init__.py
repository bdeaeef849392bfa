"""How experiments are run: in a process of their own, each cell in one more."""

from lab.benchmark.cluster_address import check_cluster, default_cluster
from lab.benchmark.control import cancel, pause, start, start_job, wait
from lab.benchmark.control import require_job as status
from lab.benchmark.durations import Size, guess_from, whole_seconds
from lab.benchmark.fitting import (
    Fitted,
    dataset_splits,
    fit_candidate,
    fit_prepared,
    training_rows,
)
from lab.benchmark.isolated import Outcome, child_context, run_isolated
from lab.benchmark.ledger import Ledger, LedgerLine, fold_ledger
from lab.benchmark.limits import memory_mb, worker_count
from lab.benchmark.look import data_findings, kept_findings
from lab.benchmark.pool import Pool
from lab.benchmark.prepared import PreparedRows, PreparedSplit
from lab.benchmark.runs import Run, list_runs
from lab.benchmark.work import work_on

__all__ = [
    "Fitted",
    "Ledger",
    "LedgerLine",
    "Outcome",
    "Pool",
    "PreparedRows",
    "PreparedSplit",
    "Run",
    "Size",
    "cancel",
    "check_cluster",
    "child_context",
    "data_findings",
    "dataset_splits",
    "default_cluster",
    "fit_candidate",
    "fit_prepared",
    "fold_ledger",
    "guess_from",
    "kept_findings",
    "list_runs",
    "memory_mb",
    "pause",
    "run_isolated",
    "start",
    "start_job",
    "status",
    "training_rows",
    "wait",
    "whole_seconds",
    "work_on",
    "worker_count",
]
