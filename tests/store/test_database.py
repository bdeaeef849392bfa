import os
import sqlite3
import threading

import pytest

from lab.base import LabError, Workspace
from lab.store import Store


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


def test_an_empty_file_beside_results_is_told_and_a_new_one_is_none(store):
    store.datasets()
    store.database.path.write_bytes(b"")
    assert not Store(store.workspace).datasets()
    result = store.predictions_path("abcdef")
    result.parent.mkdir(parents=True, exist_ok=True)
    result.write_bytes(b"answers")
    store.database.path.write_bytes(b"")
    with pytest.raises(LabError, match="is damaged"):
        Store(store.workspace).datasets()
    assert result.exists()


def damage_a_page(store):
    """Overwrite a page in the middle, as a failing disk does; the beginning stays sound."""
    with store.database.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)


def test_a_page_damaged_in_the_middle_is_told_when_the_store_is_opened(store, kept):
    damage_a_page(store)
    with pytest.raises(LabError, match="is damaged") as caught:
        Store(store.workspace).job(kept)
    assert "Move it away" in caught.value.hint


def test_a_large_store_is_checked_only_after_a_process_died_writing(store, kept, monkeypatch):
    monkeypatch.setattr("lab.store.database.QUICKLY_CHECKED_BYTES", 0)
    with store.database.reading() as connection:
        connection.execute("SELECT * FROM experiment").fetchall()
    damage_a_page(store)
    with Store(store.workspace).database.reading():
        pass
    store.database.path.with_name("playground.sqlite-journal").write_bytes(b"")
    with pytest.raises(LabError, match="is damaged"), Store(store.workspace).database.reading():
        pass


def write(store, *statements):
    with store.database.writing() as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_full_disk_is_told_and_nothing_is_lost(store, kept):
    is_big = "UPDATE job SET message = hex(zeroblob(500000))"
    with pytest.raises(LabError, match="is full"):
        write(store, "PRAGMA max_page_count = 1", is_big)
    assert store.job(kept).message == ""


def test_a_store_that_cannot_be_written_is_told(store, kept):
    with pytest.raises(LabError, match="cannot be opened to write") as caught:
        write(store, "PRAGMA query_only = ON", "UPDATE job SET message = 'x'")
    assert "PLAYGROUND_HOME" in caught.value.hint


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("INSERT INTO job SELECT * FROM job", sqlite3.IntegrityError),
        ("SELECT ? FROM job", sqlite3.ProgrammingError),
        ("SELECT nothing FROM nowhere", sqlite3.OperationalError),
    ],
)
def test_faults_of_ours_are_not_put_in_plain_words(store, kept, statement, error):
    with pytest.raises(error):
        write(store, statement)


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


@pytest.mark.skipif(os.name != "posix", reason="needs file locks")
def test_who_is_patient_outlasts_a_lock_that_others_tell(store, monkeypatch):
    store.datasets()
    monkeypatch.setattr("lab.store.database.BUSY_SECONDS", 0.1)
    other = sqlite3.connect(store.database.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LabError, match=r"locked for 0 seconds"):
        store.datasets()
    freeing = threading.Timer(0.5, other.rollback)
    freeing.start()
    assert store.patient().datasets() == ()
    freeing.join()
    other.close()


def test_a_store_that_another_program_began_is_not_taken(tmp_path):
    path = tmp_path / "playground.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE job (a)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LabError, match="was not written by the playground"):
        Store(Workspace(root=tmp_path)).datasets()
    assert path.read_bytes() == before
