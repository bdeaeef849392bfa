"""DuckDB files, read only and shut in."""

import pandas as pd
import pytest

from lab.base import LabError
from lab.data.databases import Asked, parse_address, read_database

duckdb = pytest.importorskip("duckdb")


@pytest.fixture
def shop(tmp_path):
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE orders AS SELECT n AS id, (n * 1.25)::DECIMAL(10, 2) AS price,"
            " CASE WHEN n % 10 = 0 THEN NULL ELSE n / 3 END AS weight,"
            " ['Ulm', 'Bonn'][1 + n % 2] AS town, n % 2 = 0 AS paid,"
            " DATE '2024-01-01' + n::INTEGER AS day, n::HUGEINT AS huge, [n, 2] AS list,"
            " {'a': n} AS record, 'x'::ENUM('x', 'y') AS level, 7::UTINYINT AS small"
            " FROM range(1, 41) AS t(n)"
        )
        connection.execute("CREATE SCHEMA old; CREATE TABLE old.orders AS SELECT 1 AS a")
    return path


def read(path, tmp_path, **asked):
    return read_database(Asked(address=parse_address(f"duckdb:///{path}"), **asked))


def test_every_type_becomes_what_the_database_holds(shop, tmp_path):
    frame = read(shop, tmp_path, table="orders").frame
    assert frame["id"].tolist() == list(range(1, 41))
    assert frame["price"].tolist() == [n * 1.25 for n in range(1, 41)]
    assert frame["weight"].dropna().tolist() == [n / 3 for n in range(1, 41) if n % 10]
    assert frame["town"].iloc[:2].tolist() == ["Bonn", "Ulm"]
    assert frame["day"].iloc[0] == pd.Timestamp("2024-01-02")
    assert frame["huge"].tolist() == list(range(1, 41))
    assert frame["level"].unique().tolist() == ["x"]
    assert frame["list"].iloc[0] == "[1, 2]"


def test_a_query_and_another_schema_are_read(shop, tmp_path):
    assert read(shop, tmp_path, table="old.orders").frame["a"].tolist() == [1]
    query = "FROM orders SELECT town, count(*) AS n GROUP BY ALL"
    with pytest.raises(LabError, match="begins with 'FROM'"):
        read(shop, tmp_path, query=query)
    query = "SELECT town, count(*) AS n FROM orders GROUP BY ALL ORDER BY town"
    assert read(shop, tmp_path, query=query).frame["n"].tolist() == [20, 20]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "WITH a AS (SELECT 1) DELETE FROM orders",
        "SELECT 1; SET enable_external_access = true",
        "COPY orders TO '/tmp/orders.csv'",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    ],
)
def test_a_query_reaches_nothing_but_the_database(shop, tmp_path, query):
    before = shop.read_bytes()
    with pytest.raises(LabError):
        read(shop, tmp_path, query=query)
    assert shop.read_bytes() == before


def test_what_is_no_database_is_told(tmp_path):
    path = tmp_path / "x.duckdb"
    path.write_bytes(b"hello" * 1_000)
    with pytest.raises(LabError, match="DuckDB answered"):
        read(path, tmp_path, table="a")
