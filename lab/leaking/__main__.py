"""``python -m lab.leaking EXPERIMENT_ID CANDIDATE``: prepare one candidate before the split."""

import sys

from lab.benchmark import work_on
from lab.leaking.control import leak_id
from lab.leaking.work import leak_candidate
from lab.store import open_store


def main(experiment_id: str, position: str) -> None:
    """Go the wrong way with a candidate of the workspace that the environment names."""
    candidate = int(position)
    key = leak_id(open_store().load_experiment(experiment_id), candidate)
    work_on(
        key,
        lambda store: leak_candidate(store, experiment_id, candidate, key),
        in_turn=False,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
