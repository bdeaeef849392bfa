"""String columns as codes into their distinct values, so that each value is looked at once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

_BLOCK = 1 << 16


@dataclass(frozen=True, kw_only=True, eq=False)
class Levels:
    """The distinct values of a string column, and which one stands in each row.

    Parameters
    ----------
    codes : ndarray of int32
        Position of each row's value in `texts`; -1 where it is missing.
    texts : pyarrow.StringArray
        The distinct values in the order in which they first appear.
    """

    codes: Codes
    texts: Any

    def __len__(self) -> int:
        """Return the number of distinct values."""
        return len(self.texts)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The distinct values as Python strings."""
        return tuple(self.texts.to_pylist())

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """Number of rows of each distinct value."""
        return self._counts[1:]

    @property
    def n_missing(self) -> int:
        """Number of rows without a value."""
        return int(self._counts[0])

    @cached_property
    def _counts(self) -> npt.NDArray[np.int64]:
        counts = np.zeros(len(self) + 1, dtype=np.int64)
        step = max(_BLOCK, len(counts))  # in blocks, so that what is in between stays in the cache
        for start in range(0, len(self.codes), step):
            counts += np.bincount(self.codes[start : start + step] + 1, minlength=len(counts))
        return counts

    @property
    def n_bytes(self) -> int:
        """Size of the column's text in UTF-8, once in every row."""
        lengths = pc.binary_length(self.texts).to_numpy(zero_copy_only=False)
        return int((lengths * self.counts).sum())

    def text_bytes(self) -> tuple[memoryview, memoryview]:
        """Return the lengths of the distinct values and their UTF-8 bytes, without a copy."""
        lengths = pc.binary_length(self.texts).to_numpy(zero_copy_only=False)
        offsets, data = self.texts.buffers()[1:]
        ends = np.frombuffer(offsets, dtype=np.int32)[self.texts.offset :][: len(self) + 1]
        first, last = (int(ends[0]), int(ends[-1])) if len(ends) else (0, 0)
        raw = memoryview(data if data is not None else b"")[first:last]
        return np.ascontiguousarray(lengths).view(np.uint8).data, raw

    def renamed(self, texts: Any) -> "Levels":
        """Return the column with new values; equal ones are joined, null ones become missing."""
        encoded = pc.dictionary_encode(texts.cast(pa.string()))
        places = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        lookup = np.append(places, -1).astype(np.int32)
        return Levels(codes=lookup[self.codes], texts=encoded.dictionary)

    def spread(self, values: npt.NDArray[Any], missing: object) -> npt.NDArray[Any]:
        """Return one value a row from one value a level."""
        return np.append(values, np.array([missing], dtype=values.dtype))[self.codes]

    def to_strings(self) -> Any:
        """Return the column as a pandas string array without Python objects."""
        codes = pa.array(self.codes, mask=self.codes < 0 if self.n_missing else None)
        return as_strings(pc.take(self.texts.cast(pa.large_string()), codes, boundscheck=False))


def levels_of(values: Any) -> Levels:
    """Return the levels of a pandas string column or of an Arrow array of strings."""
    array = pa.array(values) if isinstance(values, pd.Series) else values
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
        if isinstance(array, pa.ChunkedArray):
            array = pa.concat_arrays(array.chunks) if array.chunks else pa.array([], array.type)
    if not pa.types.is_dictionary(array.type):
        array = pc.dictionary_encode(array)
    indices = array.indices.fill_null(-1) if array.null_count else array.indices
    indices = indices.to_numpy(zero_copy_only=False)
    return Levels(
        codes=indices.astype(np.int32, copy=False), texts=array.dictionary.cast(pa.string())
    )


def as_strings(array: Any) -> Any:
    """Return an Arrow array of large strings as a pandas string array, without a copy."""
    dtype = pd.StringDtype("pyarrow", na_value=np.nan)
    return pd.arrays.ArrowStringArray(array, dtype=dtype)  # type: ignore[call-arg]
