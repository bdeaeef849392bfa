"""Prepared matrices on disk: fitted once for a recipe on a split, mapped by every model's cell."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import from_json, to_json

PARTS = ("train", "test", "gap")


@dataclass(frozen=True, kw_only=True, eq=False)
class PreparedSplit:
    """What a model needs of one split.

    Parameters
    ----------
    train, test, gap : ndarray of float64 or scipy CSR matrix
        Prepared features of the training rows (resampled), the test rows, and the training rows
        whose scores show the gap (as they are, not resampled).
    y_train : ndarray
        Targets of `train`.
    weight : ndarray or None
        Weights of `train`.
    """

    train: Any
    test: Any
    gap: Any
    y_train: npt.NDArray[Any]
    weight: npt.NDArray[np.float64] | None


@dataclass(frozen=True, kw_only=True)
class PreparedFacts:
    """What the runner wants to know of a prepared split: its cost, size and notes."""

    seconds: float
    n_train: int
    n_features: int
    notes: tuple[str, ...]


def write_prepared(folder: Path, prepared: PreparedSplit) -> None:
    """Write the arrays of a prepared split into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        _write_matrix(folder, part, getattr(prepared, part))
    np.save(folder / "y_train.npy", prepared.y_train)
    if prepared.weight is not None:
        np.save(folder / "weight.npy", prepared.weight)


def read_prepared(folder: Path) -> PreparedSplit:
    """Return a prepared split whose arrays are mapped, not copied."""
    weight = folder / "weight.npy"
    return PreparedSplit(
        **{part: _read_matrix(folder, part) for part in PARTS},
        y_train=np.load(folder / "y_train.npy"),
        weight=np.load(weight) if weight.exists() else None,
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
