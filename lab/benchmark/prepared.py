"""Prepared matrices on disk: fitted once for a recipe on a split, mapped by every model's cell."""

import errno
import math
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from lab.base import from_json, to_json
from lab.recipes import SideBySide, as_parts

_CATEGORIES = "categories.npy"


@dataclass(frozen=True, kw_only=True, eq=False)
class PreparedRows:
    """Some rows as a model meets them.

    Parameters
    ----------
    X : ndarray of float64, scipy CSR matrix, or SideBySide
        Prepared features.
    y : ndarray
        Class codes or target values.
    weight : ndarray of float64 or None
        Row weights.
    rows : ndarray of int64 or None
        Positions in the data set; None for training rows, which may be resampled.
    """

    X: Any
    y: npt.NDArray[Any]
    weight: npt.NDArray[np.float64] | None = None
    rows: npt.NDArray[np.int64] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class PreparedSplit:
    """What the cells of one recipe on one split read.

    Parameters
    ----------
    train, test : PreparedRows
        Rows to learn from (resampled) and to be judged on.
    gap : PreparedRows
        Training rows whose scores show the gap, as they are in the data.
    categories : tuple of int, default ()
        Positions of prepared columns that hold codes of categories.
    """

    train: PreparedRows
    test: PreparedRows
    gap: PreparedRows
    categories: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PreparedFacts:
    """What the runner wants to know of a prepared split: its cost, and what it had to tell."""

    seconds: float
    notes: tuple[str, ...]


def write_prepared(folder: Path, split: PreparedSplit) -> None:
    """Write the arrays of a prepared split into a folder."""
    write_categories(folder, split.categories)
    for part in ("train", "test", "gap"):
        write_rows(folder, part, getattr(split, part))


def write_categories(folder: Path, categories: tuple[int, ...]) -> None:
    """Write which prepared columns hold codes of categories into the folder of a split."""
    folder.mkdir(parents=True, exist_ok=True)
    _save(folder / _CATEGORIES, np.array(categories, dtype=np.int64))


def write_rows(folder: Path, part: str, rows: PreparedRows) -> None:
    """Write the arrays of some rows into the folder of a prepared split.

    Parameters
    ----------
    folder : Path
        Is made when there is none.
    part : {"train", "test", "gap"}
        Which of its rows.
    rows : PreparedRows
        Parts side by side are put together in the file, a few rows or columns at once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_matrix(folder, part, rows.X)
    for name in ("y", "weight", "rows"):
        if (values := getattr(rows, name)) is not None:
            _save(folder / f"{part}.{name}.npy", values)


def read_prepared(folder: Path) -> PreparedSplit:
    """Return a prepared split whose matrices are mapped, not copied."""
    return PreparedSplit(
        train=_read_rows(folder, "train"),
        test=_read_rows(folder, "test"),
        gap=_read_rows(folder, "gap"),
        categories=tuple(np.load(folder / _CATEGORIES).tolist()),
    )


def let_go(X: Any) -> None:
    """Give the memory of a mapped matrix back; what is read again comes from its file again.

    Libraries that sort the indices of sparse rows in place have done so in vain, then, though the
    matrix may still say that they are sorted.
    """
    for array in (X,) if isinstance(X, np.ndarray) else (X.data, X.indices, X.indptr):
        place: Any = array
        while isinstance(place, np.ndarray):
            place = place.base
        if isinstance(place, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            place.madvise(mmap.MADV_DONTNEED)


def facts_to_bytes(facts: PreparedFacts) -> bytes:
    """Return the facts as bytes that cross processes."""
    return to_json(facts).encode()


def facts_from_bytes(data: bytes) -> PreparedFacts:
    """Return the facts from the bytes of `facts_to_bytes`."""
    return from_json(PreparedFacts, data)


def _write_matrix(folder: Path, part: str, matrix: Any) -> None:
    made = as_parts(matrix)
    if made.is_sparse:
        _write_sparse(folder, part, made)
        return
    pieces = made.columns() if made.is_fortran else made.blocks()
    with _array_file(
        folder / f"{part}.npy", np.float64, made.shape, is_fortran=made.is_fortran
    ) as file:
        for piece in pieces:
            piece.tofile(file)


def _write_sparse(folder: Path, part: str, made: SideBySide) -> None:
    n_rows, nnz, integer = made.n_rows, made.nnz, made.index_type
    paths = (folder / f"{part}.{name}.npy" for name in ("data", "indices", "indptr"))
    with (
        _array_file(next(paths), np.float64, (nnz,)) as data,
        _array_file(next(paths), integer, (nnz,)) as indices,
        _array_file(next(paths), integer, (n_rows + 1,)) as indptr,
    ):
        end = 0
        np.zeros(1, dtype=integer).tofile(indptr)
        for block in made.blocks():
            block.data.tofile(data)
            block.indices.astype(integer, copy=False).tofile(indices)
            (block.indptr[1:] + integer(end)).tofile(indptr)
            end += block.nnz
    _save(folder / f"{part}.shape.npy", np.array(made.shape))


@contextmanager
def _array_file(
    path: Path, dtype: Any, shape: tuple[int, ...], *, is_fortran: bool = False
) -> Iterator[BinaryIO]:
    """Open an ``.npy`` file behind its header, for the bytes of an array of this shape.

    numpy is not told when the last of them did not reach a full disk, so the file is measured.
    """
    dtype = np.dtype(dtype)
    with path.open("wb") as file:
        about = {
            "descr": np.lib.format.dtype_to_descr(dtype),
            "fortran_order": is_fortran,
            "shape": shape,
        }
        np.lib.format.write_array_header_1_0(file, about)
        file.flush()  # numpy goes on behind it by the file's number
        size = file.tell() + math.prod(shape) * dtype.itemsize
        yield file
    if path.stat().st_size != size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def _save(path: Path, values: npt.NDArray[Any]) -> None:
    with _array_file(path, values.dtype, values.shape) as file:
        values.tofile(file)


def _read_rows(folder: Path, part: str) -> PreparedRows:
    weight, rows = folder / f"{part}.weight.npy", folder / f"{part}.rows.npy"
    return PreparedRows(
        X=_read_matrix(folder, part),
        y=np.load(folder / f"{part}.y.npy"),
        weight=np.load(weight) if weight.exists() else None,
        rows=np.load(rows) if rows.exists() else None,
    )


def _read_matrix(folder: Path, part: str) -> Any:
    dense = folder / f"{part}.npy"
    if dense.exists():
        return _mapped(dense)
    from scipy.sparse import csr_matrix

    shape = tuple(int(side) for side in np.load(folder / f"{part}.shape.npy"))
    arrays = tuple(_mapped(folder / f"{part}.{name}.npy") for name in ("data", "indices", "indptr"))
    return csr_matrix(arrays, shape=shape, copy=False)


def _mapped(path: Path) -> npt.NDArray[Any]:
    return np.asarray(np.load(path, mmap_mode="c"))
