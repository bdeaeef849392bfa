"""Prepared matrices on disk: fitted once for a recipe on a split, mapped by every model's cell."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import from_json, to_json

_CATEGORIES = "categories.npy"


@dataclass(frozen=True, kw_only=True, eq=False)
class PreparedRows:
    """Some rows as a model meets them.

    Parameters
    ----------
    X : ndarray of float64 or scipy CSR matrix
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
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / _CATEGORIES, np.array(split.categories, dtype=np.int64))
    for part in ("train", "test", "gap"):
        rows: PreparedRows = getattr(split, part)
        _write_matrix(folder, part, rows.X)
        for name in ("y", "weight", "rows"):
            if (values := getattr(rows, name)) is not None:
                np.save(folder / f"{part}.{name}.npy", values)


def read_prepared(folder: Path) -> PreparedSplit:
    """Return a prepared split whose matrices are mapped, not copied."""
    return PreparedSplit(
        train=_read_rows(folder, "train"),
        test=_read_rows(folder, "test"),
        gap=_read_rows(folder, "gap"),
        categories=tuple(np.load(folder / _CATEGORIES).tolist()),
    )


def facts_to_bytes(facts: PreparedFacts) -> bytes:
    """Return the facts as bytes that cross processes."""
    return to_json(facts).encode()


def facts_from_bytes(data: bytes) -> PreparedFacts:
    """Return the facts from the bytes of `facts_to_bytes`."""
    return from_json(PreparedFacts, data)


def _write_matrix(folder: Path, part: str, matrix: Any) -> None:
    if isinstance(matrix, np.ndarray):
        np.save(folder / f"{part}.npy", matrix)
        return
    for name in ("data", "indices", "indptr"):
        np.save(folder / f"{part}.{name}.npy", getattr(matrix, name))
    np.save(folder / f"{part}.shape.npy", np.array(matrix.shape))


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
