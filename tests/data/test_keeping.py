"""Tables kept in folders: whole or not at all, opened without reading."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lab.base import ColumnKind, LabError
from lab.data import change_kinds, check_data, load_sample, open_table, write_table


@pytest.fixture
def table(read):
    return read("a,b,c,d\n1,x,2024-01-01,0.5\n,,,\n2,,2024-01-02,\n3,ü\u202e<b>,,1.5\n")


def test_a_kept_table_comes_back_as_it_was(table, tmp_path):
    write_table(table, tmp_path / "kept")
    kept = open_table(tmp_path / "kept")
    pd.testing.assert_frame_equal(kept.frame, table.frame)
    assert (kept.id, kept.schema, kept.source, kept.notes) == (
        table.id, table.schema, table.source, table.notes,
    )  # fmt: skip
    assert kept.frame.index.tolist() == [0, 2, 3]


def test_values_are_mapped_and_not_copied(table, tmp_path):
    write_table(table, tmp_path / "kept")
    frame = open_table(tmp_path / "kept").frame
    assert not frame["d"].to_numpy().flags.owndata
    assert not frame["d"].to_numpy().flags.writeable


def test_values_are_there_again_after_letting_go_of_them(table, tmp_path):
    write_table(table, tmp_path / "kept")
    for one in (table, open_table(tmp_path / "kept")):
        numbers = one.frame["d"].to_numpy()
        one.let_go()
        np.testing.assert_array_equal(numbers, [0.5, np.nan, 1.5])
        pd.testing.assert_frame_equal(one.frame, table.frame)


def test_a_look_at_a_kept_table_holds_a_column_at_a_time(tmp_path):
    write_table(load_sample("credit_scoring"), tmp_path / "kept")
    kept, calls = open_table(tmp_path / "kept"), []
    found = check_data(replace(kept, let_go=lambda: calls.append(kept.let_go())), target="Status")
    assert found == check_data(load_sample("credit_scoring"), target="Status")
    assert len(calls) > len(kept.schema.names)


def test_an_empty_file_of_values_is_an_error(table, tmp_path):
    write_table(table, tmp_path / "kept")
    (tmp_path / "kept" / "values.arrow").write_bytes(b"")
    with pytest.raises(LabError, match="cannot be opened"):
        open_table(tmp_path / "kept")


def test_a_kept_table_can_be_changed_and_kept_again(table, tmp_path):
    write_table(table, tmp_path / "one")
    kept = open_table(tmp_path / "one")
    changed = change_kinds(kept, {"a": ColumnKind.CATEGORY})
    write_table(changed, tmp_path / "two")
    assert open_table(tmp_path / "two").id == changed.id
    assert open_table(tmp_path / "two").frame["a"].iloc[0] == "1"


def test_hostile_column_names_are_data_and_no_paths(read, tmp_path):
    table = read('"../../x","a/b"\n1,2\n3,4\n')
    write_table(table, tmp_path / "kept")
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == [
        "table.json", "values.arrow",
    ]  # fmt: skip
    assert open_table(tmp_path / "kept").schema.names == ("../../x", "a/b")


@pytest.mark.parametrize("damage", ["values.arrow", "table.json"])
def test_a_torn_or_missing_file_is_an_error(table, tmp_path, damage):
    write_table(table, tmp_path / "kept")
    path = tmp_path / "kept" / damage
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(LabError):
        open_table(tmp_path / "kept")
    path.unlink()
    with pytest.raises(LabError, match="cannot be opened") as caught:
        open_table(tmp_path / "kept")
    assert caught.value.hint


def test_values_of_another_table_are_an_error(read, table, tmp_path):
    write_table(table, tmp_path / "one")
    write_table(read("a,b\n1,2\n3,4\n"), tmp_path / "two")
    (tmp_path / "two" / "values.arrow").replace(tmp_path / "one" / "values.arrow")
    with pytest.raises(LabError, match="cannot be opened"):
        open_table(tmp_path / "one")


def test_no_part_of_a_file_is_left_behind(table, tmp_path):
    write_table(table, tmp_path / "kept")
    write_table(table, tmp_path / "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_floats_keep_their_gaps_as_nan(table, tmp_path):
    write_table(table, tmp_path / "kept")
    assert np.isnan(open_table(tmp_path / "kept").frame["d"].to_numpy()[1])
