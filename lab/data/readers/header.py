"""Which rows at the top of a table hold the names of its columns, and the names."""

from collections.abc import Sequence
from dataclasses import dataclass

from lab.data.readers.dividing import Divider, Record
from lab.data.readers.entry import ReadOptions
from lab.data.readers.header_above import is_misfit, names_above
from lab.data.readers.header_rows import count_header_rows, is_open

JOINED = " / "
_LOOKED_AT = 400
_NO_HEADER = (
    "The file seems to have no header: its first line holds values like the lines below, so the"
    " columns are numbered."
)
_OPEN = (
    "Nothing tells the first line from those below it: it was taken as the names of the columns."
)
_STRAY = "The header has quotation marks that do not match; its cells were taken as they stand."
_MISFIT = (
    "The header has {} cells and the lines below have {}: it is not clear whose names they are, so"
    " the columns are numbered."
)
_MANY = "The header takes {} lines, whose cells were joined to names."


@dataclass(frozen=True, kw_only=True)
class Header:
    """The header of a table.

    Parameters
    ----------
    names : tuple of str
        The names of the columns, perhaps empty or twice.
    first, last : int
        Places of its first record and its last; data begins after the last.
    n_rows : int
        Records that it takes, 0 when there is none.
    notes : tuple of str
        What was guessed.
    """

    names: tuple[str, ...]
    first: int
    last: int
    n_rows: int
    notes: tuple[str, ...] = ()


def find_header(
    records: Sequence[Record], places: Sequence[int], options: ReadOptions, divider: Divider
) -> Header:
    """Return the header of a table.

    Parameters
    ----------
    records : sequence of Record
        The file's first records.
    places : sequence of int
        Which of them are the table's, all of one width.
    options : ReadOptions
        What is known: the number of rows may be.
    divider : Divider
        What divided them.
    """
    rows = [records[place].cells for place in places[:_LOOKED_AT]]
    top, width = places[0], len(rows[0])
    if options.header_rows is None and options.skip_rows is None and top > 0:
        above = records[top - 1]
        borrowed = names_above(above, rows, divider)
        if borrowed is not None:
            names, note = borrowed
            return Header(names=names, first=top - 1, last=top - 1, n_rows=1, notes=note)
        if is_misfit(above, rows):
            note = (_MISFIT.format(len(above.cells), width),)
            return Header(names=_numbered(width), first=top, last=top - 1, n_rows=0, notes=note)
    guessed = count_header_rows(rows) if options.header_rows is None else options.header_rows
    n_rows = min(guessed, len(rows))
    if not n_rows:
        notes = () if options.header_rows == 0 else (_NO_HEADER,)
        return Header(names=_numbered(width), first=top, last=top - 1, n_rows=0, notes=notes)
    notes = (_MANY.format(n_rows),) if n_rows > 1 else ()
    if n_rows == 1 and options.header_rows is None and is_open(rows):
        notes = (_OPEN,)
    names = joined_names(rows[:n_rows])
    if any(records[place].fault for place in places[:n_rows]):
        names, notes = tuple(name.removeprefix('"') for name in names), (*notes, _STRAY)
    return Header(names=names, first=top, last=places[n_rows - 1], n_rows=n_rows, notes=notes)


def joined_names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names that one or several rows of a header make together.

    A name above several columns stands in the first of their cells: it counts for the empty
    cells after it.

    Examples
    --------
    >>> joined_names([["", "2019", ""], ["town", "in", "out"]])
    ('town', '2019 / in', '2019 / out')
    """
    if len(rows) == 1:
        return tuple(rows[0])
    filled = [_spread(row) for row in rows[:-1]] + [[cell.strip() for cell in rows[-1]]]
    return tuple(
        JOINED.join(dict.fromkeys(part for part in parts if part))
        for parts in zip(*filled, strict=True)
    )


def _numbered(width: int) -> tuple[str, ...]:
    return tuple(f"column_{place}" for place in range(1, width + 1))


def _spread(row: Sequence[str]) -> list[str]:
    spread: list[str] = []
    for cell in row:
        spread.append(cell.strip() or (spread[-1] if spread else ""))
    return spread
