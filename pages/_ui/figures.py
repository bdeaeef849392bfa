"""Charts with their other forms: alternative text, a table, a download."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lab.base import file_name, spreadsheet_cell
from lab.charts import CHARTS, CONFIG, Mode, Theme
from pages._ui import cached

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def current_theme(candidates: tuple[str, ...] = ()) -> Theme:
    """Return the theme of charts that goes with the page's.

    Parameters
    ----------
    candidates : tuple of str, default ()
        All candidates of the experiment, so that each has its one colour everywhere.
    """
    is_dark = st.context.theme.type == "dark"
    return Theme(mode=Mode.DARK if is_dark else Mode.LIGHT, candidates=candidates)


def theme_of(found: cached.Results) -> Theme:
    """Return the theme of charts that show candidates.

    The best by the experiment's own metric come first, so that those most looked at have hues of
    their own; the order is the same on every page, whatever metric is looked at.
    """
    board = cached.leaderboard(found, found.experiment.metrics[0])
    return current_theme(tuple(board.frame["candidate"]))


def current_config() -> dict[str, object]:
    """Return what plotly.js is to be told; without its toolbar where the browser is touched.

    Where nothing hovers plotly shows the toolbar all the time, over the chart.
    """
    return {**CONFIG, "displayModeBar": False} if is_touched(_browser()) else CONFIG


def is_touched(browser: str) -> bool:
    """Return whether the name that a browser gives itself is that of a telephone or tablet.

    Examples
    --------
    >>> is_touched("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36")
    True
    """
    return any(word in browser for word in ("Mobi", "Android", "iPad"))


def _browser() -> str:
    return st.context.headers.get("User-Agent") or ""


def show_chart(
    key: str, content: str, make: Callable[[], pd.DataFrame], *, theme: Theme, note: bool = True
) -> None:
    """Show a chart with how to read it, and its numbers as a table on demand.

    Parameters
    ----------
    key : str
        A line of `CHARTS`.
    content : str
        Says all that the numbers depend on; what is cached stands under it.
    make : callable () -> DataFrame
        Makes the numbers when they are not cached.
    theme : Theme
        Light or dark, and the candidates' colours.
    note : bool, default True
        Whether to say how the chart is read.
    """
    entry = CHARTS[key]
    frame = cached.value(f"frame {key} {content}", make)
    figure = _draw(key, content, frame, theme)
    st.plotly_chart(
        figure, theme=None, config=current_config(), key=f"chart {key}", alt=entry.alt(frame)
    )
    if note:
        st.caption(entry.summary)
    _offer_table(key, frame)


def _draw(key: str, content: str, frame: pd.DataFrame, theme: Theme) -> "Figure":
    looks = f"{theme.mode} {theme.candidates}"
    return cached.value(
        f"figure {key} {content} {looks}", lambda: CHARTS[key].draw(frame, theme=theme)
    )


def _offer_table(key: str, frame: pd.DataFrame) -> None:
    table = st.expander("Numbers as a table", key=f"table {key}", on_change="rerun")
    if not table.open:
        return
    title = CHARTS[key].title
    with table:
        st.dataframe(frame.head(2_000), hide_index=True, height=260, alt=f"Numbers of: {title}")
        st.download_button(
            "Download as CSV",
            data=lambda: csv_bytes(frame),
            file_name=file_name(title, suffix=".csv"),
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key=f"download {key}",
        )


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV whose cells no spreadsheet takes for formulas."""
    safe = frame.map(spreadsheet_cell).rename(columns=lambda name: spreadsheet_cell(str(name)))
    return bytes(safe.to_csv(index=False).encode())
