import os
import sqlite3
import subprocess
import sys
import threading

import numpy as np
import pandas as pd
import pytest

from lab.base import LabError, Task, Workspace
from lab.data import Roles, make_dataset, read_table
from lab.experiments import (
    Candidate,
    CellState,
    Experiment,
    Failure,
    FoldResult,
    Outputs,
    Predictions,
)
from lab.models import MODELS
from lab.recipes import preset_recipe
from lab.store import JobState, Progress, Store, write_predictions
from lab.validation import SPLITTERS, ValidationPlan


@pytest.fixture
def store(tmp_path):
    return Store(Workspace(root=tmp_path / "home"))


@pytest.fixture
def dataset(tmp_path):
    path = tmp_path / "people.csv"
    frame = pd.DataFrame(
        {"age": range(20, 40), "town": ["Bern", "Basel"] * 10, "buys": ["yes", "no"] * 10}
    )
    frame.to_csv(path, index=False)
    roles = Roles(target="buys", task=Task.BINARY)
    return make_dataset(read_table(path), roles, name="People")


def experiment_on(dataset_id, *, name="First", seed=0, metrics=("roc_auc",)):
    candidates = tuple(
        Candidate(name=key, recipe=preset_recipe("linear"), model=MODELS.choose(key))
        for key in ("dummy", "logistic_regression")
    )
    plan = ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 3}), seed=seed)
    return Experiment(
        name=name,
        dataset_id=dataset_id,
        task=Task.BINARY,
        candidates=candidates,
        plan=plan,
        metrics=metrics,
    )


@pytest.fixture
def kept(store, dataset):
    return store.save_experiment(experiment_on(store.save_dataset(dataset)))


def predictions(n=4):
    scores = np.linspace(0.1, 0.9, n)
    outputs = Outputs(
        rows=np.arange(n),
        truth=np.array([0, 1] * (n // 2)),
        predicted=(scores > 0.5).astype(np.int64),
        scores=np.column_stack([1 - scores, scores]),
        are_probabilities=True,
    )
    return Predictions(test=outputs, train=outputs)


def test_a_data_set_comes_back_as_it_was_kept(store, dataset):
    loaded = store.load_dataset(store.save_dataset(dataset))
    assert loaded.id == dataset.id
    assert loaded.labels == dataset.labels
    pd.testing.assert_frame_equal(loaded.X, dataset.X)
    np.testing.assert_array_equal(loaded.y, dataset.y)
    (info,) = store.datasets()
    assert (info.name, info.n_rows, info.n_columns, info.target) == ("People", 20, 3, "buys")


def test_an_experiment_comes_back_with_its_cells_waiting(store, dataset, kept):
    assert store.load_experiment(kept) == experiment_on(dataset.id)
    records = store.records(kept)
    assert [(r.cell.candidate, r.cell.repeat, r.cell.fold) for r in records] == [
        (candidate, 0, fold) for candidate in range(2) for fold in range(3)
    ]
    assert {record.state for record in records} == {CellState.WAITING}
    (info,) = store.experiments()
    assert (info.name, info.dataset_name, info.n_done, info.n_cells) == ("First", "People", 0, 6)
    assert info.state is JobState.IDLE


def test_another_name_and_metric_keep_id_and_results(store, dataset, kept):
    key = store.records(kept)[0].cell.key
    finish(store, kept, key)
    again = store.save_experiment(experiment_on(dataset.id, name="Second", metrics=("f1",)))
    assert again == kept
    assert store.load_experiment(kept).name == "Second"
    assert store.records(kept)[0].state is CellState.DONE


def test_experiments_share_the_cells_that_are_the_same(store, dataset, kept):
    finish(store, kept, store.records(kept)[0].cell.key)
    whole = experiment_on(dataset.id)
    part = Experiment(**{**whole.__dict__, "candidates": whole.candidates[:1]})
    other = store.save_experiment(part)
    assert other != kept
    assert [r.state for r in store.records(other)].count(CellState.DONE) == 1


def finish(store, experiment_id, key):
    store.move_cells([key], CellState.RUNNING)
    checksum = write_predictions(store.predictions_path(key), predictions())
    result = FoldResult(state=CellState.DONE, test_scores={"roc_auc": 0.75, "log_loss": None})
    progress = Progress(job_id=experiment_id, done=1, eta_seconds=2.5)
    store.commit_cell(key, result, progress, checksum=checksum)


def test_a_result_and_its_predictions_come_back_exactly(store, kept):
    key = store.records(kept)[0].cell.key
    finish(store, kept, key)
    record = store.records(kept)[0]
    assert record.result.test_scores == {"roc_auc": 0.75, "log_loss": None}
    loaded, written = store.load_predictions(key), predictions()
    np.testing.assert_array_equal(loaded.test.scores, written.test.scores)
    np.testing.assert_array_equal(loaded.train.predicted, written.train.predicted)
    assert loaded.test.are_probabilities is True
    assert loaded.test.weight is None
    job = store.job(kept)
    assert (job.done, job.total, job.eta_seconds) == (1, 6, 2.5)


def test_predictions_that_were_changed_on_disk_are_refused(store, kept):
    key = store.records(kept)[0].cell.key
    finish(store, kept, key)
    path = store.predictions_path(key)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(LabError, match="changed after they were written"):
        store.load_predictions(key)


def test_a_done_cell_cannot_be_moved_and_a_failed_one_waits_again(store, kept):
    done, failed = (record.cell.key for record in store.records(kept)[:2])
    finish(store, kept, done)
    with pytest.raises(LabError, match="done cannot become running"):
        store.move_cells([done], CellState.RUNNING)
    result = FoldResult(state=CellState.FAILED, failure=Failure(kind="error", message="no"))
    store.commit_cell(failed, result, Progress(job_id=kept, done=2, eta_seconds=None))
    store.reset_cells(kept)
    assert [r.state for r in store.records(kept)[:2]] == [CellState.DONE, CellState.WAITING]


def test_only_one_claim_of_a_job_succeeds(store, kept):
    won = []
    threads = [threading.Thread(target=lambda: won.append(store.claim_job(kept))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won.count(True) == 1


def test_a_job_whose_process_is_gone_is_interrupted_and_can_be_claimed_again(store, kept):
    store.claim_job(kept)
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    store.adopt_job(kept, process.pid)
    store.report_job(kept, state=JobState.RUNNING)
    assert store.job(kept).state is JobState.RUNNING
    process.kill()
    assert wait_for(lambda: store.job(kept).state is JobState.INTERRUPTED)  # still a zombie
    process.communicate()
    assert store.claim_job(kept)


def wait_for(question):
    return any(question() for _ in range(10_000))


def test_an_artifact_comes_back_and_a_changed_one_is_refused(store):
    assert store.load_artifact("explanation", "abc") is None
    store.save_artifact("explanation", "abc", b"one")
    store.save_artifact("explanation", "abc", b"two")
    assert store.load_artifact("explanation", "abc") == b"two"
    store.workspace.path("artifacts", "explanation", "abc").write_bytes(b"three")
    with pytest.raises(LabError, match="changed or lost"):
        store.load_artifact("explanation", "abc")


def test_what_is_not_there_is_told(store):
    for load in (store.load_dataset, store.load_experiment, store.load_table):
        with pytest.raises(LabError, match="there is no"):
            load("0" * 32)


def test_a_store_written_by_a_newer_version_is_refused(store):
    store.datasets()
    with sqlite3.connect(store.database.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LabError, match="newer version"):
        Store(store.workspace).datasets()


def test_a_damaged_store_is_told_and_left_as_it_is(store):
    store.datasets()
    store.database.path.write_bytes(b"not a database at all" * 500)
    before = store.database.path.read_bytes()
    with pytest.raises(LabError, match="damaged"):
        Store(store.workspace).datasets()
    assert store.database.path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LabError, match="cannot be created"):
        Store(Workspace(root=tmp_path / "file" / "home"))


@pytest.mark.skipif(os.name != "posix", reason="needs file locks")
def test_a_store_locked_by_another_program_is_told(store, monkeypatch):
    store.datasets()
    monkeypatch.setattr("lab.store.database.BUSY_SECONDS", 0.1)
    other = sqlite3.connect(store.database.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LabError, match="locked"):
        store.datasets()
    other.close()


def test_a_damaged_table_is_written_again(store, dataset):
    dataset_id = store.save_dataset(dataset)
    for path in store.workspace.path("tables", dataset.table.id).iterdir():
        path.write_bytes(b"")
    with pytest.raises(LabError):
        store.load_dataset(dataset_id)
    store.save_table(dataset.table)
    pd.testing.assert_frame_equal(store.load_dataset(dataset_id).X, dataset.X)


@pytest.mark.parametrize("text", ["..", "a/b/c", "x" * 300, "\ud800", ""])
def test_a_text_that_is_no_id_reaches_no_file(store, text):
    with pytest.raises(LabError, match="there is no table"):
        store.load_table(text)


def test_cells_are_named_anew_after_a_library_changed(store, kept, monkeypatch):
    before = [record.cell.key for record in store.records(kept)]
    monkeypatch.setattr("lab.experiments.cells.library_versions", lambda: {"numpy": "another"})
    store.renew_cells(store.load_experiment(kept))
    after = [record.cell.key for record in store.records(kept)]
    assert not set(before) & set(after)


def test_a_change_of_any_cell_is_seen_from_outside(store, kept):
    before = store.last_change(kept)
    finish(store, kept, store.records(kept)[0].cell.key)
    assert store.last_change(kept) != before
