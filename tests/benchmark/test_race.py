from dataclasses import replace

from lab.benchmark import start, wait
from lab.comparison import make_leaderboard
from lab.experiments import CellState
from lab.store import JobState
from lab.validation import SPLITTERS, ValidationPlan


def raced(store, make_experiment, *keys, **settings):
    """Keep an experiment of twelve folds that is a race, and return it."""
    experiment = store.load_experiment(make_experiment(*keys, **settings))
    plan = ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 3}), repeats=4)
    return replace(experiment, plan=plan, racing=True)


def run(store, experiment):
    experiment_id = store.save_experiment(experiment)
    start(store, experiment_id)
    job = wait(store, experiment_id)
    assert job.state is JobState.DONE, job.message
    return store.records(experiment_id), job


def test_a_candidate_that_is_ruled_out_is_not_run_to_the_end(store, make_experiment):
    experiment = raced(store, make_experiment, "dummy", "logistic_regression", "gaussian_nb")
    records, job = run(store, experiment)
    assert (job.done, job.total) == (36, 36)
    skipped = [record for record in records if record.state is CellState.SKIPPED]
    assert skipped
    assert {record.cell.candidate for record in skipped} == {0}
    assert skipped[0].result.failure.kind == "race"
    assert "behind" in skipped[0].result.failure.message
    finished = [record.cell.candidate for record in records if record.state is CellState.DONE]
    assert finished.count(1) == finished.count(2) == 12
    assert 3 <= finished.count(0) < 12
    board = make_leaderboard(experiment, records)
    assert "1 model is ruled out and stopped early" in board.verdict
    last = board.frame.iloc[-1]
    assert last["state"] == "partial"
    assert last["reason"].startswith("stopped early")

    # The same experiment without the race runs what was left out, and nothing else.
    before = {record.cell.key: record.result for record in records if record not in skipped}
    again, _ = run(store, replace(experiment, racing=False))
    assert all(record.state is CellState.DONE for record in again)
    assert {key: result for record in again if (key := record.cell.key) in before
            for result in [record.result]} == before  # fmt: skip


def test_a_race_that_goes_on_stops_at_once_who_was_ruled_out_before(store, make_experiment):
    experiment = raced(store, make_experiment, "dummy", "logistic_regression")
    first, took = run(store, experiment)
    assert not start(store, experiment.id)
    assert store.job(experiment.id).ended == took.ended
    store.finish_job(experiment.id, JobState.PAUSED)
    again, _ = run(store, experiment)
    assert [record.state for record in again] == [record.state for record in first]
