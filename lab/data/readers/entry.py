"""What a line of the readers' catalogue holds, and what a reader hands back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from lab.base import ColumnKind, Param


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """What a person knows about a file; what is None is guessed.

    Parameters
    ----------
    delimiter : str, optional
        One to four characters between cells; ``" +"`` for any number of blanks, ``"  +"`` for
        two or more or a tab, empty when each line is one cell.
    encoding : str, optional
        Name of a text encoding, such as ``"cp1252"``.
    decimal : str, optional
        Decimal mark, a point or a comma.
    sheet : str, optional
        Name of a spreadsheet's sheet; the first one when None.
    quote : str, optional
        One character around cells that hold the delimiter: a quotation mark, an apostrophe, or
        empty for none.
    escape : str, optional
        One character before a mark that is text, such as a backslash; empty for none.
    comment : str, optional
        How lines begin that are no data; empty for none.
    skip_rows : int, optional
        Lines above the table.
    header_rows : int, optional
        Lines that name the columns; 0 when there is none.
    thousands : str, optional
        Mark between groups of three digits; empty for none.
    """

    delimiter: str | None = None
    encoding: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    quote: str | None = None
    escape: str | None = None
    comment: str | None = None
    skip_rows: int | None = None
    header_rows: int | None = None
    thousands: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class RawColumns:
    """Columns as a file holds them, before anything is made of their text.

    Parameters
    ----------
    names : tuple of str
        As they stand in the file: perhaps empty or twice.
    arrays : list
        Arrays of one length, of Arrow (strings, dictionaries of strings, int64, float64,
        timestamps) or numpy (int64, float64, datetime64). Emptied while a table is made of them,
        so that each column is held once.
    row_numbers : ndarray of int64, optional
        Row numbers of the data in the file when some rows were left out.
    decimal : str
        Decimal mark of numbers that are still text.
    notes : tuple of str
        What the reader guessed or changed.
    missing : tuple of str
        Words that the reader took as missing.
    kinds : mapping of int to ColumnKind
        What the file itself says that columns of text are, by place; their text stays as it is.
    sheets : tuple of str
        Names of all sheets of a workbook.
    thousands : str, optional
        Mark between groups of three digits of numbers that are still text; guessed when None.
    """

    names: tuple[str, ...]
    arrays: list[Any]
    row_numbers: npt.NDArray[np.int64] | None = None
    decimal: str = "."
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    kinds: Mapping[int, ColumnKind] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    thousands: str | None = None


Read = Callable[[BinaryIO, ReadOptions], RawColumns]
Suits = Callable[[bytes], bool]


@dataclass(frozen=True, kw_only=True)
class ReaderEntry:
    """A file format that can be read.

    Parameters
    ----------
    key, title : str
        Name for files, name for people.
    suffixes : tuple of str
        Endings of file names that are offered, without the dot.
    magic : tuple of bytes
        How the content of such a file begins; empty for text.
    read : callable
        From an open file and options to columns.
    suits : callable, optional
        Whether text that begins with these bytes is of this format; None when the magic says all.
    heeds : tuple of str
        Names of the `ReadOptions` that mean something to it.
    params : tuple of Param
        Its settings; none so far.
    """

    key: str
    title: str
    suffixes: tuple[str, ...]
    magic: tuple[bytes, ...]
    read: Read
    suits: Suits | None = None
    heeds: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()
