"""Labelled bars of shares."""

from typing import TYPE_CHECKING

import pandas as pd

from lab.charts.layout import axis, figure, lanes, rows_text
from lab.charts.theme import Theme, faded, shown, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def share_bars(table: pd.DataFrame, theme: Theme, *, title: str) -> "Figure":
    """Return a horizontal bar with its share written beside it for each line of a table.

    Parameters
    ----------
    table : DataFrame
        ``label, share`` and possibly ``count``.
    theme : Theme
        Light or dark.
    title : str
        Of the horizontal axis.
    """
    from plotly import graph_objects as go

    labels = table["label"].tolist()
    counts = [f"{n:,}" for n in table["count"]] if "count" in table else [""] * len(labels)
    rows = [f"<br>{rows_text(n)}" for n in table["count"]] if "count" in table else counts
    texts = [
        f" {share:.1%}" + (f" · {n}" if n else "")
        for share, n in zip(table["share"], counts, strict=True)
    ]
    bars = go.Bar(
        x=small(table["share"]),
        y=list(range(len(labels))),
        orientation="h",
        width=0.62,
        marker={"color": faded(theme.accent, 0.75), "line": {"width": 0}},
        text=texts,
        textposition="outside",
        textfont={"size": 11, "color": theme.inks.quiet},
        cliponaxis=False,
        customdata=[[shown(label), n] for label, n in zip(labels, rows, strict=True)],
        hovertemplate="%{customdata[0]}<br>%{x:.2%}%{customdata[1]}<extra></extra>",
    )
    widest = float(table["share"].max()) or 1.0
    return figure(
        theme,
        [bars],
        x=axis(
            theme, title, tickformat=".0%", range=[0, widest * (1.5 if "count" in table else 1.25)]
        ),
        y=lanes(theme, labels),
        height=84 + 26 * len(labels),
    )
