"""CSV and its kin: looked at through a sample, then parsed once, typed where the sample says so."""

from collections.abc import Sequence
from contextlib import ExitStack
from itertools import islice
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lab.base import LabError
from lab.data.levels import levels_of
from lab.data.missing_text import MISSING_WORDS, without_missing_words
from lab.data.number_text import NumberFormat, fits, guess_decimal, looks_like_codes
from lab.data.readers.dialect import TITLES, Dialect, find_dialect
from lab.data.readers.encodings import (
    as_utf8,
    guess_encoding,
    known_encoding,
    lines_beyond_ascii,
    title,
    wrong_encoding,
)
from lab.data.readers.entry import RawColumns, ReadOptions
from lab.data.readers.limits import check_cells
from lab.data.readers.parsing import TEXT, NotUtf8Error, Parsed, Plan, parse_piece, retyped
from lab.data.readers.segments import not_text, pieces, sample

_WHOLE = r"^-?\d{1,18}$"
_MAX_BAD_SHARE = 0.2


def read_delimited(file: BinaryIO, options: ReadOptions) -> RawColumns:
    """Return the columns of a delimited text file.

    Raises
    ------
    LabError
        When it is empty, not text, not in the encoding, or mostly not a table.
    """
    chosen = known_encoding(options.encoding) if options.encoding else ""
    encoding = chosen or guess_encoding(file)
    try:
        return _read(file, encoding, options)
    except NotUtf8Error as error:
        if chosen:
            raise wrong_encoding(chosen, chosen=True) from error
        lines = lines_beyond_ascii(file)
        return _read(file, guess_encoding(file, beyond_ascii=lines), options)


def _read(file: BinaryIO, encoding: str, options: ReadOptions) -> RawColumns:
    with ExitStack() as stack:
        text = stack.enter_context(as_utf8(file, encoding, chosen=bool(options.encoding)))
        head, skip = _head(text)
        complete = len(head) < _HEAD_BYTES
        dialect = find_dialect(_decoded(head), complete=complete, delimiter=options.delimiter)
        newline = b"\r" if b"\n" not in head and b"\r" in head else b"\n"
        start = skip + dialect.start
        plan = _plan(sample(text, start, newline=newline), dialect, options)
        parsed = _parse(text, start, plan, newline)
        notes = (_told(dialect, encoding, options, plan), *dialect.notes, *_bad(parsed))
        return _joined(dialect, plan, parsed, notes)


_HEAD_BYTES = 1 << 20


def _head(text: BinaryIO) -> tuple[bytes, int]:
    """Return the file's beginning without a byte order mark, and the mark's length."""
    text.seek(0)
    head = text.read(_HEAD_BYTES)
    mark = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    head = head[mark:]
    if not head.strip():
        raise LabError("the file is empty", hint="Choose a file with a header and rows.")
    if b"\0" in head:
        raise not_text()
    control = sum(head.count(bytes([code])) for code in (*range(1, 9), *range(14, 32), 127))
    if control > 0.01 * len(head) + 2:
        raise LabError(
            "the file is not a text table but binary data",
            hint="Upload CSV, TSV, Parquet or Excel.",
        )
    return head, mark


def _decoded(head: bytes) -> str:
    try:
        return head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            raise NotUtf8Error from error
        return head[: error.start].decode()


def _plan(data: bytes, dialect: Dialect, options: ReadOptions) -> Plan:
    """Return how each column is parsed: numbers where all of the sample are, else text."""
    blank = Plan(delimiter=dialect.delimiter, types=(TEXT,) * len(dialect.names))
    columns = [levels_of(array) for array in parse_piece(data, blank).arrays]
    found = [without_missing_words(levels)[0].texts for levels in columns]
    decimal = options.decimal or guess_decimal(
        texts for texts in found if len(texts) and not fits(texts, NumberFormat())
    )
    if decimal not in {".", ","}:
        raise LabError(f"the decimal mark {decimal!r} is neither a point nor a comma")
    words = {text.strip() for levels in columns for text in islice(levels.words, 10_000)}
    return Plan(
        delimiter=dialect.delimiter, decimal=decimal,
        types=tuple(_type(texts, decimal) for texts in found),
        missing=tuple(word for word in MISSING_WORDS if word in words or not word),
    )  # fmt: skip


def _type(texts: Any, decimal: str) -> Any:
    if not fits(texts, NumberFormat(decimal=decimal)) or looks_like_codes(texts):
        return TEXT
    whole = pc.all(pc.match_substring_regex(texts, _WHOLE)).as_py()
    return pa.int64() if whole else pa.float64()


def _parse(text: BinaryIO, start: int, plan: Plan, newline: bytes) -> list[Parsed]:
    parsed: list[Parsed] = []
    n_rows = n_bad = 0
    for piece in pieces(text, start, newline=newline):
        found = parse_piece(piece.data, plan, start=piece.start)
        parsed.append(found)
        n_rows += found.n_rows
        n_bad += len(found.bad)
        check_cells(n_rows, len(plan.types))
        if n_bad > 1_000 and n_bad > _MAX_BAD_SHARE * n_rows:
            break
    if not n_rows:
        raise LabError(
            "the file has a header and no rows", hint="Choose a file that holds data as well."
        )
    if n_bad > max(_MAX_BAD_SHARE * n_rows, 0.5):
        raise LabError(
            f"{n_bad:,} of {n_rows:,} lines have another number of cells than the header"
            f" ({len(plan.types)})",
            hint="Check the delimiter and the quotation marks.",
        )
    return retyped(text, parsed, plan)


def _joined(
    dialect: Dialect, plan: Plan, parsed: Sequence[Parsed], notes: tuple[str, ...]
) -> RawColumns:
    arrays = tuple(
        pa.chunked_array([part.arrays[place] for part in parsed])
        for place in range(len(dialect.names))
    )
    n_rows = sum(part.n_rows for part in parsed)
    bad = _bad_rows(parsed)
    row_numbers = np.delete(np.arange(n_rows), bad) if bad else None
    return RawColumns(
        names=dialect.names, arrays=arrays, row_numbers=row_numbers, decimal=plan.decimal,
        notes=notes,
    )  # fmt: skip


def _bad_rows(parsed: Sequence[Parsed]) -> list[int]:
    rows: list[int] = []
    before = 0
    for part in parsed:
        rows.extend(before + place for place, _ in part.bad)
        before += part.n_rows
    return rows


def _bad(parsed: Sequence[Parsed]) -> tuple[str, ...]:
    rows = _bad_rows(parsed)
    if not rows:
        return ()
    widths = [width for part in parsed for _, width in part.bad]
    expected = len(parsed[0].arrays)
    named = ", ".join(f"{row:,}" for row in rows[:5]) + (" and more" if len(rows) > 5 else "")
    if len(rows) == 1:
        return (f"1 row with {widths[0]} instead of {expected} cells left out: row {named}.",)
    what = f"{len(rows):,} rows with another number of cells than the header ({expected})"
    return (f"{what} left out: rows {named}.",)


def _told(dialect: Dialect, encoding: str, options: ReadOptions, plan: Plan) -> str:
    given = dialect.delimiter and TITLES.get(dialect.delimiter, repr(dialect.delimiter))
    divided = f"cells divided by {given}" if given else "one column"
    comma = ", decimal comma" if plan.decimal == "," else ""
    guessed = "" if options.delimiter and options.encoding else " (guessed)"
    return f"Read as {title(encoding)} text, {divided}{comma}{guessed}."
