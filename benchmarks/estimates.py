"""How right a run is about the time it has left: its own word against what really remained.

Watches three runs from the click; from a third of the way on, each look compares what the job says
with what turns out to have been left, relative to the latter. The last second is not looked at.

    python benchmarks/estimates.py [--quick]
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from ours import experiment_of, load, warmed
from work import ALL, FAST, write_table

from lab.base import Workspace
from lab.benchmark import start
from lab.benchmark import status as job_of
from lab.store import Store, open_store

TARGET_SHARE = 0.30
_POLL_SECONDS = 0.1
_LAST_SECONDS = 1.0
WORKLOADS = (
    ("1,000 rows, 10 models x 10 folds", 1_000, "mixed", ALL, 10),
    ("53,940 rows, 10 models x 5 folds", 53_940, "diamonds", ALL, 5),
    ("500,000 rows, 5 fast models x 3 folds", 500_000, "mixed", FAST, 3),
)


def errors_of(store: Store, experiment_id: str) -> list[float]:
    """Return the relative errors of what a run says from a third of the way on."""
    started = time.monotonic()
    said: list[tuple[float, float]] = []
    while (job := job_of(store, experiment_id)).state.is_active:
        if job.eta_seconds is not None:
            said.append((time.monotonic(), job.eta_seconds))
        time.sleep(_POLL_SECONDS)
    ended = time.monotonic()
    third = started + (ended - started) / 3
    late = [(ended - at, eta) for at, eta in said if at >= third and ended - at > _LAST_SECONDS]
    return [(eta - left) / left for left, eta in late]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="the first workload only")
    chosen = WORKLOADS[:1] if parser.parse_args().quick else WORKLOADS
    print("| run | looks | median error | worst | within 30 % |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        store = open_store(Workspace(root=Path(home)))
        roots = warmed(store)
        for title, rows, kind, models, folds in chosen:
            table = Path(home) / f"{rows}.csv"
            write_table(table, rows=rows, kind=kind)
            data = load(table)
            experiment = experiment_of(data, store.save_dataset(data), list(models), folds=folds)
            start(store, store.save_experiment(experiment))
            errors = errors_of(store, experiment.id) or [0.0]
            sizes = [abs(error) for error in errors]
            within = sum(size <= TARGET_SHARE for size in sizes) / len(sizes)
            print(
                f"| {title} | {len(sizes)} | {statistics.median(sizes):.0%} "
                f"| {max(errors, key=abs):+.0%} | {within:.0%} |",
                flush=True,
            )
        for process in roots:
            process.terminate()


if __name__ == "__main__":
    main()
