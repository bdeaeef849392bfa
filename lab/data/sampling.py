"""Samples of rows, the same ones every time, in the table's order."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from lab.data.content import Content
from lab.data.levels import Levels


def sample_places(n_rows: int, max_rows: int) -> npt.NDArray[np.int64]:
    """Return the places of at most so many rows, drawn at random with a fixed seed, in order."""
    if n_rows <= max_rows:
        return np.arange(n_rows)
    drawn = np.random.default_rng(0).choice(n_rows, size=max_rows, replace=False)
    return np.sort(drawn)


def rows_of(content: Content, places: npt.NDArray[np.int64]) -> Content:
    """Return some rows of a column."""
    cells = content.cells
    if isinstance(cells, Levels):
        return replace(content, cells=Levels(codes=cells.codes[places], texts=cells.texts))
    return replace(content, cells=cells[places])
