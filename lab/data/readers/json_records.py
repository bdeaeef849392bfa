"""JSON: an array of records, columns by name, or one record a line."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO, TextIO

from lab.base import LabError, plain_text
from lab.data.readers.encodings import title
from lab.data.readers.entry import RawColumns, ReadOptions
from lab.data.readers.json_shapes import Shape, shape_of
from lab.data.readers.json_values import Json, Stream, damaged, elements, too_deep
from lab.data.readers.records import Records, listed
from lab.data.readers.text_input import next_line, read_text

_WHOLE_TEXT = 1 << 29
_BAD = object()


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
    raw, encoding = _read(file, options, _read_values)
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
    records, values = Records(), Json()
    records.add_all(_lines(text, values))
    raw = records.take(noun="line")
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


def _read_values(text: TextIO) -> RawColumns:
    values = Json()
    stream = Stream(text, values)
    records = Records()
    if stream.peek() == "[":
        records.add_all(elements(stream))
        told = "Read as JSON, an array of records."
    else:
        shape = _read_objects(stream)
        records.add_all(shape.records)
        told = f"Read as JSON, {shape.told}."
    if stream.peek():
        raise LabError(
            "the JSON holds more than one value", hint="Put one record a line, or one array around."
        )
    return _with_notes(records.take(told), values)


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
    return head.decode(json.detect_encoding(head[:4]), "replace").lstrip("\ufeff \t\r\n")


def _is_whole(text: str) -> bool:
    try:
        json.loads(text, parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True
