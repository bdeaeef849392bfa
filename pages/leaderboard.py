"""Leaderboard: what can be believed to be better."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from lab.base import file_name, markdown_text
from lab.benchmark import kept_findings
from lab.charts import CHARTS
from lab.comparison import Leaderboard, difference_matrix, fold_scores
from lab.experiments import CellState
from lab.metrics import METRICS
from pages._ui import cached, current, pickers, session
from pages._ui.board_table import show_board
from pages._ui.cached import Results
from pages._ui.figures import show_chart, theme_of
from pages._ui.findings import show_serious
from pages._ui.shell import close_page, open_page
from pages._ui.wording import count, sentence

SHOWN_AT_FIRST = 6
TABS = {
    "intervals": "Intervals",
    "differences": "Differences to the best",
    "fold_scores": "Fold by fold",
    "timing": "Time",
}


def show_verdict(board: Leaderboard) -> None:
    """Show what can be believed, before any number."""
    verdict = markdown_text(board.verdict.rstrip("."), max_length=1_200)  # it begins with a name
    st.markdown(f"##### {verdict}.")
    extra = [board.optimism.sentence] if board.optimism is not None else []
    for note in [*extra, *board.notes]:
        st.caption(sentence(note))


def show_run_state(experiment_id: str) -> None:
    """Say when the run still goes on or was not finished."""
    job = cached.store().job(experiment_id)
    if job is None or job.done >= job.total:
        return
    state = "The benchmark is still running" if job.state.is_active else "Not all fits are finished"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{state}: {job.done:,} of {count(job.total, 'fit')}.", width="content")
        st.page_link(
            current.BENCHMARK,
            label="Watch the run" if job.state.is_active else "Go to the benchmark",
            icon=":material/pending:",
            query_params=session.link(),
        )


def ruled_out(found: Results) -> set[str]:
    """Return the names of the candidates that a race stopped."""
    stopped = (record for record in found.records if record.state is CellState.SKIPPED)
    return {found.names[record.cell.candidate] for record in stopped}


def frame_of(key: str, found: Results, board: Leaderboard, chosen: list[str]) -> pd.DataFrame:
    """Return the numbers of one chart for the chosen candidates."""
    experiment, metric = found.experiment, board.primary
    part = board.frame[board.frame["candidate"].isin(chosen)]
    chart = CHARTS[key]
    if key == "intervals":
        return chart.frame(part, metric=metric)
    if key == "timing":
        return chart.frame(part)
    if key == "fold_scores":
        scores = fold_scores(experiment, found.records)
        return chart.frame(scores[scores["candidate"].isin(chosen)], metric=metric)
    matrix = cached.value(
        f"differences {metric} {found.token}",
        lambda: difference_matrix(
            experiment, found.records, metric, outputs=cached.outputs_of_cell
        ),
    )
    best = str(board.frame["candidate"].iloc[0])
    inside = matrix["a"].isin([*chosen, best]) & matrix["b"].isin([*chosen, best])
    return chart.frame(matrix[inside], metric=metric, reference=best)


def show_charts(found: Results, board: Leaderboard, chosen: list[str]) -> None:
    """Show the charts of the chosen candidates, only the open one computed."""
    theme = theme_of(found)
    tabs = st.tabs(list(TABS.values()), on_change="rerun", key="board tabs")
    for key, tab in zip(TABS, tabs, strict=True):
        if tab.open:
            with tab:
                show_chart(
                    key,
                    f"{board.primary} {chosen} {found.token}",
                    partial(frame_of, key, found, board, chosen),
                    theme=theme,
                )


def show_downloads(experiment_id: str) -> None:
    """Offer the table and the fold scores as files."""
    from lab.reports import Material, folds_csv, leaderboard_csv, load_material

    def written(make: Callable[[Material], bytes]) -> bytes:
        return make(load_material(cached.store(), experiment_id))

    with st.container(horizontal=True):
        for label, name, make in (
            ("Leaderboard (CSV)", "leaderboard", leaderboard_csv),
            ("Fold scores (CSV)", "folds", folds_csv),
        ):
            st.download_button(
                label,
                data=partial(written, make),
                file_name=file_name(name, suffix=".csv"),
                mime="text/csv",
                on_click="ignore",
                icon=":material/download:",
                key=f"download {name}",
            )


def page() -> None:
    """Show the page."""
    experiment_id, experiment = current.need_experiment()
    found = cached.results(experiment_id)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pickers.pick_experiment()
        metric = pickers.pick_metric(experiment.metrics)
    board = cached.leaderboard(found, metric)
    current.need_finished(board)
    show_run_state(experiment_id)
    show_verdict(board)
    show_serious(kept_findings(cached.store(), experiment.dataset_id) or ())
    selected = show_board(board, experiment, ruled_out=ruled_out(found))
    names = [str(name) for name in board.frame.loc[board.frame["folds_done"] > 0, "candidate"]]
    chosen = [name for name in selected if name in names] or names[:SHOWN_AT_FIRST]
    st.caption(
        f"{METRICS[metric].summary} The charts below show "
        + (
            "the rows chosen in the table."
            if selected
            else "the best rows; choose rows to change that."
        )
    )
    show_charts(found, board, chosen)
    show_downloads(experiment_id)
    st.page_link(
        "pages/ablation.py",
        label="What did each preparation step buy?",
        icon=":material/rule:",
        query_params=session.link(),
    )


open_page("leaderboard", "Leaderboard", "What can be believed to be better?")
page()
close_page("leaderboard")
