"""``python -m lab.explain EXPERIMENT_ID CANDIDATE``: the process that explains one candidate."""

import sys

from lab.benchmark import work_on
from lab.explain.control import explanation_id
from lab.explain.work import explain_candidate
from lab.store import open_store


def main(experiment_id: str, position: str) -> None:
    """Explain a candidate of an experiment of the workspace that the environment names."""
    candidate = int(position)
    key = explanation_id(open_store().load_experiment(experiment_id), candidate)
    work_on(
        key,
        lambda store: explain_candidate(store, experiment_id, candidate, key),
        in_turn=False,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
