import os
import sqlite3

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
