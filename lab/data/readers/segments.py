"""A text file cut into pieces at ends of records, so that pieces can be parsed by themselves."""

from collections.abc import Iterator
from typing import BinaryIO

from lab.base import LabError
from lab.data.readers.limits import MAX_LINE_BYTES

SEGMENT_BYTES = 8 << 20
_SAMPLE_HEAD = 256 << 10
_SAMPLE_PIECE = 64 << 10
_SAMPLE_PIECES = 4


def pieces(file: BinaryIO, start: int, *, newline: bytes = b"\n") -> Iterator[memoryview]:
    """Return the records from a place on in pieces of some megabytes.

    A line end between quotation marks ends no record, so pieces are cut where the number of
    quotation marks before is even.

    Raises
    ------
    LabError
        When a record is too long or a null byte shows that this is no text.
    """
    file.seek(start)
    rest: bytes | memoryview = b""
    while True:
        data = bytearray(len(rest) + SEGMENT_BYTES)
        data[: len(rest)] = rest
        n_read = _fill(file, memoryview(data)[len(rest) :])
        if not n_read:
            break
        end = len(rest) + n_read
        if data.find(b"\0", len(rest), end) >= 0:
            raise not_text()
        cut = _last_end(data, end, newline)
        if cut:
            yield memoryview(data)[:cut]
        rest = memoryview(data)[cut:end]
        if len(rest) > MAX_LINE_BYTES:
            raise _never_closed()
    if rest:
        yield memoryview(rest)


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
    parts = [head[: _last_end(head, len(head), newline) or len(head)]]
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
        f"a line of the file is longer than {MAX_LINE_BYTES >> 20} MB,"
        " or a quotation mark is never closed",
        hint="Check the quotation marks around the cells.",
    )


def _last_end(data: bytes | bytearray, end: int, newline: bytes) -> int:
    """Return the place after the last line end outside quotation marks, 0 if there is none."""
    quotes = data.count(b'"', 0, end) if data.find(b'"', 0, end) >= 0 else 0
    while end:
        cut = data.rfind(newline, 0, end) + 1
        if not cut:
            return 0
        quotes -= data.count(b'"', cut, end) if quotes else 0
        if quotes % 2 == 0:
            return cut
        end = cut - 1
    return 0
