"""Rows on the plane in which they differ most, coloured by group."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.grouping import as_groups, group_colours, legend_above, present, sampled
from lab.charts.layout import axis, blank, figure
from lab.charts.scatter import dots
from lab.charts.theme import Theme

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from lab.data import PrincipalMap

MAX_POINTS = 1000
_COLUMNS = ["group", "is_ordered", "x", "y", "x_share", "y_share"]


def frame(found: "PrincipalMap", *, by: "pd.Series[Any] | None" = None) -> pd.DataFrame:
    """Return where a sample of the rows lies.

    Parameters
    ----------
    found : PrincipalMap
        Rows on the first two principal components.
    by : Series, optional
        Groups of the same rows, in the same order; a categorical keeps its order.

    Returns
    -------
    DataFrame
        ``group, is_ordered, x, y, x_share, y_share``: at most 1,000 rows, and the shares of the
        variance that the two components explain.
    """
    groups = as_groups(by, pd.RangeIndex(len(found.x)))
    known = np.flatnonzero(groups.notna().to_numpy())
    chosen = known[sampled(len(known), MAX_POINTS)]
    table = pd.DataFrame(
        {
            "group": groups.iloc[chosen].astype("str").to_numpy(),
            "is_ordered": bool(groups.cat.ordered),
            "x": np.array(found.x)[chosen],
            "y": np.array(found.y)[chosen],
            "x_share": found.explained[0],
            "y_share": found.explained[1],
        }
    )
    rank = {name: k for k, name in enumerate(present(groups))}
    table = table.sort_values("group", key=lambda g: g.map(rank), kind="stable")
    return table.reset_index(drop=True)[_COLUMNS]


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the rows as dots, one colour a group."""
    if frame.empty:
        return blank(theme, "There are not enough columns or rows for a map.")
    names = frame["group"].unique().tolist()
    colours = group_colours(theme, names, is_ordered=bool(frame["is_ordered"].iloc[0]))
    titles = tuple(
        f"{place} component ({frame[name].iloc[0]:.0%} of the variance)"
        for place, name in (("First", "x_share"), ("Second", "y_share"))
    )
    return figure(
        theme,
        [
            dots(frame[frame["group"] == name], name, colours[name], ("first", "second"))
            for name in names
        ],
        x=axis(theme, titles[0]),
        y=axis(theme, titles[1]),
        showlegend=len(names) > 1,
        legend=legend_above(theme, names),
        height=440 + 12 * len(names),
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the shares explained, and where the groups lie, in words."""
    if frame.empty:
        return "Map of the rows: there are not enough columns or rows."
    shares = frame["x_share"].iloc[0], frame["y_share"].iloc[0]
    words = "; ".join(
        f"{group} around {rows['x'].median():.2g}, {rows['y'].median():.2g}"
        for group, rows in frame.groupby("group", sort=False)
    )
    return (
        f"Map of {len(frame):,} rows on two components that explain {shares[0]:.0%} and"
        f" {shares[1]:.0%} of the variance. {words}."
    )
