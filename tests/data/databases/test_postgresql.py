"""A real PostgreSQL on the loopback: types, schemas, and that nothing but reading works."""

import contextlib

import pandas as pd
import pytest

from lab.base import ColumnKind, LabError
from lab.data import ReadLimits, read_sql_isolated
from lab.data.databases import Asked, parse_address, read_database

TABLE = """
CREATE TABLE orders (
    id bigint, price numeric(10, 2), weight double precision, town text, paid boolean,
    day date, moment timestamptz, tags text[], about jsonb, code uuid, big bigint
)
"""
ROWS = """
INSERT INTO orders SELECT n, n * 1.25, CASE WHEN n % 10 = 0 THEN NULL ELSE n / 3.0 END,
    (ARRAY['Ulm', 'Bonn', 'München'])[1 + n % 3], n % 2 = 0, DATE '2024-01-01' + n,
    TIMESTAMPTZ '2024-01-01 12:00+02' + n * INTERVAL '1 hour', ARRAY['a', 'b'],
    jsonb_build_object('n', n), md5(n::text)::uuid,
    CASE WHEN n = 5 THEN NULL ELSE 9007199254740993 + n END
FROM generate_series(1, 60) AS n
"""


@pytest.fixture(scope="module")
def shop(postgresql):
    postgresql.run(TABLE, ROWS, "CREATE SCHEMA old", "CREATE TABLE old.orders AS SELECT 1 AS a")
    postgresql.run("CREATE VIEW cheap AS SELECT id, price FROM orders WHERE price < 10")
    return postgresql


def read(shop, folder, **asked):
    return read_database(Asked(address=parse_address(shop.address), **asked))


def test_every_type_becomes_what_the_database_holds(shop, tmp_path):
    table = read(shop, tmp_path, table="orders")
    frame = table.frame
    rows = shop.run("SELECT price, weight, town, paid, day, moment, big FROM orders ORDER BY id")
    assert frame["price"].tolist() == [float(row[0]) for row in rows]
    assert frame["weight"].isna().sum() == 6
    assert frame["weight"].dropna().tolist() == [row[1] for row in rows if row[1] is not None]
    assert frame["town"].tolist() == [row[2] for row in rows]
    assert table.schema["paid"].kind is ColumnKind.BOOLEAN
    assert frame["day"].tolist() == [pd.Timestamp(row[4]) for row in rows]
    assert frame["moment"].iloc[0] == pd.Timestamp("2024-01-01 11:00")
    assert frame["tags"].iloc[0] == '["a", "b"]'
    assert frame["about"].iloc[1] == '{"n": 2}'
    assert frame["big"].dropna().tolist() == [str(row[6]) for row in rows if row[6] is not None]
    assert table.notes[0] == "Read from PostgreSQL, the table 'orders'."


def test_a_view_and_another_schema_and_a_query_are_read(shop, tmp_path):
    assert len(read(shop, tmp_path, table="cheap").frame) == 7
    assert len(read(shop, tmp_path, table="old.orders").frame) == 1
    query = "SELECT town, count(*) AS n FROM orders WHERE town LIKE '%n' GROUP BY 1; -- ':x' %s"
    assert read(shop, tmp_path, query=query).frame["n"].tolist() == [20, 20]


def test_without_table_and_query_the_tables_are_told(shop, tmp_path):
    with pytest.raises(LabError, match="name the table") as caught:
        read(shop, tmp_path)
    assert "cheap, orders, old.orders" in caught.value.hint


@pytest.mark.parametrize(
    "query",
    [
        "WITH gone AS (DELETE FROM orders RETURNING id) SELECT * FROM gone",
        "SELECT setval('numbers', 7)",
        "SELECT lo_create(0)",
        "SELECT 1 AS a; COMMIT; DROP TABLE orders",
        "SELECT E'\\''; DROP TABLE orders; --'",
        "SELECT set_config('transaction_read_only', 'off', false), lo_create(0)",
    ],
)
def test_nothing_can_be_changed(shop, tmp_path, query):
    shop.run("CREATE SEQUENCE IF NOT EXISTS numbers")
    with contextlib.suppress(LabError):  # what a server lets through is rolled back
        read(shop, tmp_path, query=query)
    assert shop.run("SELECT count(*) FROM orders") == [(60,)]
    assert shop.run("SELECT count(*) FROM pg_largeobject_metadata") == [(0,)]
    assert shop.run("SELECT is_called FROM numbers") == [(False,)]


@pytest.mark.parametrize("kind", ["address", "field"])
def test_a_wrong_password_is_told_without_it(shop, tmp_path, kind):
    wrong = "not-this-one"
    address = f"postgresql://me:{wrong}@127.0.0.1:{shop.port}/shop"
    given = {"password": ""} if kind == "address" else {"password": wrong}
    with pytest.raises(LabError, match="PostgreSQL answered") as caught:
        read_sql_isolated(
            address if kind == "address" else shop.bare, folder=tmp_path / "kept", table="orders",
            **given,
        )  # fmt: skip
    assert wrong not in str(caught.value)


def test_the_password_of_the_field_is_used_and_stands_nowhere(shop, tmp_path):
    table = read_sql_isolated(
        shop.bare, folder=tmp_path / "kept", table="cheap", password=shop.password
    )
    assert len(table.frame) == 7
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert shop.password.encode() not in kept
    assert table.source == f"postgresql://me@127.0.0.1:{shop.port}/shop: cheap"


def test_a_query_that_takes_too_long_is_ended_on_the_server(shop, tmp_path):
    limits = ReadLimits(seconds=3)
    with pytest.raises(LabError, match=r"longer than 3 seconds|statement timeout"):
        read_sql_isolated(
            shop.address, folder=tmp_path / "kept", query="SELECT pg_sleep(60)", limits=limits
        )
    running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND pid <> "
    for _ in range(50):
        if shop.run(running + "pg_backend_pid() AND state = 'active'") == [(0,)]:
            return
        shop.run("SELECT pg_sleep(0.1)")
    raise AssertionError("the query still runs")


def test_a_server_that_is_not_there_is_told(tmp_path):
    with pytest.raises(LabError, match="PostgreSQL answered"):
        read_sql_isolated(
            "postgresql://me@127.0.0.1:1/shop", folder=tmp_path / "kept", table="orders"
        )
