"""Scatter plot of two columns, coloured by group, with the middle of the one over the other."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.charts.grouping import (
    as_floats,
    as_groups,
    axis_kind,
    group_colours,
    legend_above,
    number_words,
    present,
    sampled,
)
from lab.charts.layout import axis, blank, figure
from lab.charts.theme import Theme, faded, shown, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

Floats = npt.NDArray[np.float64]

MAX_POINTS = 1000
N_BINS = 20
_COLUMNS = ["x_column", "y_column", "x_kind", "y_kind", "kind", "group", "is_ordered", "x", "y",
            "low", "high", "count"]  # fmt: skip


def frame(
    x: "pd.Series[Any]", y: "pd.Series[Any]", *, by: "pd.Series[Any] | None" = None
) -> pd.DataFrame:
    """Return a sample of rows, and the middle of the second column over the first.

    Parameters
    ----------
    x, y : Series
        Numbers or dates of the same rows; rows where one is missing are left out.
    by : Series, optional
        Groups of the rows; a categorical keeps its order.

    Returns
    -------
    DataFrame
        ``x_column, y_column, x_kind, y_kind, kind, group, is_ordered, x, y, low, high, count``;
        dates in milliseconds since 1970. Kind ``point``: at most 1,000 rows, drawn with a fixed
        seed. Kind ``bin``: at most twenty ranges of `x` with equally many rows, with the median
        and the quartiles of `y` of all rows given.
    """
    across, up = as_floats(x), as_floats(y)
    groups = as_groups(by, x.index)
    known = ~(np.isnan(across) | np.isnan(up)) & groups.notna().to_numpy()
    across, up, groups = across[known], up[known], groups[known]
    if not len(across):
        return pd.DataFrame(columns=_COLUMNS)
    chosen = sampled(len(across), MAX_POINTS)
    points = pd.DataFrame(
        {"kind": "point", "group": groups.iloc[chosen].astype("str").to_numpy(),
         "x": across[chosen], "y": up[chosen], "low": np.nan, "high": np.nan, "count": 1}
    )  # fmt: skip
    place = {name: k for k, name in enumerate(present(groups))}
    points = points.sort_values("group", key=lambda names: names.map(place), kind="stable")
    table = pd.concat([points, _bins(across, up)], ignore_index=True)
    return table.assign(
        x_column=str(x.name), y_column=str(y.name), x_kind=axis_kind(x), y_kind=axis_kind(y),
        is_ordered=bool(groups.cat.ordered),
    )[_COLUMNS]  # fmt: skip


def _bins(x: Floats, y: Floats) -> pd.DataFrame:
    n_bins = int(np.clip(len(x) // 30, 1, N_BINS))
    edges = np.unique(np.quantile(x, np.linspace(0, 1, n_bins + 1)))
    places = np.clip(np.searchsorted(edges, x, side="right") - 1, 0, max(len(edges) - 2, 0))
    rows = []
    for place in np.unique(places):
        own = places == place
        low, middle, high = np.quantile(y[own], [0.25, 0.5, 0.75])
        rows.append((np.median(x[own]), middle, low, high, int(own.sum())))
    table = pd.DataFrame(rows, columns=["x", "y", "low", "high", "count"])
    return table.assign(kind="bin", group="median of all rows")


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the rows as dots, one colour a group, and the middle as a line with its half."""
    points = frame[frame["kind"] == "point"]
    if points.empty:
        return blank(theme, "No row has a value in both columns.")
    names = points["group"].unique().tolist()
    colours = group_colours(theme, names, is_ordered=bool(points["is_ordered"].iloc[0]))
    labels = tuple(shown(frame[name].iloc[0]) for name in ("x_column", "y_column"))
    traces = [dots(points[points["group"] == name], name, colours[name], labels) for name in names]
    return figure(
        theme,
        [*traces, *_middle(frame[frame["kind"] == "bin"], theme, labels)],
        x=axis(theme, labels[0], type=frame["x_kind"].iloc[0]),
        y=axis(theme, labels[1], type=frame["y_kind"].iloc[0]),
        showlegend=len(names) > 1,
        legend=legend_above(theme, names),
        height=420 + 12 * len(names),
    )


def dots(rows: pd.DataFrame, name: str, colour: str, labels: tuple[str, ...]) -> Any:
    """Return rows as dots.

    Parameters
    ----------
    rows : DataFrame
        ``x, y``.
    name : str
        Of the group.
    colour : str
        Of the dots.
    labels : (str, str)
        What the axes are called, made harmless already.
    """
    from plotly import graph_objects as go

    return go.Scatter(
        x=_values(rows, "x"),
        y=_values(rows, "y"),
        mode="markers",
        name=shown(name, max_length=32),
        marker={"color": faded(colour, 0.55), "size": 5, "line": {"width": 0}},
        hovertemplate=(
            f"{shown(name)}<br>{labels[0]}: %{{x}}<br>{labels[1]}: %{{y}}<extra></extra>"
        ),
    )


def _values(rows: pd.DataFrame, name: str) -> Any:
    """Return numbers compactly, and dates exactly: float32 holds no milliseconds since 1970."""
    is_date = f"{name}_kind" in rows and len(rows) and rows[f"{name}_kind"].iloc[0] == "date"
    return rows[name].tolist() if is_date else small(rows[name])


def _middle(bins: pd.DataFrame, theme: Theme, labels: tuple[str, ...]) -> list[Any]:
    from plotly import graph_objects as go

    if len(bins) < 3:
        return []
    ink = theme.inks.text
    around = pd.concat(
        [bins.assign(y=bins["high"]), bins.assign(y=bins["low"]).iloc[::-1]], ignore_index=True
    )
    band = go.Scatter(
        x=_values(around, "x"), y=_values(around, "y"), fill="toself", mode="lines",
        fillcolor=faded(ink, 0.1), line={"width": 0}, hoverinfo="skip", showlegend=False,
    )  # fmt: skip
    line = go.Scatter(
        x=_values(bins, "x"), y=_values(bins, "y"), mode="lines", name="median, middle half",
        line={"color": ink, "width": 2},
        hovertemplate=f"{labels[0]} near %{{x}}<br>median {labels[1]} %{{y}}<extra></extra>",
    )  # fmt: skip
    return [band, line]


def alt(frame: pd.DataFrame) -> str:
    """Return the groups, and how the middle moves, in words."""
    points = frame[frame["kind"] == "point"]
    if points.empty:
        return "Scatter plot: no row has a value in both columns."
    across, up = points["x_column"].iloc[0], points["y_column"].iloc[0]
    groups = ", ".join(f"{name} {n:,}" for name, n in points["group"].value_counts().items())
    bins = frame[frame["kind"] == "bin"]
    first, last = bins["y"].iloc[0], bins["y"].iloc[-1]
    return (
        f"Scatter plot of {up} over {across}, {len(points):,} rows: {groups}. From the lowest to"
        f" the highest {across} the median of {up} goes from {number_words(first)} to"
        f" {number_words(last)}."
    )
