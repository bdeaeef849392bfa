"""A piece of text parsed at once where it is even, mended first where it is not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pyarrow as pa

from lab.base import LabError
from lab.data.readers.dialect import Dialect
from lab.data.readers.layout import Layout
from lab.data.readers.mended import Mended
from lab.data.readers.mending import mend
from lab.data.readers.parsing import Parsed, Plan, parse_piece

_TAIL = 4 << 10
_BLOCK = 32 << 10  # bytes compared at once: what is in between stays in the cache


@dataclass(frozen=True, kw_only=True, eq=False)
class Piece:
    """Some records of a file.

    Parameters
    ----------
    data : bytes or memoryview
        Whole records in UTF-8.
    newline : bytes
        What ends a line.
    last : bool
        Whether the file ends here.
    """

    data: bytes | memoryview
    newline: bytes = b"\n"
    last: bool = False


def parse_carefully(
    piece: Piece,
    plan: Plan,
    layout: Layout,
    *,
    places: Sequence[int] | None = None,
    mended: bool | None = None,
) -> Parsed:
    """Return the columns of a piece, each record as wide as the table.

    The fast parser reads what is in its dialect and has its quotation marks in order. Where a
    record then is not as wide as the table, or a column turns out to be text, and where notes may
    stand below the table, the piece is mended and parsed again.

    Parameters
    ----------
    piece : Piece
        Whole records.
    plan : Plan
        Types of the columns.
    layout : Layout
        Dialect and shape of the table.
    places : sequence of int, optional
        Only these columns.
    mended : bool, optional
        Whether the piece is to be mended, when an earlier parse has found that out.
    """
    lines = _count(piece.data, ord(piece.newline))
    if mended is None:
        wanted = not layout.is_even or not layout.dialect.is_plain
        mended = wanted or not _is_in_order(piece, layout)
    if not mended:
        parsed = parse_piece(piece.data, plan, places)
        if not parsed.n_bad and not (parsed.is_loosened and places is None):
            return replace(parsed, n_lines=lines)
        found = _mended(piece, layout)
        if not parsed.n_bad and not found.events and not found.ended:
            return replace(parsed, n_lines=lines)
    else:
        found = _mended(piece, layout)
    return replace(_parsed(found, plan, places), n_lines=lines)


def is_well_quoted(data: bytes | memoryview, dialect: Dialect) -> bool:
    """Return whether every quotation mark opens a cell, closes one, or is one of two for one.

    Examples
    --------
    >>> is_well_quoted(b'"a, b",1', Dialect()), is_well_quoted(b'"a "b" c",1', Dialect())
    (True, False)
    """
    if not dialect.quote:
        return True
    whole = cast(bytearray, data.obj) if isinstance(data, memoryview) else data
    if whole.find(dialect.quote.encode()) < 0:  # most pieces: nothing to look at one by one
        return True
    codes = np.frombuffer(data, dtype=np.uint8)
    marks = np.flatnonzero(codes == ord(dialect.quote))
    if not len(marks):  # those of an earlier piece in the same buffer
        return True
    if len(marks) % 2:
        return False
    edges = np.zeros(256, dtype=np.bool_)
    edges[[10, 13]] = True
    if dialect.delimiter:
        edges[ord(dialect.delimiter)] = True
    opening, closing = marks[::2], marks[1::2]
    pairs = opening[1:] == closing[:-1] + 1
    opens = edges[codes[opening - 1]]
    closes = edges[codes[np.minimum(closing + 1, len(codes) - 1)]]
    opens[1:] |= pairs
    closes[:-1] |= pairs
    opens[0] |= opening[0] == 0
    closes[-1] |= closing[-1] == len(codes) - 1
    return bool(opens.all() and closes.all())


def _is_in_order(piece: Piece, layout: Layout) -> bool:
    return is_well_quoted(piece.data, layout.dialect) and not (piece.last and _has_notes(
        piece, layout
    ))  # fmt: skip


def _has_notes(piece: Piece, layout: Layout) -> bool:
    """Return whether the last line may be a note: words in the first cell and nothing else."""
    mark, shape = layout.dialect.delimiter, layout.shape
    tail = bytes(piece.data[-_TAIL:]).rstrip(b"\r\n").replace(b"\r", b"\n")
    lines = tail.decode(errors="replace").split("\n")
    line, quote = lines[-1], layout.dialect.quote
    if quote and line.count(quote) % 2:  # the end of a cell over several lines
        record = _whole_record(lines, quote)
        if not record.startswith(quote):
            return not record
        line = line.rpartition(quote)[2]
    others = line.split(mark)[1:] if mark else []
    alone = not any(cell.strip(' "') for cell in others)
    return shape.width > 2 and shape.n_typed > 0 and alone


def _whole_record(lines: Sequence[str], quote: str) -> str:
    """Return the lines at the end that have their marks in pairs; nothing when there are none."""
    for first in range(len(lines) - 1, 0, -1):
        record = "\n".join(lines[first:])
        if record.count(quote) % 2 == 0:
            return record
    return ""


def _mended(piece: Piece, layout: Layout) -> Mended:
    text = bytes(piece.data).decode()
    return mend(text, layout.dialect, layout.shape, last=piece.last)


def _parsed(found: Mended, plan: Plan, places: Sequence[int] | None) -> Parsed:
    plain = replace(plan, delimiter=found.delimiter, quote='"')
    parsed = parse_piece(found.data, plain, places) if found.data else _nothing(plan, places)
    if parsed.n_rows + len(found.left_out) != found.n_rows or parsed.n_bad:
        raise LabError(
            "the file cannot be divided into rows and cells",
            hint="Check the delimiter and the quotation marks.",
        )
    return replace(
        parsed, n_rows=found.n_rows, left_out=found.left_out, events=found.events,
        is_mended=True, is_ended=found.ended,
    )  # fmt: skip


def _nothing(plan: Plan, places: Sequence[int] | None) -> Parsed:
    wanted = range(len(plan.types)) if places is None else places
    arrays = tuple(pa.chunked_array([], type=plan.types[place]) for place in wanted)
    return Parsed(arrays=arrays, n_rows=0, missing=plan.missing)


def _count(data: bytes | memoryview, code: int) -> int:
    """Return how often a byte stands in the data."""
    codes = np.frombuffer(data, dtype=np.uint8)
    return sum(int(np.count_nonzero(codes[start : start + _BLOCK] == code))
               for start in range(0, len(codes), _BLOCK))  # fmt: skip
