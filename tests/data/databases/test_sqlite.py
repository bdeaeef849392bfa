"""SQLite files, read only and shut in."""

import sqlite3

import pandas as pd
import pytest

from lab.base import LabError
from lab.data import ReadLimits, read_sql_isolated
from lab.data.databases import Asked, parse_address, read_database


@pytest.fixture
def shop(tmp_path):
    path = tmp_path / "my shop's.db"
    with sqlite3.connect(path) as connection:
        connection.execute(
            'CREATE TABLE "or""ders" (id INTEGER, price REAL, town TEXT, day TEXT, raw BLOB, any)'
        )
        rows = [(n, n / 4 if n % 5 else None, "Ulm" if n % 2 else "Bönn", f"2024-01-{n:02d}",
                 b"\xff", n if n % 2 else "x") for n in range(1, 31)]  # fmt: skip
        connection.executemany('INSERT INTO "or""ders" VALUES (?,?,?,?,?,?)', rows)
        connection.execute('CREATE VIEW cheap AS SELECT id FROM "or""ders" WHERE price < 2')
    connection.close()
    return path


def read(path, tmp_path, **asked):
    return read_database(Asked(address=parse_address(f"sqlite:///{path}"), **asked))


def test_a_table_is_read_as_it_stands(shop, tmp_path):
    table = read(shop, tmp_path, table='or"ders')
    frame = table.frame
    assert frame["id"].tolist() == list(range(1, 31))
    assert frame["price"].dropna().tolist() == [n / 4 for n in range(1, 31) if n % 5]
    assert frame["town"].unique().tolist() == ["Ulm", "Bönn"]
    assert frame["day"].iloc[-1] == pd.Timestamp("2024-01-30")
    assert frame["any"].iloc[:2].tolist() == ["1", "x"]
    assert table.source == "my shop's.db: or\"ders"


def test_a_view_and_a_query_are_read(shop, tmp_path):
    assert read(shop, tmp_path, table="cheap").frame["id"].tolist() == [1, 2, 3, 4, 6, 7]
    found = read(shop, tmp_path, query="WITH t AS (SELECT 1 AS a, '%s :b' AS c) SELECT * FROM t")
    assert found.frame["c"].tolist() == ["%s :b"]


@pytest.mark.parametrize(
    "query",
    [
        'DELETE FROM "or""ders"',
        "PRAGMA user_version = 3",
        "ATTACH '/tmp/other.db' AS other",
        "VACUUM INTO '/tmp/copy.db'",
        "SELECT 1; DELETE FROM cheap",
        "/* SELECT */ DROP TABLE cheap",
        "SELECT load_extension('x')",
        "SELECT * FROM pragma_database_list",
        " ; ",
    ],
)
def test_only_what_reads_is_run(shop, tmp_path, query):
    before = shop.read_bytes()
    with pytest.raises(LabError) as caught:
        read(shop, tmp_path, query=query)
    assert caught.value.hint
    assert shop.read_bytes() == before


def test_no_file_is_made_where_there_is_none(tmp_path):
    with pytest.raises(LabError, match="no database file"):
        read(tmp_path / "gone.db", tmp_path, table="a")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_database_is_told(tmp_path):
    path = tmp_path / "x.db"
    path.write_bytes(b"hello" * 1_000)
    with pytest.raises(LabError, match="SQLite answered: file is not a database"):
        read(path, tmp_path, table="a")


def test_a_view_without_end_is_ended(shop, tmp_path):
    endless = "WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n) SELECT max(a) FROM n"
    with pytest.raises(LabError, match="longer than 2 seconds"):
        read_sql_isolated(
            f"sqlite:///{shop}", folder=tmp_path / "kept", query=endless,
            limits=ReadLimits(seconds=2),
        )  # fmt: skip


def test_a_process_of_its_own_reads_the_same(shop, tmp_path):
    here = read(shop, tmp_path, table="cheap")
    there = read_sql_isolated(f"sqlite:///{shop}", folder=tmp_path / "kept", table="cheap")
    assert (there.id, there.notes, there.source) == (here.id, here.notes, here.source)


def test_an_empty_result_is_told(shop, tmp_path):
    with pytest.raises(LabError, match="gives no rows"):
        read(shop, tmp_path, query="SELECT * FROM cheap WHERE id = 0")
