"""What past fits took, as the store tells it."""

from dataclasses import replace

import pytest

from lab.base import to_json
from lab.data import make_dataset
from lab.experiments import CellState, Failure, FoldResult
from lab.store import Progress, write_predictions


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


@pytest.fixture
def take_all(store, take):
    """Return a function that finishes all cells of an experiment in a second each."""

    def finish(experiment_id):
        for record in store.records(experiment_id):
            take(record.cell.key, fit=1.0)

    return finish


def keys_of(store, kept, candidate):
    return [r.cell.key for r in store.records(kept) if r.cell.candidate == candidate]


def test_finished_cells_are_averaged_by_candidate(store, kept, take):
    keys = keys_of(store, kept, 1)
    take(keys[0], fit=2.0, predict=1.0, prepare=0.5)
    take(keys[1], fit=4.0, predict=2.0, prepare=1.5)
    (fit,) = store.past_fits()
    assert (fit.fit_seconds, fit.prepare_seconds) == (4.5, 1.0)


def test_model_recipe_share_and_plan_are_those_of_the_experiment(store, kept, take):
    take(keys_of(store, kept, 1)[0], fit=1.0)
    (fit,) = store.past_fits()
    experiment = store.load_experiment(kept)
    candidate = experiment.candidates[1]
    assert fit.dataset_id == experiment.dataset_id
    assert fit.plan == experiment.plan
    assert fit.model == candidate.model
    assert fit.steps == to_json(list(candidate.recipe.steps))
    assert fit.train_share == 1.0


def test_the_size_of_the_data_leaves_out_the_target(store, kept, take):
    take(keys_of(store, kept, 0)[0], fit=1.0)
    (fit,) = store.past_fits()
    assert (fit.n_rows, fit.n_columns, fit.n_classes) == (20, 2, 2)


@pytest.mark.parametrize("role", [{"ignored": ("town",)}, {"weight": "age"}, {"group": "town"}])
def test_a_column_with_another_role_is_not_counted(store, dataset, experiment_on, take_all, role):
    other = make_dataset(dataset.table, replace(dataset.roles, **role), name="Other")
    take_all(store.save_experiment(experiment_on(store.save_dataset(other))))
    assert {fit.n_columns for fit in store.past_fits()} == {1}


def test_cells_that_wait_or_failed_or_were_skipped_tell_nothing(store, kept, take, fail):
    keys = keys_of(store, kept, 0)
    fail(keys[0])
    fail(keys[1], state=CellState.TIMED_OUT)
    skipped = FoldResult(state=CellState.SKIPPED, failure=Failure(kind="race", message="out"))
    store.commit_cell(keys[2], skipped, Progress(job_id=kept, done=3, eta_seconds=None))
    assert store.past_fits() == ()
    take(keys_of(store, kept, 1)[0], fit=1.0)
    assert [fit.model.key for fit in store.past_fits()] == ["logistic_regression"]


def test_the_newest_run_comes_first(store, kept, dataset, experiment_on, take):
    second = store.save_experiment(experiment_on(store.save_dataset(dataset), seed=1))
    take(keys_of(store, kept, 0)[0], fit=1.0)
    take(keys_of(store, second, 0)[0], fit=2.0)
    assert [fit.fit_seconds for fit in store.past_fits()] == [2.0, 1.0]


def test_an_experiment_that_cannot_be_read_any_more_is_passed_over(store, kept, take):
    take(keys_of(store, kept, 0)[0], fit=1.0)
    for words in ('{"words": "of old"}', '{"plan": 1, "candidates": [{"model": 2}]}'):
        with store.database.writing() as connection:
            connection.execute("UPDATE experiment SET json = ?", (words,))
        assert store.past_fits() == ()


def test_a_new_store_knows_of_no_fits(store):
    assert store.past_fits() == ()
