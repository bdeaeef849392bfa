"""Text encodings: found from the bytes, checked by decoding, turned into UTF-8."""

import codecs
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from lab.base import LabError, plain_text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 4 << 20
_CENTRAL_EUROPEAN = ("Polish", "Czech", "Slovak", "Hungarian", "Croatian", "Slovene", "Romanian")
_TRUSTED = (
    "cp1251", "koi8_r", "mac_cyrillic", "cp1253", "iso8859_7", "cp1254", "cp1255", "cp1256",
    "cp932", "shift_jis", "euc_jp", "gb18030", "gbk", "gb2312", "big5", "euc_kr", "cp949",
)  # fmt: skip
MIXED = "utf-8 with bytes of cp1252"
"""UTF-8 but for single bytes, as when lines of another program were put into a file."""
_TITLES = {
    "utf-8-sig": "UTF-8 with a byte order mark", "utf-8": "UTF-8", "utf-16": "UTF-16",
    MIXED: "UTF-8 but for some bytes in cp1252",
}  # fmt: skip
_MOST_LINES_NAMED = 10
_BETWEEN_WORDS = re.compile(rb"[\s,;|\":\d]+")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_ENOUGH = 8
_UTF8 = ("utf-8", "utf-8-sig", "ascii")
IN_UNICODE = (*_UTF8, "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
"""Encodings in which decoding by itself tells text from other bytes."""


class NotUtf8Error(Exception):
    """The text is not UTF-8."""


def title(encoding: str) -> str:
    """Return an encoding's name for people."""
    return _TITLES.get(encoding, encoding)


def known_encoding(name: str) -> str:
    """Return the name that Python has for a text encoding; LabError when it has none."""
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        raise _unknown(name) from None
    if not found._is_text_encoding:
        raise _unknown(name)
    return "utf-8-sig" if found.name == "utf-8" and "sig" in name else found.name


def guess_encoding(file: BinaryIO, *, beyond_ascii: bytes | None = None) -> str:
    """Return the encoding of a text file, from its first bytes.

    Parameters
    ----------
    file : binary file
        Placed anywhere; left at its start.
    beyond_ascii : bytes, optional
        Lines with bytes that are not ASCII, when UTF-8 is known to be wrong.
    """
    file.seek(0)
    head = file.read(256 << 10)
    file.seek(0)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    wide = _utf16_without_mark(head)
    if wide:
        return wide
    if beyond_ascii is None:
        if _decodes(head, "utf-8"):
            return "utf-8"
        beyond_ascii = _beyond_ascii(head)
    return MIXED if _is_mostly_utf8(beyond_ascii) else _single_byte(beyond_ascii)


def told_mixed(file: BinaryIO, encoding: str) -> tuple[str, ...]:
    """Return a note that names the lines which are not UTF-8, for `MIXED` text."""
    if encoding != MIXED:
        return ()
    file.seek(0)
    lines = [number for number, line in enumerate(file, start=1) if not _decodes(line, "utf-8")]
    named = ", ".join(f"{number:,}" for number in lines[:_MOST_LINES_NAMED])
    more = f" and {len(lines) - _MOST_LINES_NAMED:,} more" if lines[_MOST_LINES_NAMED:] else ""
    has = "has bytes" if len(lines) == 1 else "have bytes"
    word = "Line" if len(lines) == 1 else "Lines"
    return (f"{word} {named}{more} {has} that are not UTF-8: these were read as cp1252.",)


def lines_beyond_ascii(file: BinaryIO, limit: int = 64 << 10) -> bytes:
    """Return lines of a file that hold bytes beyond ASCII, up to a limit."""
    file.seek(0)
    found: list[bytes] = []
    size = 0
    while size < limit and (chunk := file.read(_CHUNK)):
        if not chunk.isascii():
            lines = _beyond_ascii(chunk)
            found.append(lines)
            size += len(lines)
    return b"\n".join(found)[:limit]


@contextmanager
def as_utf8(file: BinaryIO, encoding: str, *, chosen: bool) -> Iterator[BinaryIO]:
    """Open a file's text as UTF-8 without a byte order mark.

    Parameters
    ----------
    file : binary file
        The text.
    encoding : str
        How it is encoded.
    chosen : bool
        Whether a person said so, for the message when it is wrong.

    Raises
    ------
    LabError
        When the text is not in this encoding.
    """
    file.seek(0)
    if encoding in _UTF8:
        yield file
        return
    with tempfile.TemporaryFile() as plain:
        decoder = (
            codecs.getincrementaldecoder("utf-8")(errors=MIXED) if encoding == MIXED
            else codecs.getincrementaldecoder(encoding)()
        )  # fmt: skip
        try:
            while chunk := file.read(_CHUNK):
                plain.write(decoder.decode(chunk).encode())
            plain.write(decoder.decode(b"", final=True).encode())
        except UnicodeError as error:
            raise wrong_encoding(encoding, chosen=chosen) from error
        plain.seek(0)
        yield cast(BinaryIO, plain)


def wrong_encoding(encoding: str, *, chosen: bool) -> LabError:
    """Return the error that says that a file is not in an encoding."""
    hint = "Leave the encoding to be guessed, or name another one." if chosen else (
        "Say which encoding it has, such as cp1252, or save it as UTF-8."
    )  # fmt: skip
    return LabError(f"the text of the file is not {title(encoding)}", hint=hint)


def _unknown(name: str) -> LabError:
    return LabError(
        f"there is no text encoding {plain_text(name)!r}",
        hint="Common ones are utf-8, utf-16, cp1252 and latin-1.",
    )


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeError:
        return False
    return True


def _in_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Return the bytes that are not UTF-8 as cp1252 has them; the name of this is `MIXED`."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(MIXED, _in_cp1252)


def _is_mostly_utf8(lines: bytes) -> bool:
    """Return whether twice as many lines are UTF-8 as are not, of lines that are not ASCII.

    What is UTF-8 by chance is rare in other encodings.
    """
    are_utf8 = [_decodes(line, "utf-8") for line in lines.splitlines()]
    return sum(are_utf8) > 0 and sum(are_utf8) >= 2 * (len(are_utf8) - sum(are_utf8))


def _beyond_ascii(data: bytes) -> bytes:
    return b"\n".join(line for line in data.splitlines() if not line.isascii())


def _utf16_without_mark(head: bytes) -> str:
    """Return UTF-16 when every other byte of mostly western text is zero."""
    sample = head[:4096]
    if len(sample) < 4 or 0 not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _single_byte(sample: bytes) -> str:
    """Return the likeliest encoding of lines that are not UTF-8.

    The detector sees only the different words beyond ASCII: the digits and marks of tables mislead
    it. Its first guess among the western code pages is close to arbitrary on short text, so those
    all count as cp1252; others are believed where they differ in script or language. In another
    script, bytes beyond ASCII stand in rows; in western words they stand alone.
    """
    from charset_normalizer import from_bytes

    words = dict.fromkeys(word for word in _BETWEEN_WORDS.split(sample) if not word.isascii())
    best = from_bytes(b" ".join(words)[: 16 << 10]).best()
    if best is not None:
        central = best.encoding in {"cp1250", "iso8859_2"} and best.coherence >= 0.3
        runs = [len(run) for word in words for run in _BEYOND_ASCII.findall(word)]
        other_script = sum(runs) >= _ENOUGH and sum(runs) >= 1.5 * len(runs)
        if (best.encoding in _TRUSTED and other_script) or (
            central and best.language in _CENTRAL_EUROPEAN
        ):
            return best.encoding
    return "cp1252" if _decodes(sample, "cp1252") else "latin-1"
