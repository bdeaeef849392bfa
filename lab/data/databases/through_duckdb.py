"""DuckDB files through DuckDB's own driver, which hands over Arrow."""

from typing import Any

import pyarrow as pa

from lab.base import LabError
from lab.data.databases.asked import Asked, find_table, importing, refused
from lab.data.databases.statement import check_query, quoted
from lab.data.readers.entry import RawColumns
from lab.data.readers.limits import check_cells
from lab.data.readers.plain_types import as_plain
from lab.data.readers.records import listed

_BATCH = 50_000
_SHUT_IN = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}
"""A query cannot read other files, reach other hosts, or load extensions."""
_TABLES = (
    "SELECT table_schema, table_name FROM information_schema.tables"
    " ORDER BY table_schema <> 'main', table_schema, table_name"
)


def read_duckdb(asked: Asked) -> RawColumns:
    """Return the columns of a table or a query of a DuckDB file.

    Raises
    ------
    LabError
        When the driver is missing, or the database refuses.
    """
    with importing("duckdb", "duckdb"):
        import duckdb
    path = str(asked.address.file)
    try:
        with duckdb.connect(path, read_only=True, config=_SHUT_IN) as connection:
            connection.execute("SET lock_configuration = true")
            query = _query(connection, asked)
            reader = connection.sql(query).to_arrow_reader(_BATCH)
            return _columns(reader)
    except duckdb.Error as error:
        raise refused(asked.address, error) from error


def _query(connection: Any, asked: Asked) -> str:
    if not asked.query:
        schema, name = find_table(asked.table, connection.execute(_TABLES).fetchall())
        return f"SELECT * FROM {quoted(schema)}.{quoted(name)}"  # noqa: S608 - found in its list
    query = check_query(asked.query)
    statements = connection.extract_statements(query)
    if [statement.type.name for statement in statements] != ["SELECT"]:
        raise LabError("the query is not one SELECT", hint="Begin it with SELECT or WITH.")
    return query


def _columns(reader: Any) -> RawColumns:
    schema, batches, n_rows = reader.schema, [], 0
    for batch in reader:
        n_rows += batch.num_rows
        check_cells(n_rows, len(schema))
        batches.append(batch)
    found = pa.Table.from_batches(batches, schema)
    nested = [field.name for field in schema if pa.types.is_nested(field.type)]
    notes = (f"Lists and records kept as text in {listed(nested)}.",) if nested else ()
    return RawColumns(
        names=tuple(schema.names), arrays=[as_plain(column) for column in found.columns],
        notes=notes,
    )  # fmt: skip
