"""Packed files: told by their content, unpacked under caps, never written by their own names."""

import gzip
import io
import zipfile

import pytest

from lab.base import LabError

CSV = b"a,b\n1,x\n2,y\n"


def zipped(members, *, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def test_gzip_is_unpacked_whatever_it_is_called(read):
    table = read(gzip.compress(CSV), name="table.csv")
    assert table.frame["a"].tolist() == [1, 2]
    assert any("gzip" in note for note in table.notes)


def test_plain_text_called_gz_is_read_as_text(read):
    assert read(CSV, name="table.csv.gz").frame["a"].tolist() == [1, 2]


def test_a_zip_of_one_table_is_unpacked(read):
    members = [("folder/", b""), ("folder/t.csv", CSV), ("__MACOSX/._t.csv", b"litter")]
    assert read(zipped(members), name="t.zip").frame["b"].tolist() == ["x", "y"]


def test_packed_parquet_is_read_too(read, tmp_path):
    import pandas as pd

    pd.DataFrame({"a": [1, 2]}).to_parquet(tmp_path / "t.parquet")
    packed = gzip.compress((tmp_path / "t.parquet").read_bytes())
    assert read(packed).frame["a"].tolist() == [1, 2]


@pytest.mark.parametrize("members", [[], [("a.csv", CSV), ("b.csv", CSV)]])
def test_a_zip_of_none_or_several_tables_is_an_error(read, members):
    with pytest.raises(LabError, match="one table is read") as caught:
        read(zipped(members), name="t.zip")
    assert caught.value.hint


@pytest.mark.parametrize("name", ["../t.csv", "/etc/t.csv", "a/../../t.csv", "c:\\t.csv"])
def test_a_zip_that_leads_out_of_itself_is_refused_and_writes_nothing(read, tmp_path, name):
    with pytest.raises(LabError, match="leads out"):
        read(zipped([(name, CSV)]), name="t.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["t.zip"]


def test_a_symbolic_link_in_a_zip_is_refused(read):
    info = zipfile.ZipInfo("t.csv")
    info.external_attr = 0o120777 << 16
    with pytest.raises(LabError, match="leads out"):
        read(zipped([(info, b"/etc/passwd")]), name="t.zip")


def test_a_bomb_is_stopped_while_its_bytes_are_counted(read):
    bomb = gzip.compress(b"0\n" * 20_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(LabError, match="200 times its size"):
        read(bomb, name="innocent.csv")
    with pytest.raises(LabError, match="200 times its size"):
        read(zipped([("t.csv", b"0\n" * 20_000_000)]), name="t.zip")


def test_a_workbook_bomb_is_stopped_before_it_is_opened(read):
    parts = [("[Content_Types].xml", b"<x/>"), ("xl/sheet.xml", b"0" * 40_000_000)]
    with pytest.raises(LabError, match="200 times its size"):
        read(zipped(parts), name="t.xlsx")


def test_sizes_are_counted_not_believed(read, monkeypatch):
    from lab.data.readers import limits

    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 1 << 20)
    with pytest.raises(LabError, match="holds more than"):
        read(gzip.compress(CSV + bytes(range(48, 58)) * 200_000), name="t.csv.gz")


@pytest.mark.parametrize("cut", [10, 25])
def test_a_packed_file_that_is_cut_off_is_an_error(read, cut):
    with pytest.raises(LabError, match="damaged or cut off"):
        read(gzip.compress(CSV * 100)[:-cut], name="t.csv.gz")
    with pytest.raises(LabError, match="damaged or cut off"):
        read(zipped([("t.csv", CSV * 100)])[:-cut], name="t.zip")


def test_an_encrypted_zip_is_an_error(read):
    content = bytearray(zipped([("t.csv", CSV)]))
    local, central = content.find(b"PK\x03\x04"), content.find(b"PK\x01\x02")
    content[local + 6] |= 1
    content[central + 8] |= 1
    with pytest.raises(LabError, match="encrypted"):
        read(bytes(content), name="t.zip")


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    from lab.data import read_table

    with pytest.raises(LabError, match="cannot be opened"):
        read_table(tmp_path / "nothing.csv")
    with pytest.raises(LabError, match="cannot be opened"):
        read_table(tmp_path)
