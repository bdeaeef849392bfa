"""JSON: an array of records or rows, columns by name, or one record a line."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import Any, BinaryIO, TextIO

from lab.base import LabError, plain_text
from lab.data.readers.encodings import title
from lab.data.readers.entry import RawColumns, ReadOptions
from lab.data.readers.json_rows import read_rows
from lab.data.readers.json_shapes import Shape, shape_of
from lab.data.readers.json_values import Json, Stream, damaged, elements, too_deep
from lab.data.readers.records import Records, listed
from lab.data.readers.text_input import next_line, read_text

_WHOLE_TEXT = 1 << 29
_BAD = object()
_UNHEEDED = "Set, and without meaning for records, which name their values: header rows."


def suits_json(head: bytes) -> bool:
    """Return whether a text begins as an array of records or lists, or as a record."""
    start = _start(head)
    if start[:1] == "{":
        return start[1:].lstrip()[:1] in {'"', "}"}
    if start[:1] == "[":
        return start[1:].lstrip()[:1] in {"{", "[", "]"} or _is_whole(start)
    return False


def suits_json_lines(head: bytes) -> bool:
    """Return whether the first lines of a text are records, one a line."""
    lines = [line for line in _start(head).split("\n")[:4] if line.strip()]
    if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines[:-1]):
        return False
    return any(line.lstrip().startswith("{") and _is_whole(line) for line in lines[:3])


def read_json(file: BinaryIO, options: ReadOptions) -> RawColumns:
    """Return the columns of a JSON file.

    Raises
    ------
    LabError
        When it is damaged, nested too deeply, or holds no table.
    """
    read = partial(_read_values, header_rows=options.header_rows)
    raw, encoding = _read(file, options, read)
    odd = () if encoding in {"utf-8", "ascii"} else (f"Its text is in {title(encoding)}.",)
    return replace(raw, notes=(*raw.notes[:1], *odd, *raw.notes[1:]))


def read_json_lines(file: BinaryIO, options: ReadOptions) -> RawColumns:
    """Return the columns of a file with one JSON record a line; bad lines are left out and named.

    Raises
    ------
    LabError
        When it holds no records, or much of it is none.
    """
    raw, encoding = _read(file, options, _read_lines)
    return replace(raw, notes=(f"Read as JSON lines in {title(encoding)}.", *raw.notes))


def _read(
    file: BinaryIO, options: ReadOptions, read: Callable[[TextIO], RawColumns]
) -> tuple[RawColumns, str]:
    try:
        return read_text(file, options.encoding, read)
    except RecursionError as error:
        raise too_deep() from error


def _read_lines(text: TextIO) -> RawColumns:
    records, values = Records(noun="line"), Json()
    records.add_all(_lines(text, values))
    raw = records.take()
    return _with_notes(raw, values)


def _lines(text: TextIO, values: Json) -> Iterator[object]:
    """Give the value of every line that is not blank; what is no JSON stands for itself."""
    while line := next_line(text):
        if not line.strip():
            continue
        try:
            yield values.decode(line.strip())
        except (ValueError, RecursionError):
            yield _BAD


def _read_values(text: TextIO, *, header_rows: int | None) -> RawColumns:
    values = Json()
    stream = Stream(text, values)
    if stream.peek() == "[":
        raw = _read_array(stream, header_rows)
    else:
        shape = _read_objects(stream)
        raw = _of_records(shape.records, shape.told, header_rows)
    if stream.peek():
        raise LabError(
            "the JSON holds more than one value", hint="Put one record a line, or one array around."
        )
    return _with_notes(raw, values)


def _read_array(stream: Stream, header_rows: int | None) -> RawColumns:
    items = elements(stream)
    first = list(islice(items, 1))
    if first and isinstance(first[0], list):
        return read_rows(chain(first, items), header_rows)
    return _of_records(chain(first, items), "an array of records", header_rows)


def _of_records(found: Iterable[object], told: str, header_rows: int | None) -> RawColumns:
    records = Records()
    records.add_all(found)
    unheeded = () if header_rows is None else (_UNHEEDED,)
    return records.take(f"Read as JSON, {told}.", *unheeded)


def _read_objects(stream: Stream) -> Shape:
    try:
        whole: Any = stream.value(most=_WHOLE_TEXT)
    except ValueError as error:
        raise damaged(error) from error
    if stream.peek() == "{":
        return Shape(records=chain([whole], _following(stream)), told="one record after the other")
    return shape_of(whole)


def _following(stream: Stream) -> Iterator[object]:
    n_whole = 1
    while stream.peek():
        try:
            yield stream.value()
        except ValueError as error:
            raise damaged(error, f"after {n_whole:,} whole records") from error
        n_whole += 1


def _with_notes(raw: RawColumns, values: Json) -> RawColumns:
    notes = list(raw.notes)
    if values.doubled:
        notes.append(f"Names that stand twice in a record: the last value counts for"
                     f" {listed(values.doubled)}.")  # fmt: skip
    if values.constants:
        words = ", ".join(f"{plain_text(word)} ({n:,})" for word, n in values.constants.items())
        notes.append(f"Taken as missing: {words}.")
    return replace(raw, notes=tuple(notes))


def _start(head: bytes) -> str:
    text = head.decode(json.detect_encoding(head[:4]), "replace")
    return text.lstrip("\ufeff \t\r\n").replace("\0", "")


def _is_whole(text: str) -> bool:
    try:
        json.loads(text, parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True
