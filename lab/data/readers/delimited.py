"""CSV and its kin: looked at through a sample, then parsed once, typed where the sample says so."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat
from typing import BinaryIO, cast

import numpy as np
import numpy.typing as npt

from lab.base import LabError
from lab.data.readers.careful import Piece, parse_carefully
from lab.data.readers.collecting import Collected
from lab.data.readers.dialect import Dialect
from lab.data.readers.dividing import lines_of
from lab.data.readers.encodings import (
    NotUtf8Error,
    as_utf8,
    guess_encoding,
    known_encoding,
    lines_beyond_ascii,
    title,
    told_mixed,
    wrong_encoding,
)
from lab.data.readers.entry import RawColumns, ReadOptions
from lab.data.readers.events import LEFT_OUT, OTHER
from lab.data.readers.foreign import check_magic
from lab.data.readers.layout import Layout, find_layout
from lab.data.readers.limits import check_cells
from lab.data.readers.padding import NullBytesError, without_null_bytes
from lab.data.readers.parsing import TEXT, Parsed, Plan
from lab.data.readers.planning import make_plan
from lab.data.readers.segments import pieces, sample
from lab.data.readers.telling import told_above, told_events, told_rivals, told_unclear
from lab.data.readers.undivided import told_undivided
from lab.data.readers.wrapped import without_wrapping
from lab.data.threads import in_turn

_LARGE = 16 << 20
_MAX_BAD_SHARE = 0.25


def read_delimited(file: BinaryIO, options: ReadOptions) -> RawColumns:
    """Return the columns of a delimited text file.

    Raises
    ------
    LabError
        When it is empty, not text, not in the encoding, or mostly not a table.
    """
    file.seek(0)
    check_magic(file.read(64))
    chosen = known_encoding(options.encoding) if options.encoding else ""
    encoding = chosen or guess_encoding(file)
    try:
        return _read_padded(file, encoding, options)
    except NotUtf8Error as error:
        if chosen:
            raise wrong_encoding(chosen, chosen=True) from error
        encoding = guess_encoding(file, beyond_ascii=lines_beyond_ascii(file))
        return _read_padded(file, encoding, options)


def _read_padded(file: BinaryIO, encoding: str, options: ReadOptions) -> RawColumns:
    """Return the columns; once null bytes have turned up, those of the text without them."""
    with as_utf8(file, encoding, chosen=bool(options.encoding)) as text:
        try:
            raw = _read_wrapped(text, encoding, options)
        except NullBytesError:
            with without_null_bytes(text, encoding, chosen=bool(options.encoding)) as (plain, note):
                raw = _with_notes(_read_wrapped(plain, encoding, options), (note,))
    return _with_notes(raw, told_mixed(file, encoding))


def _read_wrapped(text: BinaryIO, encoding: str, options: ReadOptions) -> RawColumns:
    """Return the columns, where lines stand between marks as a whole those of what is within."""
    with without_wrapping(text, options) as (plain, notes):
        return _with_notes(_read(plain, encoding, options), notes)


def _with_notes(raw: RawColumns, notes: Sequence[str]) -> RawColumns:
    """Return columns with more notes behind the first, of how they were read."""
    return replace(raw, notes=(*raw.notes[:1], *notes, *raw.notes[1:])) if notes else raw


@dataclass(frozen=True, kw_only=True, eq=False)
class _Source:
    """UTF-8 text, where its data starts in bytes, what ends a line, and how it is laid out."""

    text: BinaryIO
    start: int
    newline: bytes
    layout: Layout

    @property
    def n_bytes(self) -> int:
        return self.text.seek(0, 2) - self.start


def _read(text: BinaryIO, encoding: str, options: ReadOptions) -> RawColumns:
    head, skip = _head(text)
    complete = len(head) < _HEAD_BYTES
    decoded = _decoded(head, complete=complete)
    newline = b"\r" if b"\n" not in head and b"\r" in head else b"\n"
    begin = partial(_source, text, decoded, newline=newline, complete=complete, mark=skip)
    source = begin(options)
    looked, n_bytes = _look(source)
    larger = _larger_table(looked, source.layout, options)
    if larger is not None:
        options = replace(options, skip_rows=larger)
        source = begin(options)
        looked, n_bytes = _look(source)
    layout = replace(source.layout, is_even=source.layout.is_even and not looked.events)
    plan, unclear = make_plan(looked, layout, options)
    is_guessed = not layout.dialect.delimiter and options.delimiter is None
    undivided = told_undivided(lines_of(decoded)) if is_guessed else ()
    found = _parse(replace(source, layout=layout), plan, n_bytes / max(1, looked.n_rows))
    return RawColumns(
        names=layout.shape.names, arrays=found.take(), row_numbers=_kept(found),
        decimal=plan.decimal, thousands=options.thousands,
        notes=(_told(layout.dialect, encoding, options, plan),
               *undivided, *told_rivals(layout.dialect, layout.rivals), *told_above(layout),
               *layout.notes, *told_events(found.events, layout),
               *told_unclear(unclear, plan.decimal)),
        missing=tuple(word for word in found.missing if word),
    )  # fmt: skip


def _source(
    text: BinaryIO,
    head: str,
    options: ReadOptions,
    *,
    newline: bytes,
    complete: bool,
    mark: int,
) -> _Source:
    layout = find_layout(head, options, complete=complete)
    return _Source(text=text, start=mark + layout.start, newline=newline, layout=layout)


def _larger_table(looked: Parsed, layout: Layout, options: ReadOptions) -> int | None:
    """Return the line where another table begins that is larger than the one found, or None."""
    others = [event for event in looked.events if event.kind == OTHER]
    largest = max(others, key=lambda event: event.n_rows or event.n_lines, default=None)
    n_kept = looked.n_rows - len(looked.left_out)
    if largest is None or options.skip_rows is not None:
        return None
    if (largest.n_rows or largest.n_lines) <= n_kept:
        return None
    return layout.first_line + largest.line


def _look(source: _Source) -> tuple[Parsed, int]:
    """Return a sample of the records as text, mended to see what is odd, and its size."""
    dialect, width = source.layout.dialect, source.layout.shape.width
    data = sample(source.text, source.start, dialect=dialect, newline=source.newline)
    if not data.strip():
        raise _no_rows()
    plan = Plan(delimiter=dialect.delimiter, quote=dialect.quote, types=(TEXT,) * width)
    piece = Piece(data=data, newline=source.newline, last=len(data) >= source.n_bytes)
    return parse_carefully(piece, plan, source.layout, mended=True), len(data)


def _kept(found: Collected) -> npt.NDArray[np.int64] | None:
    if not found.left_out:
        return None
    return np.delete(np.arange(found.n_rows), found.left_out)


def _no_rows() -> LabError:
    return LabError(
        "the file has a header and no rows", hint="Choose a file that holds data as well."
    )


_HEAD_BYTES = 1 << 20
_CONTROL = bytes((*range(1, 9), *range(14, 32), 127))


def _head(text: BinaryIO) -> tuple[bytes, int]:
    """Return the file's beginning without a byte order mark, and the mark's length."""
    text.seek(0)
    head = text.read(_HEAD_BYTES)
    mark = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    head = head[mark:]
    if not head.strip():
        raise LabError("the file is empty", hint="Choose a file with a header and rows.")
    if b"\0" in head:
        raise NullBytesError
    control = len(head) - len(head.translate(None, _CONTROL))
    if control > 0.01 * len(head) + 2:
        raise LabError(
            "the file is not a text table but binary data",
            hint="Upload CSV, TSV, Parquet or Excel.",
        )
    return head, mark


def _decoded(head: bytes, *, complete: bool) -> str:
    try:
        return head.decode()
    except UnicodeDecodeError as error:
        if complete or error.start < len(head) - 4:
            raise NotUtf8Error from error
        return head[: error.start].decode()


def _parse(source: _Source, plan: Plan, row_bytes: float) -> Collected:
    found = Collected(plan, capacity=int(1.1 * source.n_bytes / row_bytes) + 1_000)
    n_bad = 0
    for parsed in _parsed_pieces(source, plan):
        found.add(parsed)
        check_cells(found.n_rows, len(plan.types))
        n_bad += sum(event.kind == LEFT_OUT for event in parsed.events)
        if parsed.is_ended or (n_bad > 1_000 and n_bad > _MAX_BAD_SHARE * found.n_rows):
            break
    _check_rows(found, n_bad, len(plan.types))
    if found.changed:
        again = replace(plan, types=(TEXT,) * len(plan.types))
        pieces_again = _parsed_pieces(source, again, places=found.changed, mended=found.mended)
        found.replace(found.changed, pieces_again)
    return found


def _parsed_pieces(
    source: _Source,
    plan: Plan,
    *,
    places: list[int] | None = None,
    mended: Sequence[bool] | None = None,
) -> Iterator[Parsed]:
    """Return the pieces parsed in turn; those of an earlier parse are mended where it did."""
    layout, newline = source.layout, source.newline
    spare: list[bytearray] = []

    def parsed(item: tuple[Piece, bool | None]) -> Parsed:
        piece, known = item
        result = parse_carefully(piece, plan, layout, places=places, mended=known)
        spare.append(cast(bytearray, cast(memoryview, piece.data).obj))
        return result

    parallel = source.n_bytes > _LARGE
    records = pieces(
        source.text, source.start, dialect=layout.dialect, newline=newline, spare=spare
    )
    known: Iterable[bool | None] = repeat(None) if mended is None else mended
    return in_turn(
        parsed, zip(_with_last(records, newline), known, strict=False), parallel=parallel
    )


def _with_last(records: Iterable[memoryview], newline: bytes) -> Iterator[Piece]:
    """Return pieces, the last one marked."""
    before: memoryview | None = None
    for data in records:
        if before is not None:
            yield Piece(data=before, newline=newline)
        before = data
    if before is not None:
        yield Piece(data=before, newline=newline, last=True)


def _check_rows(found: Collected, n_bad: int, n_columns: int) -> None:
    n_rows = found.n_rows - (len(found.left_out) - n_bad)
    if n_rows <= 0:
        raise _no_rows()
    if n_bad > max(_MAX_BAD_SHARE * n_rows, 1 if n_rows > 2 else 0):
        raise LabError(
            f"{n_bad:,} of {n_rows:,} lines {'has' if n_bad == 1 else 'have'} another number of"
            f" cells than the header ({n_columns})",
            hint="Check the delimiter and the quotation marks.",
        )


def _told(dialect: Dialect, encoding: str, options: ReadOptions, plan: Plan) -> str:
    comma = ", decimal comma" if plan.decimal == "," else ""
    guessed = "" if options.delimiter and options.encoding else " (guessed)"
    return f"Read as text in {title(encoding)}, {dialect.title}{comma}{guessed}."
