"""What every line of the readers' catalogue promises."""

import pandas as pd
import pytest

from lab.base import LabError
from lab.data import READABLE_SUFFIXES, READERS, read_table

FRAME = pd.DataFrame({
    "whole": [1, 2, 3, 4], "real": [0.5, None, 1.5, 2.5], "text": ["x", "ü", None, "a, b"],
    "day": pd.to_datetime(["2024-01-01", "2024-01-02", None, "2024-01-04"]),
})  # fmt: skip
WRITERS = {
    "delimited": ("csv", lambda path: FRAME.to_csv(path, index=False)),
    "parquet": ("parquet", FRAME.to_parquet),
    "excel": ("xlsx", lambda path: FRAME.to_excel(path, index=False)),
    "jsonlines": ("jsonl", lambda path: FRAME.to_json(
        path, orient="records", lines=True, date_format="iso")),
    "json": ("json", lambda path: FRAME.to_json(path, orient="records", date_format="iso")),
    "arff": ("arff", lambda path: path.write_text(to_arff(FRAME))),
}  # fmt: skip


def _cell(value):
    if pd.isna(value):
        return "?"
    return f"'{value:%Y-%m-%d}'" if isinstance(value, pd.Timestamp) else repr(value)


def to_arff(frame):
    """Return a frame as Weka writes it."""
    kinds = {"i": "integer", "f": "real", "M": "date 'yyyy-MM-dd'"}
    head = [f"@attribute {name} {kinds.get(frame[name].dtype.kind, 'string')}" for name in frame]
    rows = [",".join(map(_cell, row)) for row in frame.astype(object).to_numpy()]
    return "\n".join(["@relation t", *head, "@data", *rows, ""])


@pytest.mark.parametrize("key", READERS.keys)
def test_it_reads_the_same_table_as_every_other(key, tmp_path):
    suffix, write = WRITERS[key]
    write(tmp_path / f"t.{suffix}")
    table = read_table(tmp_path / f"t.{suffix}")
    FRAME.to_csv(tmp_path / "plain.csv", index=False)
    expected = read_table(tmp_path / "plain.csv")
    assert table.schema == expected.schema
    assert table.id == expected.id


@pytest.mark.parametrize("key", READERS.keys)
def test_it_tells_how_it_read(key, tmp_path):
    suffix, write = WRITERS[key]
    write(tmp_path / f"t.{suffix}")
    assert read_table(tmp_path / f"t.{suffix}").notes[0].startswith("Read ")


@pytest.mark.parametrize("key", READERS.keys)
def test_the_name_of_the_file_is_not_believed(key, tmp_path):
    _, write = WRITERS[key]
    suffix = "csv" if key == "excel" else "xlsx"
    path = tmp_path / f"t.{WRITERS[key][0]}"
    write(path)
    path.rename(tmp_path / f"misnamed.{suffix}")
    assert read_table(tmp_path / f"misnamed.{suffix}").schema.names == tuple(FRAME.columns)


@pytest.mark.parametrize(
    ("suffix", "promised"), [("parquet", "Parquet"), ("xlsx", "Excel"), ("csv.gz", "gzip"),
                             ("zip", "zip")],
)  # fmt: skip
@pytest.mark.parametrize("content", [b"please log in\n", b"", b"\x00\x01\x02\xff" * 50])
def test_what_is_not_what_its_name_says_and_cannot_be_read_is_told(
    suffix, promised, content, tmp_path
):
    path = tmp_path / f"t.{suffix}"
    path.write_bytes(content)
    with pytest.raises(LabError, match=f"no {promised}.* file although its name says so") as caught:
        read_table(path)
    assert ".csv" in caught.value.hint


def test_a_damaged_file_of_the_kind_its_name_says_is_told_as_damaged(tmp_path):
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1" + b"x" * 40)
    with pytest.raises(LabError, match="Parquet file is damaged"):
        read_table(path)


def test_endings_are_offered_once_and_without_a_dot():
    assert len(set(READABLE_SUFFIXES)) == len(READABLE_SUFFIXES)
    assert {"csv", "tsv", "gz", "zip", "parquet", "xlsx", "xls"} <= set(READABLE_SUFFIXES)
