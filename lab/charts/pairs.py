"""Scatter matrix: every pair of a few columns, with a histogram of each on the diagonal."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.grouping import (
    as_floats,
    as_groups,
    group_colours,
    legend_above,
    present,
    sampled,
)
from lab.charts.layout import axis, blank, figure
from lab.charts.theme import Theme, faded, shown, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MAX_COLUMNS = 5
MAX_POINTS = 160
N_BINS = 14
_COLUMNS = ["kind", "row", "group", "is_ordered", "column", "value", "end", "share"]


def frame(rows: pd.DataFrame, *, by: "pd.Series[Any] | None" = None) -> pd.DataFrame:
    """Return a sample of rows and the histograms of their columns, in long form.

    Parameters
    ----------
    rows : DataFrame
        Columns of numbers; the first five are used.
    by : Series, optional
        Groups of the rows; a categorical keeps its order.

    Returns
    -------
    DataFrame
        ``kind, row, group, is_ordered, column, value, end, share``. Kind ``point``: at most 160
        rows that have all values, drawn with a fixed seed. Kind ``bin``: fourteen ranges of each
        column from `value` to `end` with their share of the group's rows.
    """
    names = list(rows.columns[:MAX_COLUMNS])
    groups = as_groups(by, rows.index)
    numbers = np.column_stack([as_floats(rows[name]) for name in names])
    known = ~np.isnan(numbers).any(axis=1) & groups.notna().to_numpy()
    numbers, groups = numbers[known], groups[known]
    if not len(numbers):
        return pd.DataFrame(columns=_COLUMNS)
    labels = groups.astype("str").to_numpy()
    order = present(groups)
    chosen = sampled(len(numbers), MAX_POINTS)
    parts = []
    for place, name in enumerate(names):
        parts.append(
            pd.DataFrame(
                {
                    "kind": "point",
                    "row": chosen,
                    "group": labels[chosen],
                    "column": str(name),
                    "value": numbers[chosen, place],
                }
            )
        )
        parts.extend(_bins(str(name), numbers[:, place], labels, order))  # fmt: skip
    table = pd.concat(parts, ignore_index=True)
    rank = {name: k for k, name in enumerate(order)}
    table = table.sort_values("group", key=lambda g: g.map(rank), kind="stable", ignore_index=True)
    return table.assign(is_ordered=bool(groups.cat.ordered))[_COLUMNS]


def _bins(column: str, values: Any, labels: Any, order: list[str]) -> list[pd.DataFrame]:
    edges = np.histogram_bin_edges(values, bins=N_BINS)
    found = []
    for group in order:
        counts = np.histogram(values[labels == group], bins=edges)[0]
        found.append(
            pd.DataFrame({"kind": "bin", "row": -1, "group": group, "column": column,
                          "value": edges[:-1], "end": edges[1:],
                          "share": counts / max(1, int(counts.sum()))})
        )  # fmt: skip
    return found


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the lower half of the matrix: dots under the diagonal, histograms on it."""
    if frame.empty:
        return blank(theme, "No row has a value in all of these columns.")
    columns = frame["column"].unique().tolist()
    groups = frame["group"].unique().tolist()
    colours = group_colours(theme, groups, is_ordered=bool(frame["is_ordered"].iloc[0]))
    traces = [
        *(_dots(frame, columns, place, colours) for place in _below(len(columns))),
        *(trace for group in groups
          for trace in _histograms(frame[frame["group"] == group], columns, colours[group])),
    ]  # fmt: skip
    drawn = figure(
        theme,
        traces,
        x={},
        y={},
        showlegend=len(groups) > 1,
        legend=legend_above(theme, groups),
        height=120 + 118 * len(columns),
    )
    return drawn.update_layout(**_axes(columns, theme))


def _below(n: int) -> list[tuple[int, int]]:
    """Return row and column of the panels under the diagonal."""
    return [(row, column) for row in range(n) for column in range(row)]


def _dots(
    frame: pd.DataFrame, columns: list[str], panel: tuple[int, int], colours: dict[str, str]
) -> Any:
    """Return the rows of one panel, of all groups in one trace so that the chart stays small."""
    from plotly import graph_objects as go

    points = frame[frame["kind"] == "point"]
    up, across = (points[points["column"] == columns[place]] for place in panel)
    place = panel[0] * len(columns) + panel[1]
    code = {name: number for number, name in enumerate(colours)}
    last = max(len(colours) - 1, 1)
    scale = [[number / last, colour] for number, colour in enumerate(colours.values())]
    return go.Scatter(
        x=small(across["value"]), y=small(up["value"]), mode="markers", showlegend=False,
        xaxis=_axis_name("x", place), yaxis=_axis_name("y", place),
        marker={"color": up["group"].map(code).to_numpy(np.int8), "cmin": 0, "cmax": last,
                "colorscale": scale if len(scale) > 1 else [scale[0], [1, scale[0][1]]],
                "size": 4, "opacity": 0.55},
        hovertemplate="%{x:.4~g}, %{y:.4~g}<extra></extra>",
    )  # fmt: skip


def _histograms(own: pd.DataFrame, columns: list[str], colour: str) -> list[Any]:
    """Return one group's outlines on the diagonal; the first stands in the legend."""
    from plotly import graph_objects as go

    name = shown(own["group"].iloc[0], max_length=32)
    traces = []
    for place, column in enumerate(columns):
        bins = own[(own["kind"] == "bin") & (own["column"] == column)]
        on = place * len(columns) + place
        traces.append(go.Scatter(
            x=small([*bins["value"], bins["end"].iloc[-1]]),
            y=small([*bins["share"], bins["share"].iloc[-1]]),
            mode="lines", line={"shape": "hv", "width": 1.2, "color": colour}, fill="tozeroy",
            fillcolor=faded(colour, 0.2), xaxis=_axis_name("x", on), yaxis=_axis_name("y", on),
            name=name, legendgroup=name, showlegend=place == 0,
            hovertemplate="%{x:.4~g}<br>%{y:.1%} of rows",
        ))  # fmt: skip
    return traces


def _axis_name(letter: str, place: int) -> str:
    return letter if place == 0 else f"{letter}{place + 1}"


def _axes(columns: list[str], theme: Theme) -> dict[str, Any]:
    """Return the axes of all panels; those of a row share their range, those of a column too."""
    n, made = len(columns), {}
    gap = 0.03 / n
    for row in range(n):
        for column in range(row + 1):
            place = row * n + column
            left, low = column / n, (n - 1 - row) / n
            below = shown(columns[column], max_length=18 if n < 4 else 11) if row == n - 1 else ""
            beside = shown(columns[row], max_length=16) if column == 0 and row else ""
            small_ticks = {"tickfont": {"size": 9, "color": theme.inks.quiet}, "nticks": 4}
            made[f"xaxis{place + 1 if place else ''}"] = axis(
                theme, below, domain=[left + gap, left + 1 / n - gap],
                anchor=_axis_name("y", place), showticklabels=row == n - 1,
                matches=None if row == n - 1 else _axis_name("x", (n - 1) * n + column),
                **small_ticks,
            )  # fmt: skip
            is_shared = column < row and column > 0
            made[f"yaxis{place + 1 if place else ''}"] = axis(
                theme, beside, domain=[low + gap, low + 1 / n - gap],
                anchor=_axis_name("x", place), showticklabels=column == 0 and row > 0,
                matches=_axis_name("y", row * n) if is_shared else None, **small_ticks,
            )  # fmt: skip
    return made


def alt(frame: pd.DataFrame) -> str:
    """Return the columns, the groups and the strongest correlation in words."""
    if frame.empty:
        return "Scatter matrix: no row has a value in all of these columns."
    points = frame[frame["kind"] == "point"]
    columns = frame["column"].unique().tolist()
    wide = points.pivot_table(index="row", columns="column", values="value")[columns]
    groups = ", ".join(str(name) for name in frame["group"].unique())
    text = f"Scatter matrix of {', '.join(columns)}; {len(wide):,} rows of {groups}."
    best = _strongest(wide)
    return f"{text} {best}" if best else text


def _strongest(wide: pd.DataFrame) -> str:
    """Return the pair with the strongest correlation of ranks in a sentence, if there is one."""
    if len(wide) < 3:
        return ""
    varied = wide.loc[:, (wide.max() > wide.min()).to_numpy()]
    if varied.shape[1] < 2:
        return ""
    names, found = list(varied), varied.corr(method="spearman").to_numpy(copy=True)
    np.fill_diagonal(found, 0)
    one, other = np.unravel_index(np.abs(found).argmax(), found.shape)
    value = found[one, other]
    return f"Strongest: {names[one]} with {names[other]}, rank correlation {value:.2f}."
