"""What past fits took, as the store tells it."""

import pytest

from lab.base import to_json
from lab.experiments import CellState, Failure, FoldResult
from lab.store import Progress, Spent, write_predictions


@pytest.fixture
def take(store, kept, predictions):
    """Return a function that finishes a cell with the seconds that it took."""

    def finish(key, *, fit, predict=0.0, prepare=0.0):
        result = FoldResult(
            state=CellState.DONE,
            fit_seconds=fit,
            predict_seconds=predict,
            prepare_seconds=prepare,
        )
        store.move_cells([key], CellState.RUNNING)
        checksum = write_predictions(store.predictions_path(key), predictions)
        progress = Progress(job_id=kept, done=1, eta_seconds=None)
        store.commit_cell(key, result, progress, checksum=checksum)

    return finish


def keys_of(store, kept, candidate):
    return [r.cell.key for r in store.records(kept) if r.cell.candidate == candidate]


def test_finished_cells_are_averaged_by_candidate(store, kept, take):
    keys = keys_of(store, kept, 1)
    take(keys[0], fit=2.0, predict=1.0, prepare=0.5)
    take(keys[1], fit=4.0, predict=2.0, prepare=1.5)
    (run,) = store.past_runs()
    assert run.experiment.id == kept
    assert run.spent == {1: Spent(fit_seconds=4.5, prepare_seconds=1.0)}


def test_the_size_of_the_data_leaves_out_the_target(store, kept, take):
    take(keys_of(store, kept, 0)[0], fit=1.0)
    (run,) = store.past_runs()
    assert (run.n_rows, run.n_columns, run.n_classes) == (20, 2, 2)


def test_cells_that_wait_or_failed_or_were_skipped_tell_nothing(store, kept, take, fail):
    keys = keys_of(store, kept, 0)
    fail(keys[0])
    fail(keys[1], state=CellState.TIMED_OUT)
    skipped = FoldResult(state=CellState.SKIPPED, failure=Failure(kind="race", message="out"))
    store.commit_cell(keys[2], skipped, Progress(job_id=kept, done=3, eta_seconds=None))
    assert store.past_runs() == ()
    take(keys_of(store, kept, 1)[0], fit=1.0)
    (run,) = store.past_runs()
    assert list(run.spent) == [1]


def test_the_newest_run_comes_first(store, kept, dataset, experiment_on, take):
    second = store.save_experiment(experiment_on(store.save_dataset(dataset), seed=1))
    take(keys_of(store, kept, 0)[0], fit=1.0)
    take(keys_of(store, second, 0)[0], fit=2.0)
    assert [run.experiment.id for run in store.past_runs()] == [second, kept]


def test_an_experiment_that_cannot_be_read_any_more_is_passed_over(store, kept, take):
    take(keys_of(store, kept, 0)[0], fit=1.0)
    with store.database.writing() as connection:
        connection.execute("UPDATE experiment SET json = ?", (to_json({"words": "of old"}),))
    assert store.past_runs() == ()


def test_a_new_store_knows_of_no_runs(store):
    assert store.past_runs() == ()
