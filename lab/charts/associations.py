"""Associations between columns as a heatmap."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure
from lab.charts.theme import Theme, heat, shown, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MAX_COLUMNS = 30


def frame(matrix: pd.DataFrame) -> pd.DataFrame:
    """Return the strength of association of all pairs of columns.

    Parameters
    ----------
    matrix : DataFrame
        Square, columns by columns, from 0 (none) to 1 (one follows from the other).

    Returns
    -------
    DataFrame
        ``a, b, strength`` for at most 30 columns, row by row.
    """
    kept = matrix.iloc[:MAX_COLUMNS, :MAX_COLUMNS]
    names = np.array([str(name) for name in kept.columns], dtype=object)
    return pd.DataFrame(
        {
            "a": np.repeat(names, len(names)),
            "b": np.tile(names, len(names)),
            "strength": kept.to_numpy(np.float64).ravel(),
        }
    )


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the matrix; darker is stronger."""
    if frame.empty:
        return blank(theme, "There are not enough columns to compare.")
    from plotly import graph_objects as go

    names = frame["a"].unique().tolist()
    n = len(names)
    labels = [shown(name, max_length=22) for name in names]
    strength = frame["strength"].to_numpy(np.float64).reshape(n, n)
    pairs = [[f"{one} · {other}" for other in labels] for one in labels]
    cells = go.Heatmap(
        z=small(np.where(np.eye(n, dtype=bool), np.nan, strength)),
        zmin=0,
        zmax=1,
        colorscale=heat(theme),
        colorbar={"thickness": 8, "outlinewidth": 0, "tickfont": {"color": theme.inks.quiet}},
        xgap=1,
        ygap=1,
        text=[[f"{v:.2f}" if np.isfinite(v) else "" for v in row] for row in strength],
        texttemplate="%{text}" if n <= 12 else "",
        textfont={"size": 10, "color": theme.inks.text},
        hovertext=pairs,
        hovertemplate="%{hovertext}<br>%{z:.3f}<extra></extra>",
        hoverongaps=False,
    )
    ticks = {
        "tickmode": "array", "tickvals": list(range(n)), "ticktext": labels, "showgrid": False,
        "tickfont": {"size": 10, "color": theme.inks.quiet},
    }  # fmt: skip
    return figure(
        theme,
        [cells],
        x=axis(theme, "", tickangle=-45, **ticks),
        y=axis(theme, "", autorange="reversed", **ticks),
        height=150 + 22 * max(n, 6),
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the strongest associations in words."""
    pairs = frame[frame["a"] < frame["b"]].dropna(subset=["strength"])
    if pairs.empty:
        return "Associations between columns: there are none to show."
    top = pairs.sort_values("strength", ascending=False, kind="stable").head(5)
    words = ", ".join(f"{row.a} with {row.b} {row.strength:.2f}" for row in top.itertuples())
    return f"Strongest associations between columns: {words}."
