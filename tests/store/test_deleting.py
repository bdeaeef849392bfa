"""What is deleted goes whole, and nothing else goes with it."""

import os
import sqlite3
import time

import pytest

from lab.base import LabError
from lab.experiments import CellState
from lab.store import JobState, Store, open_store

DAY = 24 * 3600


def files(store):
    """Return the names of all files beside the database."""
    root = store.workspace.root
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not path.name.startswith(("playground", "swept"))
    }


@pytest.fixture
def smaller(store, dataset, kept, experiment_on):
    """Return the id of an experiment whose three cells are also the first three of the other."""
    return store.save_experiment(experiment_on(dataset.id, n_models=1))


@pytest.fixture
def both(store, kept, smaller, finish):
    """Finish all cells of two experiments that share three, each with an explanation."""
    for record in store.records(kept):
        finish(record.cell.key)
    for number, experiment_id in enumerate((kept, smaller)):
        store.note_artifact(experiment_id, f"{number}" * 32)
        store.save_artifact("explanation", f"{number}" * 32, b"why")
        store.workspace.path("logs", f"{experiment_id}.txt").write_text("said")
    return kept, smaller


def test_what_another_experiment_uses_stays(store, dataset, both):
    kept, smaller = both
    shared = [record.cell.key for record in store.records(smaller)]
    told = store.deletion(kept)
    assert store.delete_experiment(kept) == told
    assert (told.experiments, told.n_results, told.n_shared) == (("First",), 3, 3)
    assert (told.n_explanations, told.datasets) == (1, ())
    assert [info.id for info in store.experiments()] == [smaller]
    assert {record.state for record in store.records(smaller)} == {CellState.DONE}
    for key in shared:
        assert len(store.load_predictions(key).test.rows) == 4
    assert files(store) == {
        *(f"predictions/{key[:2]}/{key}.npz" for key in shared),
        *(name for name in files(store) if name.startswith("tables/")),
        f"artifacts/explanation/{'1' * 32}",
        f"logs/{smaller}.txt",
    }
    assert store.job(kept) is None
    assert store.load_dataset(dataset.id).id == dataset.id


def test_a_data_set_goes_only_with_its_last_experiment_and_when_that_was_asked_for(
    store, dataset, both
):
    kept, smaller = both
    store.save_artifact("draft", dataset.id, b"drafted")
    assert store.delete_experiment(kept, with_dataset=True).datasets == ()
    assert store.deletion(smaller).datasets == ()
    assert store.delete_experiment(smaller, with_dataset=True).datasets == ("People",)
    assert (store.datasets(), store.experiments(), store.jobs()) == ((), (), {})
    assert files(store) == set()


def test_a_table_stays_that_another_data_set_uses(store, dataset, kept):
    other = store.save_dataset(type(dataset)(**{**vars_of(dataset), "name": "Again"}))
    assert other == dataset.id
    store.delete_experiment(kept)
    assert store.load_dataset(dataset.id).name == "Again"


def vars_of(dataset):
    names = ("name", "table", "roles", "labels", "notes")
    return {name: getattr(dataset, name) for name in names}


def test_what_is_told_to_go_is_what_is_freed(store, both):
    before = store.disk_use()
    told = store.delete_experiment(both[0])
    after = store.disk_use()
    freed = (before.predictions + before.explanations + before.logs) - (
        after.predictions + after.explanations + after.logs
    )
    assert told.n_bytes == freed > 0
    assert after.left_over == 0


def test_a_run_that_is_going_on_is_not_deleted(store, kept):
    store.claim_job(kept)
    store.adopt_job(kept, os.getpid())
    with pytest.raises(LabError, match="going on cannot be deleted"):
        store.delete_experiment(kept)
    store.clean(0)
    assert len(store.records(kept)) == 6


def test_an_experiment_that_is_being_explained_is_not_deleted(store, kept):
    store.note_artifact(kept, "0" * 32)
    store.create_job("0" * 32, "explanation", total=1)
    store.claim_job("0" * 32)
    with pytest.raises(LabError, match="being explained"):
        store.delete_experiment(kept)
    store.clean(0)
    assert len(store.records(kept)) == 6


def test_an_experiment_that_is_not_there_is_told(store):
    with pytest.raises(LabError, match="there is no experiment"):
        store.delete_experiment("0" * 32)


def test_a_process_that_dies_between_rows_and_files_leaves_nothing_for_good(
    store, both, monkeypatch
):
    monkeypatch.setattr(Store, "finish_removals", lambda _: None)  # as if it died here
    store.delete_experiment(both[0], with_dataset=True)
    monkeypatch.undo()
    left = len(files(store))
    assert store.disk_use().left_over > 0
    open_store(store.workspace)  # sweeps
    assert len(files(store)) == left - 5
    assert store.disk_use().left_over == 0


def test_a_file_that_is_used_again_is_not_removed(store, both, experiment_on, dataset, monkeypatch):
    key = store.records(both[0])[-1].cell.key
    monkeypatch.setattr(Store, "finish_removals", lambda _: None)
    store.delete_experiment(both[0])
    monkeypatch.undo()
    store.save_experiment(experiment_on(dataset.id))
    store.finish_removals()
    assert store.predictions_path(key).exists()


def age(store, days, *ids):
    """Make experiments, data sets, drafts and files look as old as some days."""
    moment = time.time() - days * DAY
    with store.database.writing() as connection:
        for table in ("experiment", "dataset", "job", "artifact"):
            connection.execute(f"UPDATE {table} SET created = ?", (moment,))
        connection.execute("UPDATE job SET started = ?, ended = ?", (moment, moment))
        connection.execute("UPDATE cell SET updated = ?", (moment,))
    for path in store.workspace.root.rglob("*"):
        os.utime(path, times=(moment, moment))


def test_cleaning_takes_what_is_old_and_leaves_what_is_not(store, both, dataset, experiment_on):
    _, smaller = both
    age(store, 40)
    store.save_experiment(experiment_on(dataset.id, n_models=1))  # touched
    told = store.cleaning(30)
    assert (told.experiments, told.datasets, told.n_results, told.n_shared) == (
        ("First",),
        (),
        3,
        3,
    )
    assert store.clean(30) == told
    assert [info.id for info in store.experiments()] == [smaller]
    assert store.clean(30).is_nothing


def test_cleaning_takes_data_sets_that_nothing_uses_any_more(store, both, dataset):
    age(store, 40)
    told = store.clean(30)
    assert sorted(told.experiments) == ["First", "First"]
    assert told.datasets == ("People",)
    assert files(store) == set()


def test_a_draft_keeps_its_data_set(store, dataset):
    store.save_dataset(dataset)
    age(store, 40)
    store.save_artifact("draft", dataset.id, b"drafted")
    assert store.clean(30).is_nothing
    assert store.load_dataset(dataset.id).id == dataset.id


def test_a_table_that_was_brought_again_is_not_old(store, dataset):
    store.save_dataset(dataset)
    age(store, 40)
    store.save_dataset(dataset)
    assert store.clean(30).is_nothing


def test_results_under_former_library_versions_and_unknown_files_are_left_over(
    store, kept, finish, monkeypatch
):
    finish(store.records(kept)[0].cell.key)
    monkeypatch.setattr("lab.experiments.cells.library_versions", lambda: {"numpy": "another"})
    store.renew_cells(store.load_experiment(kept))
    store.workspace.path("predictions", "ab", "abc.npz").write_bytes(b"12345")
    assert store.disk_use().left_over == 5
    age(store, 40)
    store.save_experiment(store.load_experiment(kept))
    told = store.clean(30)
    assert (told.experiments, told.n_left_over) == ((), 1)
    assert not any(name.startswith("predictions") for name in files(store))


def test_what_may_still_be_in_the_making_stays_for_a_day(store, kept):
    path = store.workspace.path("predictions", "ab", "abc.npz")
    path.write_bytes(b"12345")
    store.clean(0)
    assert path.exists()


def test_an_age_below_nothing_is_refused(store):
    for days in (-1, float("nan")):
        with pytest.raises(LabError, match="is no age"):
            store.clean(days)


def test_disk_use_is_told_by_what_it_is_for(store, both, dataset):
    use = store.disk_use()
    sizes = {
        room: sum(path.stat().st_size for path in (store.workspace.root / room).rglob("*.*"))
        for room in ("tables", "predictions")
    }
    assert (use.tables, use.predictions) == (sizes["tables"], sizes["predictions"])
    assert (use.explanations, use.logs, use.left_over) == (6, 8, 0)
    assert use.database == store.database.path.stat().st_size
    assert use.total == sum((use.tables, use.predictions, 14, use.running, use.database))
    assert store.experiment_sizes() == {
        both[0]: use.predictions + 3,
        both[1]: use.predictions // 2 + 3,
    }


def test_mean_scores_are_those_of_candidates_without_a_failed_fold(store, kept, finish, fail):
    keys = [record.cell.key for record in store.records(kept)]
    finish(keys[0])
    finish(keys[3])
    fail(keys[4])
    (score,) = store.mean_scores()
    assert (score.experiment_id, score.candidate, score.metric) == (kept, "dummy", "roc_auc")
    assert score.value == 0.75


def test_rows_refer_to_nothing_that_is_gone(store, both):
    store.delete_experiment(both[0], with_dataset=True)
    with sqlite3.connect(store.database.path) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_experiment_on_a_data_set_that_was_deleted_is_told(store, both, dataset, experiment_on):
    for experiment_id in both:
        store.delete_experiment(experiment_id, with_dataset=True)
    with pytest.raises(LabError, match="there is no data set"):
        store.save_experiment(experiment_on(dataset.id))


def test_a_job_that_is_over_leaves_no_cell_running(store, kept):
    store.claim_job(kept)
    store.adopt_job(kept, os.getpid())
    store.report_job(kept, state=JobState.RUNNING)
    store.move_cells([store.records(kept)[0].cell.key], CellState.RUNNING)
    store.finish_job(kept, JobState.PAUSED)
    assert {record.state for record in store.records(kept)} == {CellState.WAITING}
