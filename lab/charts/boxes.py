"""Box plots of one column of numbers, as a whole or by group."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.charts.grouping import as_floats, as_groups, group_colours, number_words, sampled
from lab.charts.layout import axis, blank, figure, lanes
from lab.charts.theme import Theme, faded, shown, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MAX_GROUPS = 15
MAX_OUTLIERS = 20
_COLUMNS = ["column", "group", "is_ordered", "kind", "value", "low", "q25", "median", "q75",
            "high", "mean", "count", "outliers"]  # fmt: skip


def frame(values: "pd.Series[Any]", *, by: "pd.Series[Any] | None" = None) -> pd.DataFrame:
    """Return where the values of each group lie.

    Parameters
    ----------
    values : Series
        Numbers; missing ones are left out.
    by : Series, optional
        Groups of the same rows, at most 15 are shown; a categorical keeps its order.

    Returns
    -------
    DataFrame
        ``column, group, is_ordered, kind, value, low, q25, median, q75, high, mean, count,
        outliers``. Kind ``box``: quartiles, mean, and the outermost values within 1.5
        interquartile ranges of the quartiles (Tukey 1977). Kind ``outlier``: at most 20 values
        of each group beyond those, drawn with a fixed seed, the outermost among them.
    """
    numbers = as_floats(values)
    groups = as_groups(by, values.index)
    codes = groups.cat.codes.to_numpy()
    parts = []
    for place, group in enumerate(groups.cat.categories[:MAX_GROUPS]):
        own = numbers[(codes == place) & ~np.isnan(numbers)]
        if len(own):
            parts.append(_box(own).assign(group=str(group)))
    if not parts:
        return pd.DataFrame(columns=_COLUMNS)
    table = pd.concat(parts, ignore_index=True)
    return table.assign(column=str(values.name), is_ordered=bool(groups.cat.ordered))[_COLUMNS]


def _box(own: npt.NDArray[np.float64]) -> pd.DataFrame:
    q25, median, q75 = np.quantile(own, [0.25, 0.5, 0.75])
    reach = 1.5 * (q75 - q25)
    inside = (own >= q25 - reach) & (own <= q75 + reach)
    beyond = np.sort(own[~inside])
    box = {
        "kind": "box", "value": np.nan, "low": own[inside].min(), "q25": q25, "median": median,
        "q75": q75, "high": own[inside].max(), "mean": own.mean(), "count": len(own),
        "outliers": len(beyond),
    }  # fmt: skip
    return pd.DataFrame([box, *({"kind": "outlier", "value": value} for value in _some(beyond))])


def _some(beyond: npt.NDArray[np.float64]) -> list[float]:
    if len(beyond) <= MAX_OUTLIERS:
        return [float(value) for value in beyond]
    inner = beyond[1:-1][sampled(len(beyond) - 2, MAX_OUTLIERS - 2)]
    return [float(beyond[0]), *(float(value) for value in inner), float(beyond[-1])]


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a lying box a group."""
    if frame.empty:
        return blank(theme, "All values of this column are missing.")
    names = frame["group"].unique().tolist()
    colours = group_colours(theme, names, is_ordered=bool(frame["is_ordered"].iloc[0]))
    if len(names) > len(theme.inks.hues):
        colours = dict.fromkeys(names, theme.accent)
    traces = []
    for place, name in enumerate(names):
        part = frame[frame["group"] == name]
        traces.append(_one(part, place, colours[name]))
        traces.append(_outliers(part, place, colours[name]))
    return figure(
        theme,
        traces,
        x=axis(theme, shown(frame["column"].iloc[0])),
        y=lanes(theme, names),
        height=84 + 46 * len(names),
    )


def _one(part: pd.DataFrame, place: int, colour: str) -> Any:
    from plotly import graph_objects as go

    box = part[part["kind"] == "box"].iloc[0]
    name = shown(box["group"])
    return go.Box(
        y=[place],
        orientation="h",
        lowerfence=small([box["low"]]),
        q1=small([box["q25"]]),
        median=small([box["median"]]),
        q3=small([box["q75"]]),
        upperfence=small([box["high"]]),
        mean=small([box["mean"]]),
        width=0.55,
        name=name,
        line={"color": colour, "width": 1.5},
        fillcolor=faded(colour, 0.25),
        hoverinfo="x",
    )


def _outliers(part: pd.DataFrame, place: int, colour: str) -> Any:
    from plotly import graph_objects as go

    rows = part[part["kind"] == "outlier"]
    return go.Scatter(
        x=small(rows["value"]),
        y=[place] * len(rows),
        mode="markers",
        marker={"color": faded(colour, 0.6), "size": 4},
        hovertemplate="%{x:.4~g}<extra></extra>",
    )


def alt(frame: pd.DataFrame) -> str:
    """Return median and quartiles of each group in words."""
    if frame.empty:
        return "Box plot: all values are missing."
    boxes = frame[frame["kind"] == "box"]
    words = "; ".join(
        f"{row['group']}: median {number_words(row['median'])}, middle half"
        f" {number_words(row['q25'])} to {number_words(row['q75'])}, {row['outliers']:,.0f} of"
        f" {row['count']:,.0f} beyond the whiskers"
        for row in boxes.to_dict("records")
    )
    return f"Box plot of {frame['column'].iloc[0]}. {words}."
