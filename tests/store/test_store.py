import numpy as np
import pandas as pd
import pytest

from lab.base import LabError
from lab.experiments import CellState
from lab.store import JobState


def test_a_data_set_comes_back_as_it_was_kept(store, dataset):
    loaded = store.load_dataset(store.save_dataset(dataset))
    assert loaded.id == dataset.id
    assert loaded.labels == dataset.labels
    pd.testing.assert_frame_equal(loaded.X, dataset.X)
    np.testing.assert_array_equal(loaded.y, dataset.y)
    (info,) = store.datasets()
    assert (info.name, info.n_rows, info.n_columns, info.target) == ("People", 20, 3, "buys")


def test_an_experiment_comes_back_with_its_cells_waiting(store, dataset, kept, experiment_on):
    assert store.load_experiment(kept) == experiment_on(dataset.id)
    records = store.records(kept)
    assert [(r.cell.candidate, r.cell.repeat, r.cell.fold) for r in records] == [
        (candidate, 0, fold) for candidate in range(2) for fold in range(3)
    ]
    assert {record.state for record in records} == {CellState.WAITING}
    (info,) = store.experiments()
    assert (info.name, info.dataset_name, info.n_done, info.n_cells) == ("First", "People", 0, 6)
    assert info.state is JobState.IDLE


def test_another_name_and_metric_keep_id_and_results(store, dataset, kept, finish, experiment_on):
    key = store.records(kept)[0].cell.key
    finish(key)
    again = store.save_experiment(experiment_on(dataset.id, name="Second", metrics=("f1",)))
    assert again == kept
    assert store.load_experiment(kept).name == "Second"
    assert store.records(kept)[0].state is CellState.DONE


def test_experiments_share_the_cells_that_are_the_same(store, dataset, kept, finish, experiment_on):
    finish(store.records(kept)[0].cell.key)
    other = store.save_experiment(experiment_on(dataset.id, n_models=1))
    assert other != kept
    assert [r.state for r in store.records(other)].count(CellState.DONE) == 1


def test_a_result_and_its_predictions_come_back_exactly(store, kept, finish, predictions):
    key = store.records(kept)[0].cell.key
    finish(key)
    record = store.records(kept)[0]
    assert record.result.test_scores == {"roc_auc": 0.75, "log_loss": None}
    loaded, written = store.load_predictions(key), predictions
    np.testing.assert_array_equal(loaded.test.scores, written.test.scores)
    np.testing.assert_array_equal(loaded.train.predicted, written.train.predicted)
    assert loaded.test.are_probabilities is True
    assert loaded.test.weight is None
    job = store.job(kept)
    assert (job.done, job.total) == (1, 6)
    assert 1.0 < job.eta_seconds <= 2.5


def test_predictions_that_were_changed_on_disk_are_refused(store, kept, finish):
    key = store.records(kept)[0].cell.key
    finish(key)
    path = store.predictions_path(key)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(LabError, match="changed after they were written"):
        store.load_predictions(key)


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


def test_a_damaged_table_is_written_again(store, dataset):
    dataset_id = store.save_dataset(dataset)
    for path in store.workspace.path("tables", dataset.table.id).iterdir():
        path.write_bytes(b"")
    with pytest.raises(LabError):
        store.load_dataset(dataset_id)
    store.save_table(dataset.table)
    pd.testing.assert_frame_equal(store.load_dataset(dataset_id).X, dataset.X)


@pytest.mark.parametrize("name", ["values.arrow", "table.json", "checksums.json"])
def test_one_changed_byte_of_a_table_is_told(store, dataset, name):
    dataset_id = store.save_dataset(dataset)
    store.load_dataset(dataset_id)
    path = store.workspace.path("tables", dataset.table.id) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(LabError, match="changed or damaged on the disk") as caught:
        store.load_dataset(dataset_id)
    assert caught.value.hint == "Upload the file again."
    store.save_table(dataset.table)
    pd.testing.assert_frame_equal(store.load_dataset(dataset_id).X, dataset.X)


def test_a_table_kept_before_there_were_checksums_is_believed(store, dataset):
    dataset_id = store.save_dataset(dataset)
    store.workspace.path("tables", dataset.table.id, "checksums.json").unlink()
    assert store.load_dataset(dataset_id).id == dataset.id


@pytest.mark.parametrize("text", ["..", "a/b/c", "x" * 300, "\ud800", ""])
def test_a_text_that_is_no_id_reaches_no_file(store, text):
    with pytest.raises(LabError, match="there is no table"):
        store.load_table(text)


def test_a_change_of_any_cell_is_seen_from_outside(store, kept, finish):
    before = store.last_change(kept)
    finish(store.records(kept)[0].cell.key)
    assert store.last_change(kept) != before
