"""What is read from a database, and the errors that all of them share."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from lab.base import LabError, plain_text
from lab.data.databases.address import KINDS, Address


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A table or a query of a database.

    Parameters
    ----------
    address : Address
        The database.
    table : str
        Name of a table or view, perhaps with its schema and a point; empty for the query, or for
        the only table that there is.
    query : str
        One SELECT; empty for the table.
    seconds : int
        How long the database may take.
    """

    address: Address
    table: str = ""
    query: str = ""
    seconds: int = 300

    @property
    def title(self) -> str:
        """What is read, for people."""
        what = plain_text(self.table, max_length=60) if self.table else "query"
        return f"{self.address.title}: {what}"


@contextmanager
def importing(kind: str, package: str) -> Iterator[None]:
    """Tell the command that installs a driver when its import fails."""
    try:
        yield
    except ImportError as error:
        raise LabError(
            f"reading {KINDS[kind]} needs the package {package!r}, which is not installed",
            hint="Run: .venv/bin/python -m pip install -r requirements-sql.txt",
        ) from error


def find_table(wanted: str, tables: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return schema and name of a table; of the only one when none is wanted.

    Parameters
    ----------
    wanted : str
        Its name, perhaps with its schema before a point.
    tables : sequence of (str, str)
        Schema and name of all tables and views; the schema is empty where it needs no naming.

    Raises
    ------
    LabError
        When it is not there, or none is wanted and there are several.
    """
    if not tables:
        raise LabError("the database holds no tables", hint="Choose another database.")
    if not wanted and len(tables) == 1:
        return tables[0]
    for schema, name in tables:
        if wanted in {name, f"{schema}.{name}"}:
            return schema, name
    listed = _listed(f"{schema}.{name}" if schema else name for schema, name in tables)
    if not wanted:
        raise LabError("name the table or the query to read", hint=f"The tables are: {listed}.")
    raise LabError(
        f"the database has no table {plain_text(wanted, max_length=60)!r}",
        hint=f"The tables are: {listed}.",
    )


def refused(address: Address, error: Exception) -> LabError:
    """Return the error for what a database answered, without the password."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = plain_text(address.hide("; ".join(lines[:2])), max_length=300)
    return LabError(
        f"{KINDS[address.kind]} answered: {said or type(error).__name__}",
        hint="Check the address, the name of the table, and the query.",
    )


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    shown = ", ".join(plain_text(name, max_length=60) for name in found[:20])
    return shown + (f" and {len(found) - 20:,} more" if len(found) > 20 else "")
