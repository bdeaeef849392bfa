"""``python -m lab.benchmark EXPERIMENT_ID``: the process that runs an experiment."""

import sys

from lab.benchmark.runner import run_experiment
from lab.benchmark.work import work_on


def main(experiment_id: str) -> None:
    """Run an experiment of the workspace that the environment names."""
    work_on(experiment_id, lambda store: run_experiment(store, experiment_id), in_turn=True)


if __name__ == "__main__":
    main(sys.argv[1])
