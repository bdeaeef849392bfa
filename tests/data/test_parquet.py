"""Parquet files: every type of column, and files that mean harm."""

import datetime as dt
import decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lab.base import ColumnKind, LabError
from lab.data import read_table


@pytest.fixture
def read_columns(tmp_path):
    def write_and_read(columns, **options):
        path = tmp_path / "table.parquet"
        pq.write_table(pa.table(columns), path, **options)
        return read_table(path)

    return write_and_read


def test_every_flat_type_is_read(read_columns):
    zoned = pa.timestamp("ns", tz="Europe/Berlin")
    table = read_columns({
        "whole": pa.array([1, 2, 3], pa.int16()),
        "gaps": pa.array([1, None, 3], pa.int64()),
        "large": pa.array([1, 2**64 - 1, 3], pa.uint64()),
        "real": pa.array([0.5, None, float("inf")], pa.float32()),
        "money": pa.array([decimal.Decimal("1.25")] * 3, pa.decimal128(10, 2)),
        "truth": [True, None, False],
        "text": ["x", None, "NA"],
        "listed": pa.array(["x", "y", "x"]).dictionary_encode(),
        "day": [dt.date(2024, 1, 31), None, dt.date(2024, 2, 1)],
        "moment": pa.array([pd.Timestamp("2024-01-01 12:00")] * 3, zoned),
        "clock": [dt.time(1, 2), None, dt.time(3, 4)],
        "nothing": pa.nulls(3),
        "bytes": [b"x", b"\xff", None],
    })  # fmt: skip
    frame = table.frame
    assert frame["whole"].dtype == np.int64
    assert frame["gaps"].isna().tolist() == [False, True, False]
    assert frame["large"].iloc[1] == 2.0**64
    assert frame["real"].isna().tolist() == [False, True, True]
    assert frame["money"].tolist() == [1.25] * 3
    assert frame["truth"].tolist()[::2] == ["True", "False"]
    assert frame["text"].isna().tolist() == [False, True, True]
    assert frame["day"].iloc[0] == pd.Timestamp("2024-01-31")
    assert frame["moment"].iloc[0] == pd.Timestamp("2024-01-01 12:00")
    assert table.schema["truth"].kind is ColumnKind.BOOLEAN
    assert frame["nothing"].isna().all()


def test_nested_columns_are_left_out_and_told(read_columns):
    table = read_columns({"a": [1, 2], "b": [[1], [2, 3]], "c": [{"x": 1}, {"x": 2}]})
    assert table.schema.names == ("a",)
    assert any("'b', 'c'" in note for note in table.notes)


def test_a_table_of_nested_columns_only_is_an_error(read_columns):
    with pytest.raises(LabError, match="no values"):
        read_columns({"b": [[1], [2, 3]]})


def test_no_rows_are_an_error(read_columns):
    with pytest.raises(LabError, match="no values"):
        read_columns({"a": pa.array([], pa.int64())})


def test_a_damaged_file_is_an_error(tmp_path):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": list(range(1000))}), path)
    content = path.read_bytes()
    for damaged in (content[:-30], content[:20], b"PAR1" + b"\0" * 100 + b"PAR1"):
        path.write_bytes(damaged)
        with pytest.raises(LabError, match="damaged"):
            read_table(path)


def test_more_cells_than_are_read_are_refused_by_the_row_count(read_columns, monkeypatch):
    from lab.data.readers import limits

    monkeypatch.setattr(limits, "MAX_CELLS", 100)
    with pytest.raises(LabError, match="more than 100 cells"):
        read_columns({"a": list(range(200))})


def test_duplicate_names_are_renamed(tmp_path):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array([1, 2]), pa.array([3, 4])], ["a", "a"]), path)
    assert read_table(path).frame.to_dict("list") == {"a": [1, 2], "a_2": [3, 4]}


def test_a_dictionary_bomb_is_refused_without_being_unpacked(tmp_path):
    import resource

    path = tmp_path / "bomb.parquet"
    codes = np.zeros(5_000, dtype=np.int32)
    text = pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(["x" * 1_000_000]))
    pq.write_table(pa.table({"a": text}), path)
    assert path.stat().st_size < 2_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(LabError, match="2 GB of text"):
        read_table(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000
