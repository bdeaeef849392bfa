"""Lines that stand between quotation marks as a whole, as when a table was kept as one column."""

import csv
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO, cast

from lab.data.readers.dialect import DELIMITERS
from lab.data.readers.entry import ReadOptions
from lab.data.readers.limits import MAX_LINE_BYTES

NOTE = "Each line stood between quotation marks as a whole; they were taken off."
_MARK = b"\xef\xbb\xbf"
_HEAD_BYTES = 64 << 10
_LOOKED_AT = 100
_FEWEST = 3
_WRAPPED = re.compile(rb'[ \t]*"((?:[^"\r\n]|"")*)"[ \t]*(?=[\r\n]*\Z)')


@contextmanager
def without_wrapping(
    text: BinaryIO, options: ReadOptions
) -> Iterator[tuple[BinaryIO, tuple[str, ...]]]:
    """Open text without the marks around its lines, and a note; as it is when there are none.

    Parameters
    ----------
    text : binary file
        UTF-8.
    options : ReadOptions
        What is known: a quotation mark that was chosen stays what it is.
    """
    text.seek(0)
    head = text.read(_HEAD_BYTES)
    start = len(_MARK) if head.startswith(_MARK) else 0
    lines = head[start:].split(b"\n")[:-1]
    if options.quote is not None or not _are_wrapped([line for line in lines if line.strip()]):
        yield text, ()
        return
    with tempfile.TemporaryFile() as plain:
        text.seek(start)
        for line in iter(partial(text.readline, MAX_LINE_BYTES), b""):
            plain.write(_bare(line))
        yield cast(BinaryIO, plain), (NOTE,)


def _are_wrapped(lines: Sequence[bytes]) -> bool:
    """Return whether all lines, but for a header, are one cell that holds as many cells each."""
    looked = lines[:_LOOKED_AT]
    if len(looked) < _FEWEST or not all(_WRAPPED.match(line) for line in looked[1:]):
        return False
    try:
        bare = [_bare(line).decode() for line in looked]
        return any(_divides(mark, bare) for mark in DELIMITERS[:4])
    except (UnicodeDecodeError, csv.Error):
        return False


def _divides(mark: str, lines: Sequence[str]) -> bool:
    """Return whether a mark divides all lines alike, and does not stand in prose."""
    counts = {len(cells) for cells in csv.reader(lines, delimiter=mark)}
    text = "\n".join(lines)
    is_prose = 2 * text.count(f"{mark} ") > text.count(mark)
    return len(counts) == 1 and max(counts) > 1 and not is_prose


def _bare(line: bytes) -> bytes:
    found = _WRAPPED.match(line)
    if found is None:
        return line
    return found[1].replace(b'""', b'"') + line[found.end() :]
