"""Where a table comes from, in the words of the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

MARKS = {
    "tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|", "space": " ",
    "spaces": " +", "gaps": "  +", "point": ".", "none": "",
}  # fmt: skip
"""Words for marks that a shell makes hard to write."""

MARKED_FLAGS = ("delimiter", "decimal", "thousands", "quote", "escape", "comment")
FLAGS = ("encoding", "skip_rows", "header_rows", "sheet")
"""Names of the options that say how a file is read; words stand for the marks of the first."""

Flag = str | int | None


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file or a database, and what was said about it.

    Parameters
    ----------
    place : str
        Path of a file, or address of a database.
    flags : mapping of str to str, int or None
        What is known about a file, by the name of the option; None is guessed.
    table, query : str
        What to read of a database.
    """

    place: str
    flags: Mapping[str, Flag] = field(default_factory=dict)
    table: str = ""
    query: str = ""

    @property
    def is_database(self) -> bool:
        """Whether it is the address of a database."""
        return "://" in self.place

    @property
    def stem(self) -> str:
        """A short name for people, without password."""
        return self.table or PurePath(self.place.rpartition("@")[2].partition("?")[0]).stem


def mark(word: str | None) -> str | None:
    """Return the mark that a word of the command line stands for.

    Examples
    --------
    >>> mark("semicolon"), mark("|"), mark("none")
    (';', '|', '')
    """
    return None if word is None else MARKS.get(word.lower(), word)
