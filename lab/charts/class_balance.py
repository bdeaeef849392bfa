"""Class balance: how many rows each class has."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lab.charts.bars import share_bars
from lab.charts.layout import blank
from lab.charts.theme import Theme

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MAX_CLASSES = 30


def frame(counts: Mapping[str, int]) -> pd.DataFrame:
    """Return count and share of each class, the most frequent first.

    Parameters
    ----------
    counts : mapping of str to int
        Rows by class.

    Returns
    -------
    DataFrame
        ``label, count, share``.
    """
    table = pd.DataFrame({"label": list(counts), "count": [int(v) for v in counts.values()]})
    table["share"] = table["count"] / max(int(table["count"].sum()), 1)
    return table.sort_values("count", ascending=False, kind="stable", ignore_index=True)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a bar a class, at most 30."""
    if frame.empty:
        return blank(theme, "There are no classes.")
    return share_bars(frame.head(MAX_CLASSES), theme, title="Share of rows")


def alt(frame: pd.DataFrame) -> str:
    """Return the classes with their shares in words."""
    if frame.empty:
        return "Class balance: there are no classes."
    words = ", ".join(f"{row.label} {row.share:.1%}" for row in frame.head(12).itertuples())
    return f"Class balance of {len(frame)} classes: {words}."
