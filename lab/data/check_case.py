"""A table that is being checked, and the words that findings are told with."""

from collections.abc import Iterable
from dataclasses import dataclass

from lab.base import Column, Task, plain_text
from lab.data.content import Content, content_of
from lab.data.table import Table


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """A table that is being checked.

    Parameters
    ----------
    table : Table
        As it was read.
    target : str
        The column to predict; empty when it is not chosen yet.
    task : Task or None
        The kind of question; None without a target.
    """

    table: Table
    target: str = ""
    task: Task | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns but the target."""
        return tuple(column for column in self.table.schema if column.name != self.target)

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.table.frame)

    def content(self, name: str) -> Content:
        """Return the values of a column."""
        return content_of(self.table, name)


def shown(text: str) -> str:
    """Return text from a file for a sentence: on one line, cut, in quotation marks."""
    return repr(plain_text(text, max_length=60))


def listed(names: Iterable[str]) -> str:
    """Return names for a sentence."""
    return some([shown(name) for name in names])


def some(items: list[str]) -> str:
    """Return the first few things for a sentence, and how many more there are."""
    return ", ".join(items[:8]) + (f" and {len(items) - 8} more" if len(items) > 8 else "")


def plural(word: str, count: int) -> str:
    """Return a noun as its number asks."""
    return word if count == 1 else word + "s"
