"""Patterns of missing values: which columns are missing in the same rows, and how often."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure
from lab.charts.theme import Theme, heat, shown

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from lab.data import MissingPatterns

COMPLETE = "no column missing"


def frame(found: "MissingPatterns") -> pd.DataFrame:
    """Return which columns are missing in each pattern.

    Parameters
    ----------
    found : MissingPatterns
        Columns and the most frequent patterns.

    Returns
    -------
    DataFrame
        ``pattern, count, share, column, is_missing``, the most frequent pattern first; columns
        that no shown pattern lacks are left out.
    """
    lacking = [name for name in found.columns if any(name in p.columns for p in found.patterns)]
    rows = [
        (place + 1, pattern.count, pattern.share, name, name in pattern.columns)
        for place, pattern in enumerate(found.patterns)
        for name in lacking
    ]
    return pd.DataFrame(rows, columns=["pattern", "count", "share", "column", "is_missing"])


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a row a pattern and a column a column, filled where it is missing."""
    if frame.empty:
        return blank(theme, "No value is missing.")
    from plotly import graph_objects as go

    wide = frame.pivot_table(index="pattern", columns="column", values="is_missing", sort=False)
    names = [shown(name, max_length=22) for name in wide.columns]
    firsts = frame.drop_duplicates("pattern")
    words = [_words(*pair) for pair in zip(firsts["share"], firsts["count"], strict=True)]
    cells = wide.to_numpy(np.float64)
    filled = go.Heatmap(
        z=cells.astype(np.float32), zmin=0, zmax=1, showscale=False, xgap=2, ygap=2,
        colorscale=heat(theme),
        hovertext=[[f"{name}: {'missing' if there else 'there'}<br>{word}"
                    for name, there in zip(names, row, strict=True)]
                   for word, row in zip(words, cells, strict=True)],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    ticks = {"tickmode": "array", "showgrid": False}
    return figure(
        theme,
        [filled],
        x=axis(theme, "", tickvals=list(range(len(names))), ticktext=names, tickangle=-45,
               **ticks),
        y=axis(theme, "", tickvals=list(range(len(words))), ticktext=words,
               autorange="reversed", **ticks),
        height=150 + 26 * max(len(words), 3),
    )  # fmt: skip


def _words(share: float, count: int) -> str:
    part = f"{share:.1%}" if share >= 0.001 else "under 0.1%"
    return f"{part} · {count:,} {'row' if count == 1 else 'rows'}"


def alt(frame: pd.DataFrame) -> str:
    """Return the most frequent patterns in words."""
    if frame.empty:
        return "Patterns of missing values: none is missing."
    words = "; ".join(
        f"{rows['share'].iloc[0]:.1%} of the rows: "
        + (", ".join(rows.loc[rows["is_missing"], "column"].head(8)) or COMPLETE)
        for _, rows in list(frame.groupby("pattern"))[:6]
    )
    return f"Columns missing together, most frequent first. {words}."
