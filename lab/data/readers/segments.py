"""A text file cut into pieces at ends of records, so that pieces can be parsed by themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lab.base import LabError
from lab.data.readers.limits import MAX_LINE_BYTES

SEGMENT_BYTES = 8 << 20
_SAMPLE_HEAD = 256 << 10
_SAMPLE_PIECE = 64 << 10
_SAMPLE_PIECES = 4


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Whole records of a text file.

    Parameters
    ----------
    start : int
        Place of the first byte in the file.
    data : bytes
        The records with their ends.
    """

    start: int
    data: bytes


def pieces(file: BinaryIO, start: int, *, newline: bytes = b"\n") -> Iterator[Piece]:
    """Return the records from a place on in pieces of some megabytes.

    A line end between quotation marks ends no record, so pieces are cut where the number of
    quotation marks before is even.

    Raises
    ------
    LabError
        When a record is too long or a null byte shows that this is no text.
    """
    file.seek(start)
    rest = b""
    while chunk := file.read(SEGMENT_BYTES):
        if b"\0" in chunk:
            raise not_text()
        data = rest + chunk if rest else chunk
        cut = _last_end(data, newline)
        if cut:
            yield Piece(start=start, data=data[:cut])
            start += cut
        rest = data[cut:]
        if len(rest) > MAX_LINE_BYTES:
            raise LabError(
                f"a line of the file is longer than {MAX_LINE_BYTES >> 20} MB,"
                " or a quotation mark is never closed",
                hint="Check the quotation marks around the cells.",
            )
    if rest:
        yield Piece(start=start, data=rest)


def sample(file: BinaryIO, start: int, *, newline: bytes = b"\n") -> bytes:
    """Return some records from the beginning and from places further on."""
    size = file.seek(0, 2)
    file.seek(start)
    head = file.read(_SAMPLE_HEAD)
    if start + len(head) >= size:
        return head
    parts = [head[: _last_end(head, newline) or len(head)]]
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


def _last_end(data: bytes, newline: bytes) -> int:
    """Return the place after the last line end outside quotation marks, 0 if there is none."""
    end = len(data)
    quotes = data.count(b'"')
    while end:
        cut = data.rfind(newline, 0, end) + 1
        if not cut:
            return 0
        quotes -= data.count(b'"', cut, end)
        if quotes % 2 == 0:
            return cut
        end = cut - 1
    return 0
