"""Reading in a process of its own: the same table, under limits, every end with its sentence."""

import os
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lab.base import LabError
from lab.data import ReadLimits, ReadOptions, read_isolated, read_table


@pytest.fixture
def csv(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a;b\n1,5;x\n2,5;y\n,\n3,5;\n")
    return path


def children():
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == os.getpid() and fields[0] != "Z":
                found.append(entry.name)
    return found


def test_the_table_is_that_of_reading_here(csv, tmp_path):
    here = read_table(csv, name="mine.csv", options=ReadOptions(decimal=","))
    there = read_isolated(
        csv, folder=tmp_path / "kept", name="mine.csv", options=ReadOptions(decimal=",")
    )
    assert (there.id, there.schema, there.source, there.notes) == (
        here.id, here.schema, "mine.csv", here.notes,
    )  # fmt: skip
    pd.testing.assert_frame_equal(there.frame, here.frame)


def test_the_table_opens_memory_mapped(csv, tmp_path):
    table = read_isolated(csv, folder=tmp_path / "kept", name="t")
    values = table.frame["a"].to_numpy()
    assert not values.flags.writeable
    assert np.shares_memory(values, table.frame["a"].to_numpy())


def test_what_a_person_can_put_right_comes_back_with_its_hint(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("")
    with pytest.raises(LabError, match="the file is empty") as caught:
        read_isolated(path, folder=tmp_path / "kept", name="empty.csv")
    assert caught.value.hint
    assert not (tmp_path / "kept").exists()


def test_memory_is_limited(tmp_path):
    path = tmp_path / "large.csv"
    header = ",".join(f"c{place}" for place in range(50)) + "\n"
    path.write_text(header + ("1," * 49 + "2\n") * 1_000_000)
    with pytest.raises(LabError, match="memory"):
        read_isolated(path, folder=tmp_path / "kept", name="x", limits=ReadLimits(memory_mb=640))
    assert not (tmp_path / "kept").exists()


def test_a_reader_that_hangs_is_ended_with_its_group(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    before = children()
    begun = time.monotonic()
    with pytest.raises(LabError, match="longer than 2 seconds"):
        read_isolated(path, folder=tmp_path / "kept", name="pipe", limits=ReadLimits(seconds=2))
    assert time.monotonic() - begun < 10
    assert set(children()) <= set(before)


def test_processor_time_is_limited(tmp_path):
    path = tmp_path / "large.csv"
    path.write_text("a,b\n" + "12345.678,level\n" * 15_000_000)
    with pytest.raises(LabError, match="longer than 1 second"):
        read_isolated(
            path, folder=tmp_path / "kept", name="large.csv", limits=ReadLimits(cpu_seconds=1)
        )


def test_what_is_written_is_limited(tmp_path):
    path = tmp_path / "large.csv"
    path.write_text("a,b\n" + "12345.678,level\n" * 200_000)
    with pytest.raises(LabError, match="cannot be kept") as caught:
        read_isolated(path, folder=tmp_path / "kept", name="x", limits=ReadLimits(file_mb=1))
    assert caught.value.hint


def test_a_parquet_dictionary_bomb_takes_only_its_own_process(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "bomb.parquet"
    codes = pa.array(np.zeros(1_900, dtype=np.int32))
    text = pa.DictionaryArray.from_arrays(codes, pa.array(["x" * 1_000_000]))
    pq.write_table(pa.table({"a": text}), path)
    with pytest.raises(LabError, match="memory"):
        read_isolated(path, folder=tmp_path / "kept", name="x", limits=ReadLimits(memory_mb=1_536))


def test_a_file_name_that_leads_elsewhere_writes_only_into_the_folder(csv, tmp_path):
    before = set(tmp_path.rglob("*"))
    folder = tmp_path / "kept"
    table = read_isolated(csv, folder=folder, name="../../../etc/pass\u202ewd\n.csv")
    new = set(tmp_path.rglob("*")) - before
    assert all(path == folder or path.is_relative_to(folder) for path in new)
    assert "\n" not in table.source
    assert "\u202e" not in table.source
