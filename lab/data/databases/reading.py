"""From a table or a query of a database to a table of ours."""

from lab.base import LabError, plain_text
from lab.data.databases.address import KINDS
from lab.data.databases.asked import Asked
from lab.data.databases.through_duckdb import read_duckdb
from lab.data.databases.through_sqlalchemy import read_postgresql, read_sqlite
from lab.data.reading import settle
from lab.data.table import Table

_READERS = {"sqlite": read_sqlite, "duckdb": read_duckdb, "postgresql": read_postgresql}


def read_database(asked: Asked) -> Table:
    """Return a table or the result of a query, with notes of what was changed.

    The database is opened to read only, and its driver can reach nothing else by options.

    Parameters
    ----------
    asked : Asked
        The database, and what to read of it.

    Raises
    ------
    LabError
        When both a table and a query are named, a driver is missing, or the database refuses.
    """
    if asked.table and asked.query:
        raise LabError("both a table and a query are named", hint="Name one of the two.")
    raw = _READERS[asked.address.kind](asked)
    if not raw.arrays or not len(raw.arrays[0]):
        raise LabError("the database gives no rows", hint="Choose another table or query.")
    what = f"table {plain_text(asked.table)!r}" if asked.table else "table"
    told = f"Read from {KINDS[asked.address.kind]}, {'a query' if asked.query else f'the {what}'}."
    return settle(raw, source=asked.title, notes=(told, *raw.notes))
