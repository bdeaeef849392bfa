"""The columns of a delimited file, collected piece by piece into arrays that are not copied."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lab.data.readers.events import Event
from lab.data.readers.parsing import TEXT, Parsed, Plan


class Collected:
    """All pieces of a file, put together.

    Parameters
    ----------
    plan : Plan
        The types that columns are expected to have.
    capacity : int
        Rows expected; room that is not used is never touched, so it costs no memory.
    """

    def __init__(self, plan: Plan, capacity: int) -> None:
        self.n_rows = 0
        self.n_lines = 0
        self.left_out: list[int] = []
        self.events: list[Event] = []
        self.mended: list[bool] = []
        self.missing: dict[str, None] = {}
        self.changed: list[int] = []
        self._filled = 0
        self._capacity = max(capacity, 1)
        self._columns: list[Any] = [self._empty(kind) for kind in plan.types]

    def add(self, parsed: Parsed) -> None:
        """Put the rows of a piece after the others."""
        n_good = parsed.n_rows - len(parsed.left_out)
        self._make_room(n_good)
        for place, array in enumerate(parsed.arrays):
            self._put(place, array)
        self.left_out.extend(self.n_rows + row for row in parsed.left_out)
        self.events.extend(
            replace(event, line=self.n_lines + event.line) for event in parsed.events
        )
        self.mended.append(parsed.is_mended)
        self.missing.update(dict.fromkeys(parsed.missing))
        self.n_rows += parsed.n_rows
        self.n_lines += parsed.n_lines
        self._filled += n_good

    def replace(self, places: list[int], pieces: Iterable[Parsed]) -> None:
        """Put other values into some columns: the same rows, parsed as text."""
        found: list[list[Any]] = [[] for _ in places]
        for piece in pieces:
            for chunks, array in zip(found, piece.arrays, strict=True):
                chunks.extend(array.chunks)
        for place, chunks in zip(places, found, strict=True):
            self._columns[place] = chunks
        self.changed = []

    def take(self) -> list[Any]:
        """Return the columns, numpy arrays and Arrow arrays of text, and forget them."""
        columns, self._columns = self._columns, []
        return [
            pa.chunked_array(column, TEXT) if isinstance(column, list)
            else column[: self._filled]
            for column in columns
        ]  # fmt: skip

    def _empty(self, kind: Any) -> Any:
        if kind == TEXT:
            return []
        return np.empty(self._capacity, dtype=_dtype(kind))

    def _make_room(self, n_rows: int) -> None:
        if self._filled + n_rows <= self._capacity:
            return
        self._capacity = int(1.3 * (self._filled + n_rows)) + 1_000
        for place, column in enumerate(self._columns):
            if not isinstance(column, list):
                wider = np.empty(self._capacity, dtype=column.dtype)
                wider[: self._filled] = column[: self._filled]
                self._columns[place] = wider

    def _put(self, place: int, array: Any) -> None:
        column = self._columns[place]
        if place in self.changed:
            return
        if isinstance(column, list):
            column.extend(array.chunks)
        elif array.type == TEXT:
            self.changed.append(place)
            self._columns[place] = []
        else:
            self._columns[place] = self._with_numbers(column, array)

    def _with_numbers(self, column: npt.NDArray[Any], array: Any) -> npt.NDArray[Any]:
        """Return the column with the chunks of an array put after the rows so far."""
        gaps = array.null_count > 0 or pa.types.is_floating(array.type)
        if column.dtype.kind == "i" and gaps:
            column = column.astype(np.float64)
        start = self._filled
        for chunk in array.chunks:
            column[start : start + len(chunk)] = chunk.to_numpy(zero_copy_only=False)
            start += len(chunk)
        return column


def _dtype(kind: Any) -> Any:
    if pa.types.is_timestamp(kind):
        return np.dtype("datetime64[us]")
    return np.dtype(np.int64 if pa.types.is_int64(kind) else np.float64)
