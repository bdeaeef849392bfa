"""Where a database is, taken from an address such as ``sqlite:///shop.db``."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from lab.base import LabError, plain_text

KINDS = {
    "sqlite": "SQLite",
    "duckdb": "DuckDB",
    "postgresql": "PostgreSQL",
}
"""The databases that are read, by the beginning of their addresses."""

EXAMPLES = "sqlite:///shop.db, duckdb:////data/shop.duckdb or postgresql://me@localhost:5432/shop"
_ALIASES = {"postgres": "postgresql"}


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a database is.

    Parameters
    ----------
    kind : str
        Key of `KINDS`.
    path : str
        The file of a database that is one.
    host, user, password : str
        Of a database that is a server; empty for what the driver takes by itself.
    port : int or None
        Of the server.
    database : str
        Its name on the server.
    """

    kind: str
    path: str = ""
    host: str = ""
    port: int | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    database: str = ""

    @property
    def title(self) -> str:
        """The address for people, without the password."""
        if self.path:
            return plain_text(Path(self.path).name)
        port = f":{self.port}" if self.port else ""
        user = f"{self.user}@" if self.user else ""
        server = f"{user}{self.host or 'localhost'}{port}/{self.database}"
        return plain_text(f"{self.kind}://{server}")

    @property
    def file(self) -> Path:
        """The file of the database; LabError when there is none."""
        path = Path(self.path).expanduser()
        if not path.is_file():
            raise LabError(
                f"there is no database file {plain_text(self.path)!r}",
                hint="Give its path after three slashes, a whole path after four.",
            )
        return path.resolve()

    def hide(self, text: str) -> str:
        """Return text, such as what a driver answered, without the password."""
        return text.replace(self.password, "***") if self.password else text


def is_address(text: str) -> bool:
    """Return whether a text is the address of something rather than the path of a file."""
    return "://" in text.split("?", maxsplit=1)[0][:40]


def parse_address(text: str, *, password: str = "") -> Address:
    """Return the database that an address names.

    Parameters
    ----------
    text : str
        Such as ``postgresql://user:password@host:port/database``.
    password : str, default ""
        The password, when it does not stand in the address.

    Raises
    ------
    LabError
        When it names no database of a kind that is read, or has options: those could make a
        driver read other files.
    """
    word, mark, rest = text.strip().partition("://")
    kind = _ALIASES.get(word.lower(), word.lower())
    if not mark:
        raise LabError("this is no address of a database", hint=f"For example: {EXAMPLES}.")
    if kind not in KINDS:
        known = ", ".join(KINDS.values())
        raise LabError(
            f"databases of the kind {plain_text(word, max_length=40)!r} are not read",
            hint=f"Read are {known}.",
        )
    if "?" in rest:
        raise LabError(
            "the address of a database holds options after a question mark",
            hint="Leave them out; a question mark in a password is written %3F.",
        )
    if kind != "postgresql":
        return Address(kind=kind, path=_path(rest))
    return _server(kind, urlsplit(f"{kind}://{rest}"), password)


def _path(rest: str) -> str:
    path = rest.removeprefix("/")
    if not rest.startswith("/") or not path or path.startswith(":memory:") or "\0" in path:
        raise LabError(
            "the address names no file", hint="A path follows three slashes: sqlite:///shop.db."
        )
    return path


def _server(kind: str, parts: SplitResult, password: str) -> Address:
    try:
        port = parts.port
    except ValueError:
        raise LabError(
            "the port in the address of the database is no number up to 65535",
            hint="In a password, the signs / # ? : @ are written with %: %2F %23 %3F %3A %40.",
        ) from None
    if parts.fragment or "/" in parts.path[1:]:
        raise LabError(
            "the address of the database has parts that belong to no server, user or name",
            hint="In a password, the signs / # ? : @ are written with %: %2F %23 %3F %3A %40.",
        )
    return Address(
        kind=kind,
        host=parts.hostname or "",
        port=port,
        user=unquote(parts.username or ""),
        password=password or unquote(parts.password or ""),
        database=unquote(parts.path[1:]),
    )
