"""Associations between columns as a heatmap."""

from typing import TYPE_CHECKING

import pandas as pd

from lab.charts.layout import blank
from lab.charts.matrix import draw_matrix, matrix_frame, strongest_pairs
from lab.charts.theme import Theme

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def frame(matrix: pd.DataFrame) -> pd.DataFrame:
    """Return the strength of association of all pairs of columns.

    Parameters
    ----------
    matrix : DataFrame
        Columns by columns, from 0 (none) to 1 (one follows from the other).

    Returns
    -------
    DataFrame
        ``a, b, strength`` for at most 30 columns, row by row.
    """
    return matrix_frame(matrix, "strength")


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the matrix; darker is stronger."""
    if frame.empty:
        return blank(theme, "There are not enough columns to compare.")
    return draw_matrix(frame, theme, value="strength", is_signed=False)


def alt(frame: pd.DataFrame) -> str:
    """Return the strongest associations in words."""
    words = strongest_pairs(frame, "strength")
    if not words:
        return "Associations between columns: there are none to show."
    return f"Strongest associations between columns: {words}."
