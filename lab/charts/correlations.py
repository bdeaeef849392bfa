"""Correlations between columns as a heatmap with signs."""

from typing import TYPE_CHECKING

import pandas as pd

from lab.charts.layout import blank
from lab.charts.matrix import draw_matrix, matrix_frame, strongest_pairs
from lab.charts.theme import Theme

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def frame(matrix: pd.DataFrame) -> pd.DataFrame:
    """Return the correlation of all pairs of columns.

    Parameters
    ----------
    matrix : DataFrame
        Square, columns by columns, from -1 to 1.

    Returns
    -------
    DataFrame
        ``a, b, correlation`` for at most 30 columns, row by row.
    """
    return matrix_frame(matrix, "correlation")


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the matrix: blue where both rise together, orange where one falls."""
    if frame.empty:
        return blank(theme, "There are not enough columns to compare.")
    return draw_matrix(frame, theme, value="correlation", is_signed=True)


def alt(frame: pd.DataFrame) -> str:
    """Return the strongest correlations in words."""
    words = strongest_pairs(frame, "correlation")
    if not words:
        return "Correlations between columns: there are none to show."
    return f"Strongest correlations between columns: {words}."
