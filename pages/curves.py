"""Curves: where the candidates differ."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lab.charts import CHARTS, Theme
from pages._ui import cached, current, pickers
from pages._ui.cached import Results
from pages._ui.figures import show_chart, theme_of
from pages._ui.shell import close_page, open_page

if TYPE_CHECKING:
    from lab.experiments import Outputs

MOST = 6
OF_CLASS = ("roc", "precision_recall", "calibration")


def collect(found: Results, chosen: Sequence[str]) -> "dict[str, list[Outputs]]":
    """Return the kept answers of the chosen candidates, one for each fold."""
    return {name: cached.outputs(found, found.names.index(name)) for name in chosen}


def curve_frame(
    key: str, found: Results, chosen: Sequence[str], of_class: int | None
) -> pd.DataFrame:
    """Return the numbers of a curve, each candidate's cached by itself."""
    parts = [
        cached.value(
            f"{key} {name} {of_class} {found.token}",
            partial(one_curve, key, found, name, of_class),
        )
        for name in chosen
    ]
    filled = [part for part in parts if not part.empty]
    return pd.concat(filled, ignore_index=True) if filled else parts[0]


def one_curve(key: str, found: Results, name: str, of_class: int | None) -> pd.DataFrame:
    """Return the numbers of one candidate's curve."""
    return CHARTS[key].frame(collect(found, [name]), of_class=of_class)


def show_curve(
    key: str, found: Results, chosen: Sequence[str], labels: Sequence[str], theme: Theme
) -> None:
    """Show one chart of the chosen candidates."""
    content = f"{key} {chosen} {found.token}"
    if key in OF_CLASS:
        of_class = pick_class(key, labels)
        show_chart(
            key,
            f"{content} {of_class}",
            lambda: curve_frame(key, found, chosen, of_class),
            theme=theme,
        )
    elif key == "confusion":
        name = st.selectbox("Of candidate", chosen, key="confusion of", width=320)
        show_chart(
            key,
            f"{name} {found.token}",
            lambda: CHARTS[key].frame(collect(found, [name]), labels=labels),
            theme=theme,
        )
    else:
        show_chart(key, content, lambda: CHARTS[key].frame(collect(found, chosen)), theme=theme)


def pick_class(key: str, labels: Sequence[str]) -> int | None:
    """Show the choice of a class of a multiclass task; None is the mean over classes."""
    if len(labels) <= 2:
        return None
    whole = "The predicted class" if key == "calibration" else "Mean over classes"
    codes = [-1, *range(len(labels))]
    chosen = st.selectbox(
        "Class",
        codes,
        format_func=lambda code: whole if code < 0 else labels[code],
        key=f"class {key}",
        width=320,
        help="One class against all others, or the mean of all of these.",
    )
    return None if chosen < 0 else int(chosen)


def page() -> None:
    """Show the page."""
    experiment_id, experiment = current.need_experiment()
    data = current.need_dataset()
    pickers.pick_experiment()
    found = cached.results(experiment_id)
    board = cached.leaderboard(found, experiment.metrics[0])
    names = current.need_finished(board)
    chosen = pickers.pick_candidates(names, most=MOST, key=f"curves of {experiment_id}")
    if not chosen:
        st.markdown("Choose at least one candidate above.")
        return
    keys = [entry.key for entry in CHARTS
            if entry.needs == "outputs" and data.roles.task in entry.tasks]  # fmt: skip
    theme = theme_of(found)
    tabs = st.tabs([CHARTS[key].title for key in keys], on_change="rerun", key="curve tabs")
    for key, tab in zip(keys, tabs, strict=True):
        if tab.open:
            with tab:
                show_curve(key, found, chosen, data.labels, theme)


open_page("curves", "Curves", "Where do they differ?")
page()
close_page("curves")
