"""Columns of Python values, as JSON, databases and sheets give them, collected into arrays."""

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lab.data.conversion import text_of
from lab.data.readers.parsing import STAMP, TEXT

_NUMBERS = frozenset({int, float, Decimal})
_DAYS = frozenset({dt.datetime, dt.date})
_EXACT = 2**53
_LARGEST = 2**63


class ValueColumn:
    """One column, collected batch by batch.

    A batch of numbers or of dates is kept as such, any other as text; text among numbers makes
    text of them all. Whole numbers that a float would change stay as they are written.

    Parameters
    ----------
    n_before : int
        Rows before the first batch, in which the column has no value.
    """

    def __init__(self, n_before: int = 0) -> None:
        self.n_infinite = 0
        self._chunks: list[Any] = [n_before] if n_before else []

    def add(self, values: Sequence[object]) -> None:
        """Put values after the others; None is a missing one."""
        kinds = {type(value) for value in values} - {type(None)}
        if not kinds:
            self._chunks.append(len(values))
        elif kinds <= _NUMBERS:
            self._chunks.append(self._numbers(values, kinds))
        elif kinds <= _DAYS:
            self._chunks.append(pa.array([_stamp(value) for value in values], STAMP))
        else:
            self._chunks.append(_texts([written(value) for value in values]))

    def take(self) -> Any:
        """Return the column as one array of Arrow or numpy, and forget it."""
        chunks, self._chunks = self._chunks, []
        known = [chunk for chunk in chunks if not isinstance(chunk, int)]
        if known and all(isinstance(chunk, np.ndarray) for chunk in known):
            found = _joined(chunks, gaps=len(known) < len(chunks))
            if found is not None:
                return found
        kind = STAMP if known and all(_is_stamps(chunk) for chunk in known) else TEXT
        return pa.chunked_array([_as(chunk, kind) for chunk in chunks], kind)

    def _numbers(self, values: Sequence[object], kinds: set[type]) -> Any:
        whole = [value for value in values if type(value) is int]
        largest = max((abs(value) for value in whole), default=0)
        if kinds == {int} and len(whole) == len(values) and largest < _LARGEST:
            return np.array(values, dtype=np.int64)
        if largest > _EXACT:
            return _texts([written(value) for value in values])
        numbers = np.array([np.nan if value is None else value for value in values], np.float64)
        self.n_infinite += int(np.isinf(numbers).sum())
        return numbers


def written(value: object) -> str | None:
    """Return a value as text: numbers without needless digits, lists and records as JSON.

    Examples
    --------
    >>> written(2.0), written(True), written([1, "a"]), written(None)
    ('2', 'True', '[1, "a"]', None)
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float | Decimal):
        return text_of(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def _texts(texts: Sequence[str | None]) -> Any:
    try:
        return pa.array(texts, pa.string()).dictionary_encode()
    except UnicodeEncodeError:  # half a character, which JSON can name
        sound = [text and _sound(text) for text in texts]
        return pa.array(sound, pa.string()).dictionary_encode()


def _sound(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _stamp(value: Any) -> dt.datetime | None:
    if value is None:
        return None
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    return value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value


def _is_stamps(chunk: Any) -> bool:
    return not isinstance(chunk, np.ndarray) and chunk.type == STAMP


def _joined(chunks: list[Any], *, gaps: bool) -> npt.NDArray[Any] | None:
    """Return batches of numbers as one array, None when a float would change a whole number."""
    arrays = [chunk for chunk in chunks if not isinstance(chunk, int)]
    if not gaps and all(array.dtype.kind == "i" for array in arrays):
        return np.concatenate(arrays)
    if any(array.dtype.kind == "i" and (np.abs(array) > _EXACT).any() for array in arrays):
        return None
    return np.concatenate([np.full(chunk, np.nan) if isinstance(chunk, int)
                           else chunk.astype(np.float64) for chunk in chunks])  # fmt: skip


def _as(chunk: Any, kind: Any) -> Any:
    if isinstance(chunk, int):
        empty = pa.nulls(chunk, pa.string() if kind == TEXT else kind)
        return empty.dictionary_encode() if kind == TEXT else empty
    if isinstance(chunk, np.ndarray):
        return _texts([text_of(value) for value in chunk.tolist()])
    if chunk.type == kind:
        return chunk
    stamps = chunk.to_numpy(zero_copy_only=False)
    return _texts([text_of(value) for value in stamps])
