"""Prepared columns as the groups of a stage made them, put side by side a few rows at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, kw_only=True, eq=False)
class SideBySide:
    """A matrix of float64 as its parts; what comes of them is what `ColumnTransformer` makes.

    Parameters
    ----------
    parts : tuple of (ndarray, DataFrame or CSR matrix)
        Columns in order, each with all rows.
    n_rows : int
        Number of rows.
    is_sparse : bool, default False
        Whether they are put together as a sparse matrix.
    cells_at_once : int, default 524,288
        Most cells of the rows or columns that are put side by side at once, when more than one.
    """

    parts: tuple[Any, ...]
    n_rows: int
    is_sparse: bool = False
    cells_at_once: int = 1 << 19  # 4 MB of float64

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns."""
        return self.n_rows, sum(int(part.shape[1]) for part in self.parts)

    @cached_property
    def is_fortran(self) -> bool:
        """Whether an ordinary array of it lies in memory column after column, as numpy decides."""
        if min(self.shape) < 2:
            return False
        flags = np.hstack([_dense(part[:2]) for part in self._arrays]).flags
        return bool(flags.f_contiguous and not flags.c_contiguous)

    @cached_property
    def nnz(self) -> int:
        """Entries that a sparse matrix of it holds."""
        from scipy import sparse

        counts = (
            part.nnz if sparse.issparse(part) else np.count_nonzero(part) for part in self._arrays
        )
        return int(sum(counts))

    @property
    def index_type(self) -> Any:
        """Integers that can count the entries of a sparse matrix of it."""
        most = np.iinfo(np.int32).max
        return np.int64 if max(self.nnz, *self.shape) > most else np.int32

    def blocks(self) -> Iterator[Any]:
        """Yield the rows in order, some at once, as arrays or CSR matrices of float64."""
        step = max(1, self.cells_at_once // max(1, self.shape[1]))
        for start in range(0, self.n_rows, step):
            yield self._block(slice(start, min(start + step, self.n_rows)))

    def columns(self) -> Iterator[npt.NDArray[np.float64]]:
        """Yield the columns in order, some at once, as arrays with a column in a row."""
        step = max(1, self.cells_at_once // max(1, self.n_rows))
        for part in self._arrays:
            for start in range(0, part.shape[1], step):
                some = _dense(part[:, start : start + step]).T
                yield np.ascontiguousarray(some, dtype=np.float64)

    def whole(self) -> Any:
        """Return all of it, as an ndarray of float64 or a CSR matrix."""
        if self.is_sparse:
            return self._whole_sparse()
        order = "F" if self.is_fortran else "C"
        made = np.empty(self.shape, dtype=np.float64, order=order)  # type: ignore[call-overload]
        place = 0
        for part in self._arrays:
            made[:, place : place + part.shape[1]] = _dense(part)
            place += part.shape[1]
        return made

    def _whole_sparse(self) -> Any:
        data = np.empty(self.nnz, dtype=np.float64)
        indices = np.empty(self.nnz, dtype=self.index_type)
        indptr = np.zeros(self.n_rows + 1, dtype=self.index_type)
        row, place = 0, 0
        for block in self.blocks():
            end = place + block.nnz
            data[place:end], indices[place:end] = block.data, block.indices
            indptr[row : row + block.shape[0] + 1] = block.indptr + place
            row, place = row + block.shape[0], end
        from scipy.sparse import csr_matrix

        return csr_matrix((data, indices, indptr), shape=self.shape, copy=False)

    @cached_property
    def _arrays(self) -> tuple[Any, ...]:
        from scipy import sparse

        arrays = tuple(_array(part) for part in self.parts)
        if len(arrays) > 1:
            for part in arrays:
                if sparse.issparse(part):
                    part.sum_duplicates()  # as it is done when they are put together
        return arrays

    def _block(self, rows: slice) -> Any:
        from scipy import sparse

        some = [part[rows] for part in self._arrays]
        if self.is_sparse:
            only = some[0] if len(some) == 1 else sparse.hstack(some, format="csr")
            return sparse.csr_matrix(only, dtype=np.float64)
        if not some:
            return np.zeros((rows.stop - rows.start, 0))
        return np.hstack([_dense(part) for part in some]).astype(np.float64, copy=False)


def as_whole(X: Any) -> Any:
    """Return rows as the next estimator takes them: parts side by side, chosen rows as a frame."""
    import pandas as pd

    if isinstance(X, SideBySide):
        return X.whole()
    is_chosen = hasattr(X, "columns") and not isinstance(X, pd.DataFrame)
    return X[list(X.columns)] if is_chosen else X


def as_numbers(X: Any) -> Any:
    """Return a matrix as an ndarray of float64 or a CSR matrix of it."""
    from scipy import sparse

    if sparse.issparse(X):
        return X.tocsr().astype(np.float64, copy=False)
    return np.asarray(X, dtype=np.float64)


def as_parts(X: Any) -> SideBySide:
    """Return a matrix as parts side by side: itself, or one part that holds all of it."""
    from scipy import sparse

    if isinstance(X, SideBySide):
        return X
    X = as_numbers(X)
    is_sparse = bool(sparse.issparse(X))
    if not is_sparse and not (X.flags.c_contiguous or X.flags.f_contiguous):
        X = np.ascontiguousarray(X)
    return SideBySide(parts=(X,), n_rows=int(X.shape[0]), is_sparse=is_sparse)


def _array(part: Any) -> Any:
    from scipy import sparse

    return part.tocsr() if sparse.issparse(part) else np.asarray(part)


def _dense(part: Any) -> npt.NDArray[Any]:
    from scipy import sparse

    return np.asarray(part.toarray() if sparse.issparse(part) else part)
