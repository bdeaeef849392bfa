"""Rows of a sheet divided into what stands above the table, its header, and its data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lab.base import LabError, plain_text
from lab.data.readers.entry import ReadOptions

Row = list[Any]

_MOST_TITLES = 20


@dataclass(frozen=True, kw_only=True, eq=False)
class Divided:
    """The parts of a sheet.

    Parameters
    ----------
    header : list of list
        Rows that name the columns; none when there is no header.
    body : list of list
        Rows of data.
    notes : tuple of str
        What stands above the table and was left out.
    """

    header: list[Row]
    body: list[Row]
    notes: tuple[str, ...]


def divide(rows: list[Row], options: ReadOptions) -> Divided:
    """Return the rows of a sheet by what they are.

    Titles above a table are rows with one text in them, above a row that has text only: a header.

    Raises
    ------
    LabError
        When more rows are to be skipped than there are.
    """
    n_titles = _n_titles(rows) if options.skip_rows is None else options.skip_rows
    n_header = 1 if options.header_rows is None else options.header_rows
    if n_titles + n_header >= len(rows) and (n_titles or n_header > 1):
        raise LabError(
            f"the sheet has {len(rows):,} rows, {n_titles + n_header:,} of them are taken as"
            " titles and header",
            hint="Skip fewer rows.",
        )
    return Divided(
        header=rows[n_titles : n_titles + n_header], body=rows[n_titles + n_header :],
        notes=tuple(_told(rows[:n_titles])),
    )  # fmt: skip


def column_names(header: Sequence[Sequence[str]], n_columns: int) -> tuple[str, ...]:
    """Return a name for each column; in several rows, a name stands for those right of it too.

    Examples
    --------
    >>> column_names([["size", "", "price"], ["width", "height", ""]], 3)
    ('size width', 'size height', 'price')
    """
    if not header:
        return ("",) * n_columns
    rows = [[*_carried(row)] for row in header[:-1]] + [list(header[-1])]
    return tuple(
        " ".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*rows, strict=True)
    )


def _carried(row: Sequence[str]) -> Iterator[str]:
    last = ""
    for name in row:
        last = name or last
        yield last


def _n_titles(rows: list[Row]) -> int:
    for place, row in enumerate(rows[: _MOST_TITLES + 1]):
        filled = [cell for cell in row if cell != ""]
        if len(filled) > 1:
            return place if all(isinstance(cell, str) for cell in filled) else 0
        if filled and not isinstance(filled[0], str):
            return 0
    return 0


def _told(titles: list[Row]) -> Iterator[str]:
    if titles:
        texts = [plain_text(cell, max_length=60) for row in titles for cell in row if cell != ""]
        many = "1 row" if len(titles) == 1 else f"{len(titles):,} rows"
        said = f": {', '.join(repr(text) for text in texts[:3])}" if texts else ""
        yield f"{many} above the table left out{said}."
