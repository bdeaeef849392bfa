"""A text file cut into pieces at ends of records, so that pieces can be parsed by themselves."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from lab.base import LabError
from lab.data.readers.dialect import RUNS, Dialect
from lab.data.readers.encodings import NotUtf8Error
from lab.data.readers.limits import MAX_LINE_BYTES
from lab.data.readers.padding import NullBytesError

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
    dialect: Dialect,
    newline: bytes = b"\n",
    spare: Spare | None = None,
) -> Iterator[memoryview]:
    """Return the records from a place on in pieces of some megabytes.

    A line end between quotation marks ends no record, so a piece ends where the number of
    quotation marks before is even, or where no cell that began with one is open. A mark that is
    not closed for many megabytes ends at the last line end there is.

    Parameters
    ----------
    file : binary file
        UTF-8 text.
    start : int
        Place of the first record.
    dialect : Dialect
        Marks between and around cells.
    newline : bytes
        What ends a line.
    spare : list of bytearray, optional
        Where the caller puts the buffer of a piece (its `obj`) that is done with; the next pieces
        are read into these.

    Raises
    ------
    LabError
        When a line is too long.
    NullBytesError
        When the text holds a null byte.
    NotUtf8Error
        When the text is not UTF-8.
    """
    marks = _Marks(dialect)
    file.seek(start)
    rest = b""
    while True:
        data = _buffer(len(rest) + SEGMENT_BYTES, [] if spare is None else spare)
        data[: len(rest)] = rest
        end = len(rest) + _fill(file, memoryview(data)[len(rest) : len(rest) + SEGMENT_BYTES])
        if end == len(rest):
            break
        if data.find(b"\0", len(rest), end) >= 0:
            raise NullBytesError
        cut = marks.last_end(data, end, newline)
        if not cut and end > MAX_LINE_BYTES:
            cut = data.rfind(newline, 0, end) + 1
        if cut:
            yield _checked(memoryview(data)[:cut], ascii_only=data.isascii())
        rest = bytes(memoryview(data)[cut:end])
        if len(rest) > MAX_LINE_BYTES:
            raise _too_long()
    if rest:
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


def sample(file: BinaryIO, start: int, *, dialect: Dialect, newline: bytes = b"\n") -> bytes:
    """Return some whole records from the beginning and from places further on."""
    size = file.seek(0, 2)
    file.seek(start)
    head = file.read(_SAMPLE_HEAD)
    if start + len(head) >= size:
        return head
    cut = _Marks(dialect).last_end(bytearray(head), len(head), newline)
    parts = [head[: cut or len(head)]]
    step = (size - start) // (_SAMPLE_PIECES + 1)
    if b'"' not in head and step > _SAMPLE_HEAD:
        for place in range(1, _SAMPLE_PIECES + 1):
            file.seek(start + place * step)
            parts.append(_whole_lines(file.read(_SAMPLE_PIECE), newline))
    return b"".join(parts)


def _whole_lines(data: bytes, newline: bytes) -> bytes:
    first = data.find(newline) + 1
    return data[first : data.rfind(newline) + 1] if first and b'"' not in data else b""


def _too_long() -> LabError:
    return LabError(
        f"a line is longer than {MAX_LINE_BYTES >> 20} MB",
        hint="Check that the lines of the file end, and that it is a table in text.",
    )


class _Marks:
    """Where cells between quotation marks begin and end, in bytes."""

    def __init__(self, dialect: Dialect) -> None:
        quote = re.escape(dialect.quote.encode() or b"\0")
        escape = re.escape(dialect.escape.encode())
        last = b" \t" if dialect.delimiter in RUNS else dialect.delimiter.encode()[-1:]
        before = rb"(?:\A|(?<=[\r\n" + (last if last == b" \t" else re.escape(last)) + rb"]))"
        marked = quote + quote + (rb"|" + escape + rb"." if escape else b"")
        other = rb"[^" + quote + escape + rb"]*"
        body = other + rb"(?:(?:" + marked + rb")" + other + rb")*"
        self._quote, self._pairs = dialect.quote.encode(), not escape
        self._cell = re.compile(before + quote + body + rb"(" + quote + rb"|\Z)", re.DOTALL)

    def last_end(self, data: bytearray, end: int, newline: bytes) -> int:
        """Return the place after the last line end outside quoted cells, 0 if there is none."""
        cut = data.rfind(newline, 0, end) + 1
        if not self._quote or not cut or data.find(self._quote, 0, cut) < 0:
            return cut
        if self._pairs and data.count(self._quote, 0, cut) % 2 == 0:
            return cut
        text = bytes(memoryview(data)[:cut])
        opened = next((found.start() for found in self._cell.finditer(text) if not found[1]), None)
        return cut if opened is None else data.rfind(newline, 0, opened) + 1
