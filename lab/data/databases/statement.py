"""Queries that only read: one SELECT, checked before a database sees it."""

import re

from lab.base import LabError, plain_text

MOST_CHARACTERS = 20_000
_QUOTED = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/|\$(\w*)\$.*?\$\1\$""", re.DOTALL
)
_FIRST_WORD = re.compile(r"[\s(]*([a-z]*)", re.IGNORECASE)


def check_query(text: str) -> str:
    """Return a query without blanks around it.

    This tells a mistake early and in plain words; what holds the database unchanged is that it is
    opened to read only.

    Raises
    ------
    LabError
        When it is more than one statement, or begins with another word than SELECT or WITH.

    Examples
    --------
    >>> check_query("SELECT ';' AS mark; -- one statement")
    "SELECT ';' AS mark; -- one statement"
    """
    query = text.strip()
    if len(query) > MOST_CHARACTERS or "\0" in query:
        raise LabError(
            f"the query has more than {MOST_CHARACTERS:,} characters or a null byte",
            hint="Make a view of it in the database.",
        )
    bare = _QUOTED.sub(" ", query).strip().rstrip("; \t\r\n")
    if ";" in bare:
        raise LabError(
            "the query is more than one statement", hint="Give one SELECT, without semicolons."
        )
    found = _FIRST_WORD.match(bare)
    word = found[1] if found else ""
    if word.lower() not in {"select", "with"}:
        raise LabError(
            f"the query begins with {plain_text(word or bare, max_length=20)!r}: only queries that"
            " read are run",
            hint="Begin it with SELECT or WITH.",
        )
    return query


def quoted(name: str) -> str:
    """Return a name of a table or schema in quotation marks.

    Examples
    --------
    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'
