"""Files kept beside the tables that were read from them."""

import pytest

from lab.base import Workspace
from lab.data import ReadOptions
from lab.data.reading import read_file
from lab.store import open_store
from lab.store import sources as sources_file


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("a;b\n1;x\n2;y\n")
    options = ReadOptions(delimiter=";")
    reading = read_file(path, options=options)
    store = open_store(Workspace(root=tmp_path / "home"))
    store.save_table(reading.table)
    return store, reading, path, options


def test_a_file_is_kept_with_how_it_was_read(kept):
    store, reading, path, options = kept
    assert store.keep_source(
        reading.table.id, path, name="my people.csv", reading=reading, options=options
    )
    found = store.source(reading.table.id)
    assert (found.name, found.options, found.format) == ("my people.csv", options, "delimited")
    assert found.n_bytes == path.stat().st_size
    path.unlink()
    assert store.source_path(reading.table.id).read_text() == "a;b\n1;x\n2;y\n"
    assert store.load_table(reading.table.id).id == reading.table.id


def test_a_file_that_is_too_large_is_not_kept(kept, monkeypatch):
    store, reading, path, options = kept
    monkeypatch.setattr(sources_file, "LARGEST_KEPT", 5)
    assert not store.keep_source(
        reading.table.id, path, name="people.csv", reading=reading, options=options
    )
    assert store.source(reading.table.id) is None


def test_what_is_made_of_a_table_shares_its_file_without_more_room(kept):
    store, reading, path, options = kept
    other = "0" * 32
    store.keep_source(reading.table.id, path, name="p", reading=reading, options=options)
    store.workspace.path("tables", other).mkdir()
    store.share_source(reading.table.id, other)
    assert store.source(other) == store.source(reading.table.id)
    assert store.source_path(other).samefile(store.source_path(reading.table.id))


def test_a_damaged_note_of_a_file_is_as_none(kept):
    store, reading, path, options = kept
    store.keep_source(reading.table.id, path, name="p", reading=reading, options=options)
    (store.source_path(reading.table.id).parent / "source.json").write_text('{"name": 1')
    assert store.source(reading.table.id) is None
    assert store.load_table(reading.table.id).id == reading.table.id
