import os
import time

import pytest

from lab.store import open_store

DAY = 24 * 3600
LEFT = (
    "tables/.0123.456/values.arrow",
    "tables/0123/.values.arrow.7-8.part",
    "predictions/ab/.abcd.npz.7-8.part",
    "artifacts/explanation/.0123.7-8.part",
    "reading/0123abcd/upload.csv",
)


@pytest.fixture
def leave(store):
    """Return a function that leaves a file as a killed process does."""

    def leave_file(name, *, days):
        path = store.workspace.path(*name.split("/"))
        path.write_text("half")
        for touched in (path, path.parent):
            os.utime(touched, times=(time.time() - days * DAY,) * 2)
        return path

    return leave_file


@pytest.mark.parametrize("name", LEFT)
def test_what_was_left_half_written_is_cleared_away_after_a_day(store, leave, name):
    path = leave(name, days=2)
    open_store(store.workspace)
    assert not path.exists()


@pytest.mark.parametrize("name", LEFT)
def test_what_another_process_may_still_be_writing_stays(store, leave, name):
    path = leave(name, days=0.5)
    open_store(store.workspace)
    assert path.exists()


def test_what_is_whole_stays_however_old(store, dataset, kept, finish):
    key = store.records(kept)[0].cell.key
    finish(key)
    store.save_artifact("explanation", "0123", b"whole")
    for path in store.workspace.root.rglob("*"):
        os.utime(path, times=(0, 0))
    swept = open_store(store.workspace)
    assert swept.load_dataset(dataset.id).id == dataset.id
    assert swept.load_artifact("explanation", "0123") == b"whole"
    assert len(swept.load_predictions(key).test.rows) == 4


def test_it_is_looked_for_once_a_day(store, leave):
    open_store(store.workspace)
    path = leave(LEFT[0], days=2)
    open_store(store.workspace)
    assert path.exists()
    os.utime(store.workspace.path("swept"), times=(0, 0))
    open_store(store.workspace)
    assert not path.exists()
