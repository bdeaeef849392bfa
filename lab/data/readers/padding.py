"""Null bytes in text: padding that some programs write, told from what is no text at all."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from lab.base import LabError
from lab.data.readers.encodings import IN_UNICODE

_CHUNK = 4 << 20
_LONG_RUN = 4096
_START = 64
_MOST_BEYOND_ASCII = 0.1
_MARKS = rb"\x00-\x20,;|:\"'{}\[\]"
_INSIDE = re.compile(rb"[^" + _MARKS + rb"]\x00+(?=[^" + _MARKS + rb"])")
_RUN = re.compile(rb"\x00+")
_CONTROL = bytes([*range(1, 9), *range(14, 32), 127])


class NullBytesError(LabError):
    """Text holds null bytes."""

    def __init__(self) -> None:
        super().__init__(
            "the file holds null bytes, so it is not a text table",
            hint="Upload CSV, TSV, Parquet or Excel; export the table again if it should be one,"
            " or name its encoding, such as utf-16-le.",
        )


def has_null_bytes(text: BinaryIO) -> bool:
    """Return whether a file holds null bytes; it is left at its start."""
    text.seek(0)
    found = False
    while not found and (chunk := text.read(_CHUNK)):
        found = b"\0" in chunk
    text.seek(0)
    return found


@contextmanager
def without_null_bytes(
    text: BinaryIO, encoding: str, *, chosen: bool
) -> Iterator[tuple[BinaryIO, str]]:
    """Open text without its null bytes, and a note of how many there were.

    They are padding where what is left is text and they stand beside the marks between cells, at
    ends of lines, or among themselves. Between two characters they could divide cells, which
    leaving them out would join; and UTF-16 of a script whose letters hold few zeros must not be
    taken for text of bytes.

    Parameters
    ----------
    text : binary file
        UTF-8, as far as is known.
    encoding : str
        What the text was in.
    chosen : bool
        Whether a person said so.

    Raises
    ------
    NullBytesError
        When what is left is no text.
    LabError
        When null bytes stand where cells may be divided.
    """
    with tempfile.TemporaryFile() as plain:
        found = _copy(text, cast(BinaryIO, plain))
        head = _head(cast(BinaryIO, plain))
        if not _is_text(head, is_certain=chosen or encoding in IN_UNICODE):
            raise NullBytesError
        if found.n_inside >= max(1, found.n_lines / 2):
            raise LabError(
                "null bytes stand between the characters of the file, where they may divide cells",
                hint="Export the table again with commas or tabs between cells.",
            )
        yield cast(BinaryIO, plain), found.told()


class _Found:
    """What was left out."""

    def __init__(self) -> None:
        self.n_bytes = self.n_inside = self.n_lines = self.longest = self.open_run = 0

    def look(self, chunk: bytes) -> None:
        self.n_lines += chunk.count(b"\n") or chunk.count(b"\r")
        if b"\0" not in chunk:
            self.open_run = 0
            return
        self.n_bytes += chunk.count(b"\0")
        self.n_inside += sum(1 for _ in _INSIDE.finditer(chunk))
        for run in _RUN.finditer(chunk):
            length = run.end() - run.start() + (self.open_run if run.start() == 0 else 0)
            self.longest = max(self.longest, length)
            self.open_run = length if run.end() == len(chunk) else 0

    def told(self) -> str:
        many = "1 null byte" if self.n_bytes == 1 else f"{self.n_bytes:,} null bytes"
        note = f"{many} left out: padding that is no text."
        if self.longest < _LONG_RUN:
            return note
        return f"{note} {self.longest:,} of them in one place: rows may have been lost there."


def _copy(text: BinaryIO, plain: BinaryIO) -> _Found:
    found = _Found()
    text.seek(0)
    while chunk := text.read(_CHUNK):
        found.look(chunk)
        plain.write(chunk.replace(b"\0", b""))
    plain.seek(0)
    return found


def _head(plain: BinaryIO) -> bytes:
    head = plain.read(1 << 20)
    plain.seek(0)
    return head


def _is_text(head: bytes, *, is_certain: bool) -> bool:
    """Return whether bytes are text; the first ones too, where other formats have their marks."""
    n_control = len(head) - len(head.translate(None, _CONTROL))
    at_start = _START - len(head[:_START].ljust(_START).translate(None, _CONTROL))
    if not head.strip() or at_start > 2 or n_control > 0.01 * len(head) + 2:
        return False
    beyond = len(head) - len(head.translate(None, bytes(range(128, 256))))
    return is_certain or beyond <= _MOST_BEYOND_ASCII * len(head)
