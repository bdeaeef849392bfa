"""JSON read value by value, so that a long array never stands in memory as a whole."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

from lab.base import LabError
from lab.data.readers.limits import MAX_LINE_BYTES

_CHUNK = 1 << 20
_DIGITS = 18
_BLANKS = " \t\n\r"


class Json:
    """Decodes values, and counts what JSON in files gets wrong.

    A whole number of more than 18 digits stays text, as it does in other formats. Of a name that
    stands twice in a record the last value counts.
    """

    def __init__(self) -> None:
        self.constants: dict[str, int] = {}
        self.doubled: dict[str, int] = {}
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._record, parse_int=_whole, parse_constant=self._constant
        )

    def decode(self, text: str) -> Any:
        """Return the one value of a text; ValueError or RecursionError when it is none."""
        return self._decoder.decode(text)

    def decode_first(self, text: str, place: int) -> tuple[Any, int]:
        """Return the value at a place, and where it ends."""
        return self._decoder.raw_decode(text, place)

    def _record(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(pairs)
        if len(record) < len(pairs):
            seen: set[str] = set()
            for name, _ in pairs:
                if name in seen:
                    self.doubled[name] = self.doubled.get(name, 0) + 1
                seen.add(name)
        return record

    def _constant(self, word: str) -> None:
        self.constants[word] = self.constants.get(word, 0) + 1


class Stream:
    """The characters of a JSON text, of which only some megabytes are held at a time.

    Parameters
    ----------
    text : text file
        Placed where JSON begins.
    values : Json
        Decodes them.
    """

    def __init__(self, text: TextIO, values: Json) -> None:
        self._text = text
        self._values = values
        self._buffer = ""
        self._place = 0
        self._is_over = False

    def peek(self) -> str:
        """Return the next character that is no blank, "" at the end."""
        while True:
            while self._place < len(self._buffer):
                if self._buffer[self._place] not in _BLANKS:
                    return self._buffer[self._place]
                self._place += 1
            if not self._more():
                return ""

    def skip(self) -> None:
        """Go past the next character."""
        self._place += 1

    def value(self, *, most: int = MAX_LINE_BYTES) -> Any:
        """Return the next value.

        Parameters
        ----------
        most : int
            Characters that it may take.

        Raises
        ------
        ValueError
            When it is not JSON.
        RecursionError
            When it is nested too deeply.
        """
        self.peek()
        while True:
            try:
                value, end = self._values.decode_first(self._buffer, self._place)
            except ValueError:
                if len(self._buffer) - self._place > most or not self._more():
                    raise
                continue
            if end < len(self._buffer) or not self._more():
                self._place = end
                return value

    def _more(self) -> bool:
        """Read on, at least as much as is waiting; return whether there was anything."""
        rest = self._buffer[self._place :]
        more = "" if self._is_over else self._text.read(max(_CHUNK, len(rest)))
        self._is_over = not more
        if more:
            self._buffer, self._place = rest + more, 0
        return bool(more)


def elements(stream: Stream) -> Iterator[Any]:
    """Give the elements of the array at which a stream stands.

    Raises
    ------
    LabError
        When it is damaged, naming how many elements were whole.
    """
    stream.skip()
    n_whole = 0
    if stream.peek() == "]":
        stream.skip()
        return
    while True:
        try:
            yield stream.value()
        except ValueError as error:
            raise damaged(error, f"after {n_whole:,} whole records") from error
        n_whole += 1
        mark = stream.peek()
        stream.skip()
        if mark == "]":
            return
        if mark != ",":
            what = "is cut off" if not mark else "has no comma between two records"
            raise LabError(
                f"the JSON {what} after {n_whole:,} whole records", hint="Export it again."
            )


def damaged(error: Exception, where: str = "") -> LabError:
    """Return the error for text that is not JSON."""
    reason = getattr(error, "msg", "") or "a number is too long"
    return LabError(
        f"the JSON is damaged {where}".rstrip() + f" ({str(reason).lower()})",
        hint="Export it again; if it is no JSON but text with cells, name the delimiter.",
    )


def too_deep() -> LabError:
    """Return the error for JSON that is nested too deeply."""
    return LabError(
        "the JSON is nested too deeply to be a table", hint="Export the records without nesting."
    )


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _DIGITS + digits.startswith("-") else digits
