"""Axes, legends and figures in the house style."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lab.charts.theme import FONT, Theme, faded, shown

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def axis(theme: Theme, title: str, **more: Any) -> dict[str, Any]:
    """Return an axis with thin grid lines; the title stands as it is, so escape names in it."""
    inks = theme.inks
    return {
        "title": {"text": title, "font": {"size": 12, "color": inks.quiet}, "standoff": 8},
        "gridcolor": inks.grid,
        "linecolor": inks.grid,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"size": 11, "color": inks.quiet},
        "automargin": True,
        **more,
    }


def around_zero(theme: Theme, title: str) -> dict[str, Any]:
    """Return an axis of small differences, with a line where there is none."""
    quiet = theme.inks.quiet
    line = {"zeroline": True, "zerolinecolor": quiet, "zerolinewidth": 1}
    return axis(theme, title, exponentformat="power", **line)


def rows_text(count: int) -> str:
    """Return a number of rows in words.

    Examples
    --------
    >>> rows_text(1), rows_text(7_043)
    ('1 row', '7,043 rows')
    """
    return f"{count:,} row{'' if count == 1 else 's'}"


def lanes(theme: Theme, names: Sequence[str], **more: Any) -> dict[str, Any]:
    """Return a vertical axis with one named lane for each of the names, the first on top."""
    return axis(
        theme,
        "",
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[shown(name, max_length=32) for name in names],
        range=[len(names) - 0.4, -0.6],
        showgrid=False,
        **{"tickfont": {"size": 12, "color": theme.inks.text}, **more},
    )


def figure(
    theme: Theme, traces: Sequence[Any], *, x: dict[str, Any], y: dict[str, Any], **layout: Any
) -> "Figure":
    """Return a figure in the house style.

    Parameters
    ----------
    theme : Theme
        Light or dark.
    traces : sequence of plotly traces
        What is drawn.
    x, y : dict
        The axes, from `axis` or `lanes`.
    **layout : object
        Anything else of plotly's layout, such as ``height``.
    """
    from plotly import graph_objects as go

    inks = theme.inks
    style: dict[str, Any] = {
        "template": go.layout.Template(),
        "autosize": True,
        "height": 400,
        "margin": {"l": 8, "r": 12, "t": 12, "b": 8, "autoexpand": True},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": inks.text},
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": inks.surface,
            "bordercolor": inks.grid,
            "font": {"family": FONT, "size": 12, "color": inks.text},
            "align": "left",
            "namelength": -1,
        },
        "showlegend": False,
        "dragmode": False,
        "xaxis": x,
        "yaxis": y,
    }
    # Traces were checked when they were made; to check them once more takes as long as all else.
    return go.Figure(data=list(traces), layout={**style, **layout}, _validate=False)


def legend(theme: Theme, names: Sequence[str], *, corner: str = "") -> dict[str, Any]:
    """Return a legend in an empty corner of the plot, or under it when it would cover curves.

    Parameters
    ----------
    theme : Theme
        Light or dark.
    names : sequence of str
        What it lists.
    corner : {"", "lower right", "lower left", "upper right"}
        The corner that the curves leave empty, if there is one.
    """
    style = {
        "font": {"size": 11, "color": theme.inks.text},
        "bgcolor": faded(theme.inks.surface, 0.75),
        "itemsizing": "constant",
        "tracegroupgap": 0,
    }
    if not corner or len(names) > 6:
        under = {"orientation": "h", "x": 0, "y": -0.16, "xanchor": "left", "yanchor": "top"}
        return {**style, **under, "maxheight": 30 * len(names) + 30}
    vertical, horizontal = corner.split()
    place = {
        "x": 0.99 if horizontal == "right" else 0.01,
        "xanchor": horizontal,
        "y": 0.02 if vertical == "lower" else 0.98,
        "yanchor": "bottom" if vertical == "lower" else "top",
    }
    return {**style, **place}


def note(theme: Theme, text: str, **place: Any) -> dict[str, Any]:
    """Return quiet words inside a plot; the text stands as it is, so escape names in it."""
    return {
        "text": text,
        "showarrow": False,
        "font": {"size": 11, "color": theme.inks.quiet},
        **place,
    }


def blank(theme: Theme, message: str) -> "Figure":
    """Return an empty chart that says why there is nothing to show."""
    hidden = {"visible": False, "fixedrange": True}
    words = note(theme, shown(message, max_length=160), x=0.5, y=0.5, xref="paper", yref="paper")
    return figure(theme, [], x=hidden, y=hidden, height=160, annotations=[words])
