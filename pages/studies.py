"""Studies: what one candidate would gain from more data, another setting, another seed."""

import streamlit as st

from lab.base import LabError, markdown_text
from lab.benchmark import start
from lab.experiments import Experiment, StudyKind
from lab.store import ExperimentInfo
from pages._ui import cached, current, pickers, session
from pages._ui.problems import show
from pages._ui.run_panel import show_run
from pages._ui.shell import close_page, open_page
from pages._ui.study_form import ask_study, cost_of, cost_text
from pages._ui.study_view import show_study
from pages._ui.wording import ago

MOST = 8


def base_of(experiment_id: str, experiment: Experiment) -> str:
    """Return the id of the experiment that candidates are taken from."""
    if experiment.study is None:
        return experiment_id
    try:
        cached.experiment(experiment.study.of)
    except LabError:  # it was deleted: what is left are the study's own candidates
        return experiment_id
    return experiment.study.of


def show_current(experiment_id: str, experiment: Experiment, base_id: str) -> None:
    """Show the study that is open: what it says, its chart, its run."""
    study = experiment.study
    assert study is not None
    st.subheader(markdown_text(experiment.name, max_length=120), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        metric = pickers.pick_metric(experiment.metrics)
        if base_id != experiment_id:
            st.page_link(
                "pages/leaderboard.py",
                label="Back to the experiment",
                icon=":material/arrow_back:",
                query_params=session.link(experiment=base_id, metric="", candidate=""),
            )
    job = cached.store().job(experiment_id)
    if job is not None and job.state.is_active:
        show_run(experiment_id)
        show_study(experiment_id, study, metric)
    else:
        show_study(experiment_id, study, metric)
        show_run(experiment_id)


def show_others(infos: list[ExperimentInfo]) -> None:
    """Show links to the studies of the same experiment."""
    if not infos:
        return
    st.subheader("Studies of this experiment", anchor=False)
    for info in infos[:MOST]:
        st.page_link(
            "pages/studies.py",
            label=f"{markdown_text(info.name, max_length=80)} · "
            f"{pickers.STATE_WORDS[info.state]} · {ago(info.created)}",
            icon=":material/insights:",
            query_params=session.link(experiment=info.id, candidate=""),
        )


def show_form(base_id: str) -> None:
    """Show the form of a new study of one of the experiment's candidates."""
    found = cached.results(base_id)
    board = cached.leaderboard(found, found.experiment.metrics[0])
    candidates = current.need_finished(board)
    name = pickers.pick_candidate(candidates, default=candidates[0])
    place = found.names.index(name)
    study = ask_study(found, place)
    if study is None:
        return
    st.caption(f"{cost_text(cost_of(study, found, place))} It runs in a process of its own.")
    if st.button("Start the study", type="primary", icon=":material/play_arrow:", key="study"):
        begin(study)


def begin(study: Experiment) -> None:
    """Start a study, make it the current experiment and show it."""
    try:
        store = cached.store()
        study_id = store.save_experiment(store.told_apart(study))
        start(store, study_id)
    except LabError as error:
        show(error)
        return
    session.open_experiment(study_id, study.dataset_id)
    st.rerun()


def page() -> None:
    """Show the page."""
    experiment_id, experiment = current.need_experiment()
    base_id = base_of(experiment_id, experiment)
    infos = [
        info
        for info in cached.store().experiments()
        if info.study_of == base_id
        and info.id != experiment_id
        and info.study not in {"", StudyKind.ABLATION}
    ]
    if experiment.study is None or not experiment.study.kind.is_curve:
        pickers.pick_experiment()
        with st.container(border=True):
            show_form(base_id)
    else:
        show_current(experiment_id, experiment, base_id)
        with st.expander("Start another study", icon=":material/add:"):
            show_form(base_id)
    show_others(infos)


open_page("studies", "Studies", "Would more data, another setting or another seed change it?")
page()
close_page("studies")
