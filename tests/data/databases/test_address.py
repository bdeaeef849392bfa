"""Addresses of databases: kinds that are read, no options, no password shown."""

import subprocess
import sys

import pytest

from lab.base import LabError
from lab.data.databases.address import parse_address
from lab.data.databases.statement import check_query
from lab.data.isolated import reader_environment


def test_an_address_is_taken_apart():
    found = parse_address("postgres://me:a%2Fb%40@db.example:5433/my%20shop")
    assert (found.kind, found.host, found.port) == ("postgresql", "db.example", 5433)
    assert (found.user, found.password, found.database) == ("me", "a/b@", "my shop")
    assert parse_address("sqlite:///shop.db").path == "shop.db"
    assert parse_address("duckdb:////data/shop.duckdb").path == "/data/shop.duckdb"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mysql://me@host/db", "of the kind 'mysql' are not read"),
        ("postgresql+psycopg://me@host/db", "are not read"),
        ("file:///etc/passwd", "are not read"),
        ("postgresql://me@host/db?sslrootcert=/etc/passwd", "options"),
        ("postgresql://me@host/db?service=x", "options"),
        ("sqlite:///shop.db?mode=rwc", "options"),
        ("sqlite:///file:shop.db?uri=true", "options"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("duckdb://md:cloud", "names no file"),
        ("postgresql://me:pass/word@host/db", "parts that belong to no server|port"),
        ("postgresql://me:pass#word@host/db", "parts that belong to no server|port"),
        ("postgresql://me@host:99999/db", "port"),
        ("shop.db", "no address"),
    ],
)
def test_what_is_not_read_is_told(text, message):
    with pytest.raises(LabError, match=message) as caught:
        parse_address(text)
    assert caught.value.hint
    assert "pass" not in caught.value.message.replace("password", "")


def test_the_password_is_shown_nowhere():
    found = parse_address("postgresql://me:top-secret@host/db")
    assert "top-secret" not in repr(found) + found.title + found.hide("login top-secret failed")


@pytest.mark.parametrize(
    "query", ["SELECT 1", "  with a as (select 1) select * from a;", "(SELECT 1) -- ; DROP",
              "/* x; */ SELECT ';', \"a;b\" FROM t", "SELECT $$a;b$$"],
)  # fmt: skip
def test_one_select_passes(query):
    assert check_query(query) == query.strip()


@pytest.mark.parametrize(
    "query", ["", ";", "SELECT 1; SELECT 2", "DROP TABLE a", "-- SELECT\nDELETE FROM a",
              "EXPLAIN SELECT 1", "SELECT 1\0", "SELECT " + "1," * 20_000, "COPY a TO 'b'"],
)  # fmt: skip
def test_anything_else_does_not(query):
    with pytest.raises(LabError) as caught:
        check_query(query)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("address", "package"),
    [("sqlite:///x.db", "sqlalchemy"), ("duckdb:///x.db", "duckdb"),
     ("postgresql://me@127.0.0.1/x", "psycopg")],
)  # fmt: skip
def test_a_missing_driver_is_told_with_the_command_that_installs_it(address, package, tmp_path):
    (tmp_path / "x.db").touch()
    code = (
        f"import sys\nsys.modules[{package!r}] = None\n"
        "from lab.base import LabError\n"
        "from lab.data.databases import Asked, parse_address, read_database\n"
        f"try:\n    read_database(Asked(address=parse_address({address!r}), table='a'))\n"
        "except LabError as error:\n    print(error)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                          cwd=tmp_path, env=reader_environment(), check=True).stdout  # fmt: skip
    assert f"needs the package '{package}', which is not installed" in said
    assert "pip install -r requirements-sql.txt" in said
