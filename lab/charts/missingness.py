"""Missing values: the share of each column."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lab.charts.bars import share_bars
from lab.charts.layout import blank
from lab.charts.theme import Theme

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MAX_COLUMNS = 40


def frame(shares: Mapping[str, float]) -> pd.DataFrame:
    """Return the columns that have missing values, the emptiest first.

    Parameters
    ----------
    shares : mapping of str to float
        Missing share (0 to 1) by column.

    Returns
    -------
    DataFrame
        ``label, share``.
    """
    table = pd.DataFrame({"label": list(shares), "share": [float(v) for v in shares.values()]})
    some = table[table["share"] > 0]
    return some.sort_values("share", ascending=False, kind="stable", ignore_index=True)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a bar a column with missing values, at most 40."""
    if frame.empty:
        return blank(theme, "No value is missing.")
    return share_bars(frame.head(MAX_COLUMNS), theme, title="Share of rows without a value")


def alt(frame: pd.DataFrame) -> str:
    """Return the columns with the most missing values in words."""
    if frame.empty:
        return "Missing values: there are none."
    words = ", ".join(f"{row.label} {row.share:.1%}" for row in frame.head(10).itertuples())
    return f"Missing values in {len(frame)} columns, most first: {words}."
