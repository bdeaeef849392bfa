"""A text file cut into pieces at ends of records, so that pieces can be parsed by themselves."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from lab.base import LabError
from lab.data.readers.encodings import NotUtf8Error
from lab.data.readers.limits import MAX_LINE_BYTES

SEGMENT_BYTES = 4 << 20
_ROOM = 64 << 10
_SAMPLE_HEAD = 256 << 10
_SAMPLE_PIECE = 64 << 10
_SAMPLE_PIECES = 4


Spare = list[bytearray]
"""Buffers that nobody reads any more: giving them back spares the system from clearing new ones."""


def pieces(
    file: BinaryIO,
    start: int,
    *,
    delimiter: str,
    newline: bytes = b"\n",
    spare: Spare | None = None,
) -> Iterator[memoryview]:
    """Return the records from a place on in pieces of some megabytes.

    A line end between quotation marks ends no record, so a piece ends where the number of
    quotation marks before is even, or where no cell that began with one is open.

    Parameters
    ----------
    file : binary file
        UTF-8 text.
    start : int
        Place of the first record.
    delimiter : str
        Between cells; empty for one column.
    newline : bytes
        What ends a line.
    spare : list of bytearray, optional
        Where the caller puts the buffer of a piece (its `obj`) that is done with; the next pieces
        are read into these.

    Raises
    ------
    LabError
        When a record is too long, a quotation mark is never closed, or a null byte shows that
        this is no text.
    NotUtf8Error
        When the text is not UTF-8.
    """
    cell = _quoted_cell(delimiter)
    file.seek(start)
    rest = b""
    while True:
        data = _buffer(len(rest) + SEGMENT_BYTES, [] if spare is None else spare)
        data[: len(rest)] = rest
        end = len(rest) + _fill(file, memoryview(data)[len(rest) : len(rest) + SEGMENT_BYTES])
        if end == len(rest):
            break
        if data.find(b"\0", len(rest), end) >= 0:
            raise not_text()
        cut = _last_end(data, end, newline, cell)
        if cut:
            yield _checked(memoryview(data)[:cut], ascii_only=data.isascii())
        rest = bytes(memoryview(data)[cut:end])
        if len(rest) > MAX_LINE_BYTES:
            raise _never_closed()
    if rest:
        if _open_cell(rest, cell) is not None:
            raise _never_closed()
        yield _checked(memoryview(data)[: len(rest)], ascii_only=False)


def _buffer(size: int, spare: Spare) -> bytearray:
    """Return a spare buffer that is large enough, or a new one with some room for longer rests."""
    while spare:
        found = spare.pop()
        if len(found) >= size:
            return found
    return bytearray(size + _ROOM)


def _checked(piece: memoryview, *, ascii_only: bool) -> memoryview:
    """Return a piece; NotUtf8Error when it is not UTF-8."""
    if not ascii_only:
        try:
            codecs.decode(piece, "utf-8")
        except UnicodeDecodeError as error:
            raise NotUtf8Error from error
    return piece


def _fill(file: BinaryIO, room: memoryview) -> int:
    """Read until the room is full or the file ends; return the number of bytes."""
    n_read = 0
    while n_read < len(room):
        more = file.readinto(room[n_read:])  # type: ignore[attr-defined]
        if not more:
            break
        n_read += more
    return n_read


def sample(file: BinaryIO, start: int, *, newline: bytes = b"\n") -> bytes:
    """Return some records from the beginning and from places further on."""
    size = file.seek(0, 2)
    file.seek(start)
    head = file.read(_SAMPLE_HEAD)
    if start + len(head) >= size:
        return head
    parts = [head[: head.rfind(newline) + 1 or len(head)]]
    step = (size - start) // (_SAMPLE_PIECES + 1)
    if b'"' not in head and step > _SAMPLE_HEAD:
        for place in range(1, _SAMPLE_PIECES + 1):
            file.seek(start + place * step)
            parts.append(_whole_lines(file.read(_SAMPLE_PIECE), newline))
    return b"".join(parts)


def not_text() -> LabError:
    """Return the error for a file that holds null bytes."""
    return LabError(
        "the file holds null bytes, so it is not a text table",
        hint="Upload CSV, TSV, Parquet or Excel; export the table again if it should be one.",
    )


def _whole_lines(data: bytes, newline: bytes) -> bytes:
    first = data.find(newline) + 1
    return data[first : data.rfind(newline) + 1] if first and b'"' not in data else b""


def _never_closed() -> LabError:
    return LabError(
        "a quotation mark at the beginning of a cell is never closed, or a line is longer than"
        f" {MAX_LINE_BYTES >> 20} MB",
        hint="Check the quotation marks around the cells.",
    )


def _last_end(data: bytearray, end: int, newline: bytes, cell: re.Pattern[bytes]) -> int:
    """Return the place after the last line end outside quoted cells, 0 if there is none."""
    cut = data.rfind(newline, 0, end) + 1
    if not cut or data.find(b'"', 0, cut) < 0 or data.count(b'"', 0, cut) % 2 == 0:
        return cut
    opened = _open_cell(bytes(memoryview(data)[:cut]), cell)
    return cut if opened is None else data.rfind(newline, 0, opened) + 1


def _open_cell(data: bytes, cell: re.Pattern[bytes]) -> int | None:
    """Return the place of a quotation mark that opens a cell and is not closed, or None."""
    if data.count(b'"') % 2 == 0:
        return None
    return next((found.start() for found in cell.finditer(data) if not found[1]), None)


def _quoted_cell(delimiter: str) -> re.Pattern[bytes]:
    """Return the pattern of a cell in quotation marks; its group is empty when it is not closed."""
    mark = re.escape(delimiter.encode())
    before = rb"(?:\A|(?<=[\r\n" + mark + rb"]))"
    return re.compile(before + rb'"[^"]*(?:""[^"]*)*("|\Z)')
