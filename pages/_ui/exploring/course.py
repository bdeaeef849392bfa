"""Over time: rows, numbers and classes by a step that suits the span of a column of dates."""

import pandas as pd
import streamlit as st

from lab.base import ColumnKind
from lab.charts import CHARTS
from lab.data import TimeSeries, over_time
from pages._ui import cached
from pages._ui.exploring.view import View
from pages._ui.figures import current_theme, show_chart
from pages._ui.wording import count, names

ROWS_ONLY = ""


def show_course(view: View) -> None:
    """Show how rows and a column run over time, at first the target."""
    dates = view.of_kind(ColumnKind.DATE)
    options = values_of(view)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        date = st.selectbox("Dates", dates, start_date(view, dates), key="time axis", width=300)
        what = st.selectbox(
            "What",
            options,
            min(1, len(options) - 1),
            format_func=lambda one: title(view, one),
            key="time value",
            width=300,
        )
    found = cached.value(f"time {date!r} {what!r} {view.key}", lambda: course_of(view, date, what))
    st.markdown(told(found))
    show_chart(
        "time_plot",
        f"{date!r} {what!r} {view.key}",
        lambda: CHARTS["time_plot"].frame(found),
        theme=current_theme(),
    )


def values_of(view: View) -> list[str]:
    """Return what can be looked at over time: rows, the target, and the numbers."""
    numbers = view.of_kind(ColumnKind.NUMBER)
    return list(dict.fromkeys([ROWS_ONLY, view.target, *numbers]))


def title(view: View, what: str) -> str:
    """Return what is looked at in words."""
    if what == ROWS_ONLY:
        return "Number of rows"
    if what == view.target and view.data.labels:
        return f"Share of {view.data.labels[-1]} in {what}"
    return f"Mean of {what}"


def start_date(view: View, dates: list[str]) -> int:
    """Return the place of the column of dates to begin with: the one that orders the rows."""
    time = view.data.roles.time
    return dates.index(time) if time in dates else 0


def course_of(view: View, date: str, what: str) -> TimeSeries:
    """Return rows and means over time; of a target with classes the share of the last one."""
    label = view.data.labels[-1] if what == view.target and view.data.labels else ""
    return over_time(view.table, date, column=what, label=label)


def told(found: TimeSeries) -> str:
    """Return span, step and undated rows in a sentence, as Markdown."""
    if not found.starts:
        return f"No row has a date in {names([found.date])}."
    words = (
        f"{count(sum(found.counts), 'row')} by {found.step.value} from {found.starts[0][:10]} to"
        f" {found.starts[-1][:10]}"
    )
    undated = f"; {count(found.undated, 'row')} without a date" if found.undated else ""
    return f"{words}{undated}. {_course(found)}".rstrip()


def _course(found: TimeSeries) -> str:
    """Return how the second half differs from the first, in words."""
    known = [
        (mean, n) for mean, n in zip(found.means, found.counts, strict=False) if mean is not None
    ]
    if len(known) < 4:
        return ""
    halves = known[: len(known) // 2], known[len(known) // 2 :]
    first, second = (_mean(half) for half in halves)
    return f"Mean of the first half {first:.4g}, of the second {second:.4g}."


def _mean(steps: list[tuple[float, int]]) -> float:
    table = pd.DataFrame(steps, columns=["mean", "count"])
    return float((table["mean"] * table["count"]).sum() / table["count"].sum())
