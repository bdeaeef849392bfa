"""The text of a file in any encoding, as a stream of characters."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO, TextIO, cast

from lab.base import LabError
from lab.data.readers.encodings import (
    as_utf8,
    guess_encoding,
    known_encoding,
    lines_beyond_ascii,
    told_mixed,
    wrong_encoding,
)
from lab.data.readers.entry import RawColumns
from lab.data.readers.limits import MAX_LINE_BYTES
from lab.data.readers.padding import has_null_bytes, without_null_bytes


def read_text(
    file: BinaryIO, encoding: str | None, read: Callable[[TextIO], RawColumns]
) -> tuple[RawColumns, str]:
    """Return what a function makes of a file's text, and the encoding that the text has.

    Null bytes that are padding are left out, which a note tells.

    Parameters
    ----------
    file : binary file
        The text.
    encoding : str or None
        How it is encoded; guessed when None, and guessed again when the guess proves wrong.
    read : callable
        From a stream of characters, with line feeds as the only ends of lines.

    Raises
    ------
    LabError
        When the text is not in this encoding.
    """
    chosen = known_encoding(encoding) if encoding else ""
    guessed = chosen or guess_encoding(file)
    try:
        raw = _read(file, guessed, read, chosen=bool(chosen))
        return replace(raw, notes=(*raw.notes, *told_mixed(file, guessed))), guessed
    except UnicodeDecodeError as error:
        if chosen:
            raise wrong_encoding(chosen, chosen=True) from error
        again = guess_encoding(file, beyond_ascii=lines_beyond_ascii(file))
        raw = _read(file, again, read, chosen=False)
        return replace(raw, notes=(*raw.notes, *told_mixed(file, again))), again


def next_line(text: TextIO) -> str:
    """Return the next line with its end, "" at the end; LabError when it is far too long."""
    line = text.readline(MAX_LINE_BYTES)
    if len(line) >= MAX_LINE_BYTES:
        raise LabError(
            f"a line is longer than {MAX_LINE_BYTES >> 20} MB",
            hint="Tables are not written so; check where the file comes from.",
        )
    return line


def _read(
    file: BinaryIO, encoding: str, read: Callable[[TextIO], RawColumns], *, chosen: bool
) -> RawColumns:
    with as_utf8(file, encoding, chosen=chosen) as text:
        if not has_null_bytes(text):
            return _read_plain(text, read)
        with without_null_bytes(text, encoding, chosen=chosen) as (plain, note):
            raw = _read_plain(plain, read)
    return replace(raw, notes=(*raw.notes, note))


def _read_plain(plain: BinaryIO, read: Callable[[TextIO], RawColumns]) -> RawColumns:
    text = io.TextIOWrapper(cast(io.BufferedReader, plain), encoding="utf-8-sig")
    try:
        return read(cast(TextIO, text))
    finally:
        text.detach()
