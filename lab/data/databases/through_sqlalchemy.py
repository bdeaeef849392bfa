"""SQLite files and PostgreSQL servers through SQLAlchemy, in a transaction that only reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from lab.data.databases.address import Address
from lab.data.databases.asked import Asked, find_table, importing, refused
from lab.data.databases.statement import check_query
from lab.data.readers.entry import RawColumns
from lab.data.readers.limits import check_cells
from lab.data.readers.records import listed, told_infinite
from lab.data.readers.values import ValueColumn

_BATCH = 10_000
_CONNECT_SECONDS = 10
_ALLOWED, _DENIED = 0, 1
_READING_ACTIONS = frozenset({20, 21, 31, 33})
"""SQLite's numbers for reading a column, a SELECT, a function, and a recursive SELECT."""
_PLAIN = frozenset({int, float, str, bool, type(None)})


def read_sqlite(asked: Asked) -> RawColumns:
    """Return the columns of a table or a query of an SQLite file.

    Raises
    ------
    LabError
        When SQLAlchemy is missing, or the database refuses.
    """
    with importing("sqlite", "sqlalchemy"):
        import sqlalchemy as alchemy
    url = alchemy.URL.create(
        "sqlite+pysqlite", database=f"file:{quote(str(asked.address.file))}",
        query={"mode": "ro", "uri": "true"},
    )  # fmt: skip
    with _engine(alchemy, url, asked.address) as engine, engine.connect() as connection:
        plain = connection.connection.dbapi_connection
        plain.execute("PRAGMA trusted_schema = OFF")
        query = _query(alchemy, connection, asked)
        plain.set_authorizer(_only_reading)
        return _fetched(connection, query)


def read_postgresql(asked: Asked) -> RawColumns:
    """Return the columns of a table or a query of a PostgreSQL server.

    Raises
    ------
    LabError
        When SQLAlchemy or psycopg are missing, or the server refuses.
    """
    with importing("postgresql", "sqlalchemy"):
        import sqlalchemy as alchemy
    with importing("postgresql", "psycopg"):
        import psycopg  # noqa: F401 - SQLAlchemy needs it
    address = asked.address
    url = alchemy.URL.create(
        "postgresql+psycopg", username=address.user or None, password=address.password or None,
        host=address.host or None, port=address.port, database=address.database or None,
    )  # fmt: skip
    arguments = {"connect_timeout": _CONNECT_SECONDS}
    with _engine(alchemy, url, address, arguments) as engine, engine.connect() as opened:
        connection = opened.execution_options(postgresql_readonly=True)
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {1000 * asked.seconds:d}")
        return _fetched(connection, _query(alchemy, connection, asked))


@contextmanager
def _engine(
    alchemy: Any, url: Any, address: Address, arguments: dict[str, Any] | None = None
) -> Iterator[Any]:
    """Give an engine whose faults are told in one sentence each."""
    engine = alchemy.create_engine(
        url, poolclass=alchemy.NullPool, connect_args=arguments or {}, hide_parameters=True
    )
    try:
        yield engine
    except alchemy.exc.SQLAlchemyError as error:
        raise refused(address, getattr(error, "orig", None) or error) from error
    finally:
        engine.dispose()


def _query(alchemy: Any, connection: Any, asked: Asked) -> str:
    if asked.query:
        return check_query(asked.query)
    schema, name = find_table(asked.table, _tables(alchemy, connection))
    quoting = connection.dialect.identifier_preparer
    place = f"{quoting.quote_schema(schema)}." if schema else ""
    return f"SELECT * FROM {place}{quoting.quote_identifier(name)}"  # noqa: S608 - from its list


def _tables(alchemy: Any, connection: Any) -> list[tuple[str, str]]:
    """Return schema and name of all tables and views, those of the usual schema without it."""
    inspector = alchemy.inspect(connection)
    usual = inspector.default_schema_name
    schemas = [usual, *(name for name in inspector.get_schema_names() if name != usual)]
    found = []
    for schema in schemas:
        if schema in {"information_schema", "pg_catalog"}:
            continue
        names = inspector.get_table_names(schema) + inspector.get_view_names(schema)
        found += [("" if schema == usual else schema, name) for name in sorted(names)]
    return found


def _only_reading(action: int, *_about: object) -> int:
    return _ALLOWED if action in _READING_ACTIONS else _DENIED


def _fetched(connection: Any, query: str) -> RawColumns:
    """Return the columns of a query, fetched batch by batch; its text goes to the driver as is."""
    options = {"stream_results": True, "yield_per": _BATCH, "no_parameters": True}
    result = connection.exec_driver_sql(query, execution_options=options)
    names = tuple(map(str, result.keys()))
    columns = [ValueColumn() for _ in names]
    odd: dict[str, None] = {}
    n_rows = 0
    for rows in result.partitions(_BATCH):
        n_rows += len(rows)
        check_cells(n_rows, len(names))
        for name, column, values in zip(names, columns, zip(*rows, strict=True), strict=True):
            if any(isinstance(value, list | dict) for value in values[:100]):
                odd[name] = None
            column.add(values)
    arrays = [column.take() for column in columns]
    infinite = [name for name, column in zip(names, columns, strict=True) if column.n_infinite]
    notes = (f"Lists and records kept as JSON text in {listed(odd)}.",) if odd else ()
    return RawColumns(names=names, arrays=arrays, notes=(*notes, *told_infinite(infinite)))
