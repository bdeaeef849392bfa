"""``python -m lab.benchmark EXPERIMENT_ID [CLUSTER]``: the process of a run."""

import sys

from lab.benchmark.runner import run_experiment
from lab.benchmark.work import work_on


def main(experiment_id: str, cluster: str = "") -> None:
    """Run an experiment of the workspace that the environment names, here or on a cluster."""
    work_on(
        experiment_id,
        lambda store: run_experiment(store, experiment_id, cluster=cluster),
        in_turn=True,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
