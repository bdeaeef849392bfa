"""Where the table stands in a text file: what is above it, its header, and its first line."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from lab.base import LabError
from lab.data.readers.cell_classes import is_whole
from lab.data.readers.dialect import REMARKS, Dialect
from lab.data.readers.dividing import STRAY, UNCLOSED, Divider, Record
from lab.data.readers.entry import ReadOptions
from lab.data.readers.header import find_header
from lab.data.readers.limits import check_columns
from lab.data.readers.regions import Region, main_region
from lab.data.readers.repairing import Shape, shape_of
from lab.data.readers.sniffing import Sniffed, sniff

_FIRST = 600
_CUT_LINES = 100
"""A cell that is cut where the head of a file ends began so many lines before at most."""
_ROWS = 400
_SHOWN = 80
_FEW_STRAY = 0.05
"""Share of records with marks within cells, above which they are no fault."""
_REMARKS = tuple(f"{mark} " for mark in REMARKS)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where the table stands in a text file.

    Parameters
    ----------
    dialect : Dialect
        How cells are divided.
    shape : Shape
        Names of the columns and what they look like.
    start : int
        Bytes before the first line of data, in UTF-8.
    first_line : int
        Number of the first line of data, counted from 0.
    header_rows : int
        Lines of the header.
    is_even : bool
        Whether every line of the sample is a record as it stands.
    above : tuple of tuple
        Lines above the table that were left out: the first, how many, and a text of it.
    rivals : tuple of Dialect
        Other ways to divide the lines that suit as well.
    notes : tuple of str
        What was guessed about the header.
    """

    dialect: Dialect
    shape: Shape
    start: int
    first_line: int
    header_rows: int = 1
    is_even: bool = True
    above: tuple["Above", ...] = ()
    rivals: tuple[Dialect, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Above:
    """Lines above the table.

    Parameters
    ----------
    line, n_lines : int
        The first, counted from 0, and how many.
    width : int
        Cells of each when they are a table of their own, else 0.
    text : str
        What stands in the first.
    """

    line: int
    n_lines: int
    width: int = 0
    text: str = ""


def find_layout(head: str, options: ReadOptions, *, complete: bool) -> Layout:
    """Return where the table of a file stands, from its first lines.

    Parameters
    ----------
    head : str
        Beginning of the file.
    options : ReadOptions
        What is known about it.
    complete : bool
        Whether this is the whole file, so that its last line counts.

    Raises
    ------
    LabError
        When there is no header, or a mark that was chosen cannot be one.
    """
    ended = _with_ends(head, complete=complete)
    lines = [line.rstrip("\r\n") for line in ended]
    skip, options = _skipped(lines, options)
    sniffed = sniff(lines[skip : skip + _FIRST], options)
    divider = Divider(sniffed.dialect, sniffed.width)
    is_cut = len(lines) > skip + _FIRST
    first = lines[: skip + _FIRST]
    records = _divided(divider, first, skip, is_cut=is_cut or not complete)
    if sum(record.fault == STRAY for record in records) > _FEW_STRAY * len(records):
        sniffed = replace(sniffed, dialect=replace(sniffed.dialect, marks_within=True))
        divider = Divider(sniffed.dialect, sniffed.width)
        records = _divided(divider, first, skip, is_cut=is_cut or not complete)
    if is_cut and not _are_even(records, sniffed.width):
        records = _divided(divider, lines, skip, is_cut=not complete)
    if not any(record.cells for record in records):
        raise LabError("the file is empty", hint="Choose a file with a header and rows.")
    region = main_region(
        records, sniffed.width, forced=options.skip_rows is not None or sniffed.is_ragged
    )
    layout = _laid_out(records, region, sniffed, options)
    start = sum(len(line.encode()) for line in ended[: layout.first_line])
    skipped = tuple(_above(_lines_before(lines, skip))) if options.skip_rows else ()
    return replace(layout, start=start, rivals=sniffed.rivals, above=(*skipped, *layout.above))


def _divided(divider: Divider, lines: Sequence[str], skip: int, *, is_cut: bool) -> list[Record]:
    """Return the records of lines; without the last one if its marks are open where they are cut.

    The rest of such a record reads like records of its own.
    """
    records = list(divider.records(lines, skip))
    if not is_cut:
        return records
    for place in range(len(records) - 1, 0, -1):
        if len(lines) - records[place].line > _CUT_LINES:
            break
        if records[place].fault == UNCLOSED:
            return records[:place]
    return records


def _with_ends(head: str, *, complete: bool) -> list[str]:
    lines = io.StringIO(head, newline="").readlines()  # ends at line feeds and returns, kept
    return lines if complete or len(lines) < 2 else lines[:-1]


def _skipped(lines: Sequence[str], options: ReadOptions) -> tuple[int, ReadOptions]:
    """Return the lines that are skipped for sure, and options with what they say."""
    if options.skip_rows is not None:
        if options.skip_rows >= len(lines):
            raise LabError(
                f"the file has {len(lines):,} lines, {options.skip_rows:,} were to be skipped",
                hint="Skip fewer lines.",
            )
        return options.skip_rows, options
    first = lines[0].strip() if lines else ""
    if not first.lower().startswith("sep=") or len(first) > 5:
        return 0, options
    mark = lines[0].strip("\r\n ")[4:5] or ","
    return 1, replace(options, delimiter=options.delimiter or mark)


def _lines_before(lines: Sequence[str], skip: int) -> Iterator[Record]:
    """Return the lines that were skipped, each as one cell."""
    for place, line in enumerate(lines[:skip]):
        yield Record(place, 1, line, [line] if line.strip() else [])


def _are_even(records: Sequence[Record], width: int) -> bool:
    return all(len(record.cells) == width and not record.fault for record in records)


def _laid_out(
    records: Sequence[Record], region: Region, sniffed: Sniffed, options: ReadOptions
) -> Layout:
    dialect, width = sniffed.dialect, len(records[region.first].cells)
    check_columns(width)
    places = [place for place in range(region.first, region.last)
              if len(records[place].cells) == width]  # fmt: skip
    if options.skip_rows is None:
        places = places[_count_titles([records[place].cells for place in places[:_ROWS]]) :]
    header = find_header(records, places, options, Divider(dialect, width))
    body = records[header.last + 1 :]
    least = 1 if sniffed.is_ragged else width
    rows = [[*record.cells, *[""] * (width - len(record.cells))]
            for record in body[: region.last - header.last - 1]
            if least <= len(record.cells) <= width][:_ROWS]  # fmt: skip
    above = records[header.last] if header.last >= 0 else None
    first_line = records[0].line if above is None else above.line + above.n_lines
    inside = records[header.last + 1 : region.last]
    return Layout(
        dialect=_with_comment(dialect, inside, width, options), shape=shape_of(header.names, rows),
        start=0, first_line=first_line, header_rows=header.n_rows, notes=header.notes,
        above=tuple(_above(records[: header.first])),
        is_even=region.last == len(records) and _are_even(body, width),
    )  # fmt: skip


def _count_titles(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the top are titles or comments, padded with empty cells."""
    used = [place for row in rows for place, cell in enumerate(row) if cell.strip()]
    left, count = min(used, default=0), 0
    for place, (row, below) in enumerate(pairwise(rows)):
        others = [*row[:left], *row[left + 1 :]]
        title = len(row) > 2 and not any(map(str.strip, others))
        remark = row[0].startswith(_REMARKS) and not below[0].startswith(row[0][:1])
        if not title and not remark and not _are_sizes(row, len(rows) - place - 1):
            break
        count += 1
    return count if count + 1 < len(rows) else 0


def _are_sizes(row: Sequence[str], n_below: int) -> bool:
    """Return whether a row begins with how many rows and columns but one are below it."""
    if len(row) < 4 or not all(map(is_whole, row[:2])):
        return False
    n_rows, n_columns = int(row[0]), int(row[1])
    is_all = n_rows in {n_below, n_below - 1} or (n_below >= _ROWS - 2 and n_rows > n_below)
    return n_columns == len(row) - 1 and is_all


def _with_comment(
    dialect: Dialect, inside: Sequence[Record], width: int, options: ReadOptions
) -> Dialect:
    """Return the dialect with a mark of comments when some stand within the table, and no rows."""
    if options.comment is not None or width < 2:
        return dialect
    for mark in REMARKS:
        begun = [record for record in inside if record.cells and record.raw.startswith(mark)]
        if begun and all(len(record.cells) != width for record in begun):
            return replace(dialect, comment=mark)
    return dialect


def _above(records: Iterable[Record]) -> Iterator[Above]:
    """Return what stands above the table: titles, or tables of their own."""
    for width, group in groupby(
        (record for record in records if record.cells), key=lambda record: len(record.cells)
    ):
        same = list(group)
        first, last = same[0], same[-1]
        is_table = len(same) > 1 and any(_is_filled(record.cells) for record in same)
        yield Above(
            line=first.line, n_lines=last.line + last.n_lines - first.line,
            width=width if is_table else 0, text=first.raw[:_SHOWN],
        )  # fmt: skip


def _is_filled(cells: Sequence[str]) -> bool:
    return sum(bool(cell.strip()) for cell in cells) > 1
