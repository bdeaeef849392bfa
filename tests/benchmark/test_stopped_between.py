"""A run that ends between a result and its transaction keeps the result."""

import pytest

from lab.benchmark import runner
from lab.benchmark.calls import fit_cell
from lab.benchmark.executor import Ended
from lab.benchmark.isolated import Outcome
from lab.experiments import CellState


class HereAndNow:
    """An executor whose calls are done at once in this process, until one cannot start."""

    workers = 1

    def __init__(self, n_fits: int) -> None:
        self.n_fits, self.ended = n_fits, []

    def __len__(self) -> int:
        return len(self.ended)

    @property
    def has_room(self) -> bool:
        return not self.ended

    def elapsed(self):
        return {}

    def start(self, key, call, args) -> None:
        if not self.n_fits:
            raise OSError("no process can be started")
        self.n_fits -= call is fit_cell
        self.ended.append(Ended(key=key, outcome=Outcome(data=call(*args)), seconds=0.1))

    def wait(self, timeout):
        ended, self.ended = self.ended, []
        return ended

    def kill(self) -> None:
        self.ended.clear()


@pytest.mark.parametrize("n_fits", [1, 4])
def test_results_are_kept_when_the_next_fit_cannot_start(
    store, make_experiment, monkeypatch, n_fits
):
    experiment_id = make_experiment("dummy", "logistic_regression")
    store.create_job(experiment_id, "benchmark", total=6)
    assert store.claim_job(experiment_id)
    executor = HereAndNow(n_fits)
    monkeypatch.setattr(runner.Runner, "_executor", lambda *_: executor)
    monkeypatch.setattr(
        runner, "run_isolated", lambda _, call, args, **__: Outcome(data=call(*args))
    )
    with pytest.raises(OSError, match="no process can be started"):
        runner.run_experiment(store, experiment_id)
    states = [record.state for record in store.records(experiment_id)]
    assert states.count(CellState.DONE) == n_fits
    executor.n_fits = 100
    runner.run_experiment(store, experiment_id)
    assert {record.state for record in store.records(experiment_id)} == {CellState.DONE}
