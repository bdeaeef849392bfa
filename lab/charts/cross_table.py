"""Cross-table of two columns of levels: how often each pair of levels stands in one row."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure, rows_text
from lab.charts.theme import Theme, heat, shown, small
from lab.data import value_texts

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MAX_LEVELS = 15
OTHER = "other levels"
_COUNTED = 6
_WRITTEN = 12
_TOLD = 5
_COLUMNS = ["row_column", "column", "row_level", "level", "count", "share"]


def frame(rows: "pd.Series[Any]", columns: "pd.Series[Any]") -> pd.DataFrame:
    """Return how many rows of the table hold each pair of levels.

    Parameters
    ----------
    rows, columns : Series
        Levels of the same rows, the first for the rows of the cross-table. Rows of the table
        where one is missing are left out.

    Returns
    -------
    DataFrame
        ``row_column, column, row_level, level, count, share``, row by row, the most frequent
        levels first: the share is that of the row. At most 15 levels of each column ("other
        levels" holds the rest).
    """
    known = (rows.notna() & columns.notna()).to_numpy()
    down, across = (_levels(value_texts(one[known])) for one in (rows, columns))
    if not len(down):
        return pd.DataFrame(columns=_COLUMNS)
    counts = _counts(down, across)
    totals = counts.sum(axis=1, keepdims=True)
    names = down.cat.categories.to_numpy(object), across.cat.categories.to_numpy(object)
    return pd.DataFrame(
        {
            "row_column": str(rows.name),
            "column": str(columns.name),
            "row_level": np.repeat(names[0], len(names[1])),
            "level": np.tile(names[1], len(names[0])),
            "count": counts.ravel(),
            "share": (counts / np.maximum(totals, 1)).ravel(),
        }
    )


def _levels(texts: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return levels as a categorical, the most frequent first, the rest together behind them."""
    frequent = texts.value_counts().index.tolist()
    if len(frequent) > MAX_LEVELS:
        frequent = [name for name in frequent if name != OTHER][: MAX_LEVELS - 1]
        texts = texts.where(texts.isin(frequent), OTHER)
        frequent = [*frequent, OTHER]
    return texts.astype(pd.CategoricalDtype(frequent))


def _counts(down: "pd.Series[Any]", across: "pd.Series[Any]") -> Any:
    shape = len(down.cat.categories), len(across.cat.categories)
    pairs = down.cat.codes.to_numpy(np.int64) * shape[1] + across.cat.codes.to_numpy(np.int64)
    return np.bincount(pairs, minlength=shape[0] * shape[1]).reshape(shape)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the table; a stronger colour is a larger share of the row."""
    if frame.empty:
        return blank(theme, "No row has a value in both columns.")
    rows, columns = (frame[name].unique().tolist() for name in ("row_level", "level"))
    totals = frame.groupby("row_level", sort=False)["count"].sum()
    down = [f"{shown(name, max_length=18)} ({totals[name]:,})" for name in rows]
    across = [shown(name, max_length=18) for name in columns]
    column, row_column = (shown(frame[name].iloc[0]) for name in ("column", "row_column"))
    ticks = {"tickmode": "array", "showgrid": False}
    return figure(
        theme,
        [_heatmap(frame, len(rows), len(columns), theme)],
        x=axis(theme, column, tickvals=list(range(len(columns))), ticktext=across,
               tickangle=0 if len(columns) <= _COUNTED else -45, **ticks),
        y=axis(theme, row_column, tickvals=list(range(len(rows))), ticktext=down,
               autorange="reversed", **ticks),
        height=150 + (44 if max(len(rows), len(columns)) <= _COUNTED else 26) * max(len(rows), 3),
    )  # fmt: skip


def _heatmap(frame: pd.DataFrame, n_rows: int, n_columns: int, theme: Theme) -> Any:
    from plotly import graph_objects as go

    share, count = frame["share"].to_numpy(), frame["count"].to_numpy()
    is_counted = max(n_rows, n_columns) <= _COUNTED
    text = [
        f"{part:.0%}<br>{n:,}" if is_counted else f"{part:.0%}"
        for part, n in zip(share, count, strict=True)
    ]
    details = np.array(
        [
            [shown(row), shown(level), rows_text(n)]
            for row, level, n in zip(frame["row_level"], frame["level"], count, strict=True)
        ],
        dtype=object,
    )
    return go.Heatmap(
        z=small(share.reshape(n_rows, n_columns)),
        zmin=0,
        zmax=1,
        colorscale=heat(theme),
        showscale=False,
        xgap=2,
        ygap=2,
        text=np.array(text, dtype=object).reshape(n_rows, n_columns).tolist(),
        texttemplate="%{text}" if n_columns <= _WRITTEN else "",
        textfont={"size": 11, "color": theme.inks.text},
        customdata=details.reshape(n_rows, n_columns, 3).tolist(),
        hovertemplate=(
            "%{customdata[0]} · %{customdata[1]}<br>"
            "%{z:.1%} of the row, %{customdata[2]}<extra></extra>"
        ),
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the most frequent level of the column in each of the first rows, in words."""
    if frame.empty:
        return "Cross-table: no row has a value in both columns."
    first = frame.iloc[0]
    tops = frame.loc[frame.groupby("row_level", sort=False)["share"].idxmax()]
    words = "; ".join(
        f"{row.row_level}: most often {row.level} ({row.share:.0%})"
        for row in tops.head(_TOLD).itertuples(index=False)
    )
    more = f"; and {len(tops) - _TOLD} more levels" if len(tops) > _TOLD else ""
    return f"Cross-table of {first['row_column']} by {first['column']}. {words}{more}."
