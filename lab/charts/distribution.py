"""Distribution of one column, as a whole or by class."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure, lanes, legend, rows_text
from lab.charts.theme import Theme, faded, shown, small
from lab.data import value_texts

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MAX_BINS = 30
MAX_LEVELS = 15
MAX_CLASSES = 7
_COLUMNS = ["column", "kind", "group", "label", "start", "end", "count", "share"]


def frame(values: "pd.Series[Any]", *, by: "pd.Series[Any] | None" = None) -> pd.DataFrame:
    """Return how often each range or level occurs, by class when classes are given.

    Parameters
    ----------
    values : Series
        One column: numbers, dates, or anything else for levels. Missing values are left out.
    by : Series, optional
        Classes of the same rows; beyond the seven most frequent they are left out.

    Returns
    -------
    DataFrame
        ``column, kind, group, label, start, end, count, share``: kind ``number``, ``date`` or
        ``level``; the share is that of the group. At most 30 ranges or 15 levels ("other levels"
        holds the rest).
    """
    groups = pd.Series("all rows", index=values.index) if by is None else value_texts(by)
    known = values.notna() & (groups.isin(groups.value_counts().index[:MAX_CLASSES]))
    values, groups = values[known], groups[known]
    if values.empty:
        return pd.DataFrame(columns=_COLUMNS)
    ordered = pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values)
    if ordered and not pd.api.types.is_bool_dtype(values):
        return _ranges(values, groups)
    return _levels(values.astype(str), groups)


def _ranges(values: "pd.Series[Any]", groups: "pd.Series[str]") -> pd.DataFrame:
    dates = pd.api.types.is_datetime64_any_dtype(values)
    numbers = values.astype("datetime64[us]").astype(np.int64) if dates else values
    plain = numbers.to_numpy(np.float64)
    finite = np.isfinite(plain)
    plain, names = plain[finite], groups.to_numpy()[finite]
    if not len(plain):
        return pd.DataFrame(columns=_COLUMNS)
    edges = np.histogram_bin_edges(plain, bins=_n_bins(plain))
    parts = []
    for group in pd.unique(names):
        count = np.histogram(plain[names == group], bins=edges)[0]
        parts.append(
            pd.DataFrame({"group": group, "start": edges[:-1], "end": edges[1:], "count": count})
        )
    table = pd.concat(parts, ignore_index=True)
    words = _date_words if dates else _number_words
    table["label"] = [words(a, b) for a, b in zip(table["start"], table["end"], strict=True)]
    return _finished(table, str(values.name), "date" if dates else "number")


def _n_bins(plain: Any) -> int:
    distinct = len(np.unique(plain[:10_000]))
    return int(np.clip(min(distinct, np.sqrt(len(plain)) * 1.5), 1, MAX_BINS))


def _number_words(start: float, end: float) -> str:
    return f"{start:.4g} to {end:.4g}"


def _date_words(start: float, end: float) -> str:
    first, last = (pd.Timestamp(int(moment), unit="us").date() for moment in (start, end))
    return f"{first} to {last}"


def _levels(values: "pd.Series[str]", groups: "pd.Series[str]") -> pd.DataFrame:
    frequent = values.value_counts().index
    if len(frequent) > MAX_LEVELS:
        frequent = frequent[: MAX_LEVELS - 1]
        values = values.where(values.isin(frequent), "other levels")
        frequent = frequent.append(pd.Index(["other levels"]))
    counts = pd.crosstab(groups.to_numpy(), values.to_numpy()).reindex(columns=frequent)
    table = pd.DataFrame(
        {
            "group": np.repeat(counts.index.to_numpy(), counts.shape[1]),
            "label": np.tile(counts.columns.to_numpy(), counts.shape[0]),
            "count": counts.to_numpy().ravel(),
        }
    )
    return _finished(table.assign(start=np.nan, end=np.nan), str(values.name), "level")


def _finished(table: pd.DataFrame, column: str, kind: str) -> pd.DataFrame:
    total = table.groupby("group", sort=False)["count"].transform("sum")
    table = table.assign(column=column, kind=kind)
    table["share"] = table["count"] / np.maximum(total, 1)
    return table[_COLUMNS]


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a histogram, or bars for levels; one colour a class."""
    if frame.empty:
        return blank(theme, "All values of this column are missing.")
    groups = frame["group"].unique().tolist()
    kind = str(frame["kind"].iloc[0])
    draw_one = _bars if kind == "level" else _steps
    labels = frame["label"].unique().tolist()
    traces = [
        draw_one(frame[frame["group"] == group], place, theme, len(groups))
        for place, group in enumerate(groups)
    ]
    across = axis(
        theme, shown(frame["column"].iloc[0]), type="date" if kind == "date" else "linear"
    )
    up = axis(theme, "Share of rows", tickformat=".0%", rangemode="tozero")
    x, y = (up, lanes(theme, labels)) if kind == "level" else (across, up)
    return figure(
        theme,
        traces,
        x=x,
        y=y,
        height=60 + max(26, 12 * len(groups)) * len(labels) if kind == "level" else 260,
        barmode="group",
        bargap=0.25,
        showlegend=len(groups) > 1,
        legend={**legend(theme, groups), "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
    )


def _bars(part: pd.DataFrame, place: int, theme: Theme, n_groups: int) -> Any:
    from plotly import graph_objects as go

    group = shown(part["group"].iloc[0], max_length=28)
    lead = "" if n_groups == 1 else f"{group}<br>"
    return go.Bar(
        x=small(part["share"]),
        y=list(range(len(part))),
        orientation="h",
        name=group,
        marker={"color": faded(theme.hue(place), 0.8), "line": {"width": 0}},
        customdata=[
            [shown(label), rows_text(count)]
            for label, count in zip(part["label"], part["count"], strict=True)
        ],
        hovertemplate=(
            f"{lead}%{{customdata[0]}}<br>%{{x:.1%}}, %{{customdata[1]}}<extra></extra>"
        ),
    )


def _steps(part: pd.DataFrame, place: int, theme: Theme, n_groups: int) -> Any:
    from plotly import graph_objects as go

    group = shown(part["group"].iloc[0], max_length=28)
    start, end, share = (part[name].to_numpy(np.float64) for name in ("start", "end", "share"))
    x = np.concatenate([start, end[-1:]])
    y = np.concatenate([share, share[-1:]])
    dates = part["kind"].iloc[0] == "date"
    lead = "" if n_groups == 1 else f"{group}<br>"
    return go.Scatter(
        x=(x / 1000).tolist() if dates else x,
        y=small(y),
        mode="lines",
        name=group,
        line={"shape": "hv", "width": 1.5, "color": theme.hue(place)},
        fill="tozeroy",
        fillcolor=faded(theme.hue(place), 0.22 if n_groups > 1 else 0.45),
        text=[shown(label) for label in [*part["label"], part["label"].iloc[-1]]],
        hovertemplate=f"{lead}%{{text}}<br>%{{y:.1%}} of rows<extra></extra>",
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the most frequent range or level in words."""
    if frame.empty:
        return "Distribution: all values are missing."
    words = "; ".join(
        f"{group}: most often {rows['label'].iloc[int(rows['share'].argmax())]}"
        f" ({rows['share'].max():.0%})"
        for group, rows in frame.groupby("group", sort=False)
    )
    return f"Distribution of {frame['column'].iloc[0]}. {words}."
