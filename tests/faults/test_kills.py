"""Thirty kills at random moments; ``benchmarks/faults.py`` does hundreds, of the server too."""

import importlib
import random
import sys
from pathlib import Path

from lab.base import Workspace
from lab.store import Store

sys.path.insert(0, str(Path(__file__).parent))
killing = importlib.import_module("killing")

MODELS = {
    "dummy": {},
    "logistic_regression": {},
    "decision_tree": {},
    "random_forest": {"n_estimators": 200},
}
THIRTY = 18 * ["cell"] + 5 * ["runner"] + 3 * ["waiting"] + 2 * ["owner"] + 2 * ["forkserver"]
"""What is killed, in a random order."""


def test_kills_at_any_moment_lose_and_change_nothing_and_leave_no_process(tmp_path):
    dataset, experiment = killing.small_work(MODELS, folds=6)
    calm = Store(Workspace(root=tmp_path / "calm"))
    chance, tally = random.Random(7), killing.Tally()
    killing.keep(calm, dataset, experiment)
    killing.Killing(calm, experiment.id, chance=chance, tally=tally).finish()
    expected = killing.results(calm, experiment.id)
    victims = chance.sample(THIRTY, len(THIRTY))
    while victims:
        store = Store(Workspace(root=tmp_path / f"home{tally.n_runs}"))
        killing.keep(store, dataset, experiment)
        disturbed = killing.Killing(store, experiment.id, chance=chance, tally=tally)
        while victims and not disturbed.is_done:
            disturbed.start(is_warm=victims[-1] in {"owner", "waiting"})
            if disturbed.kill_one(victims[-1], within=0.4):
                victims.pop()
        disturbed.finish()
        assert killing.results(store, experiment.id) == expected
    assert tally.faults == []
    assert tally.killed.total() == len(THIRTY)
