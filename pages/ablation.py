"""Ablation: what each choice of preparation bought, and what a leak would have shown."""

import streamlit as st

from lab.base import LabError, markdown_text
from lab.benchmark import start
from lab.experiments import Experiment, StudyKind
from lab.store import ExperimentInfo, JobState
from pages._ui import cached, current, pickers, session
from pages._ui.ablation_form import ask_ablation
from pages._ui.ablation_view import ask_worth, show_ablation
from pages._ui.leak_panel import show_leaking
from pages._ui.problems import show
from pages._ui.run_panel import show_run
from pages._ui.shell import close_page, open_page
from pages._ui.study_form import Cost, cost_of, cost_text
from pages._ui.wording import ago

MOST = 8


def base_of(experiment_id: str, experiment: Experiment) -> str:
    """Return the id of the experiment that candidates are taken from."""
    if experiment.study is None:
        return experiment_id
    try:
        cached.experiment(experiment.study.of)
    except LabError:  # it was deleted, or never kept: what is left are the study's own candidates
        return experiment_id
    return experiment.study.of


def show_current(experiment_id: str, experiment: Experiment, base_id: str) -> None:
    """Show the ablation that is open: what it says, its chart, its run."""
    study = experiment.study
    assert study is not None
    st.subheader(markdown_text(experiment.name, max_length=160), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        metric = pickers.pick_metric(experiment.metrics)
        worth = ask_worth(metric)
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
    show_ablation(experiment_id, study, metric, worth)
    if job is None or job.state is JobState.DONE:
        with st.expander("The fits", icon=":material/checklist:"):
            show_run(experiment_id)
    elif not job.state.is_active:
        show_run(experiment_id)


def show_form(base_id: str) -> None:
    """Show the form of a new ablation of the experiment's candidates."""
    found = cached.results(base_id)
    board = cached.leaderboard(found, found.experiment.metrics[0])
    candidates = current.need_finished(board)
    asked = ask_ablation(found, current.need_dataset(), candidates)
    if asked is None:
        return
    study, places = asked
    costs = [cost_of(study, found, place) for place in places]
    seconds = sum(cost.seconds for cost in costs) / len(costs)
    cost = Cost(total=costs[0].total, new=costs[0].new, seconds=seconds)
    st.caption(f"{cost_text(cost)} It runs in a process of its own.")
    if st.button("Compare", type="primary", icon=":material/play_arrow:", key="ablate"):
        begin(study)


def begin(study: Experiment) -> None:
    """Start an ablation, make it the current experiment and show it."""
    try:
        store = cached.store()
        study_id = store.save_experiment(store.told_apart(study))
        start(store, study_id)
    except LabError as error:
        show(error)
        return
    session.open_experiment(study_id, study.dataset_id)
    st.rerun()


def show_others(infos: list[ExperimentInfo]) -> None:
    """Show links to the ablations of the same experiment."""
    if not infos:
        return
    st.subheader("Ablations of this experiment", anchor=False)
    for info in infos[:MOST]:
        st.page_link(
            "pages/ablation.py",
            label=f"{markdown_text(info.name, max_length=100)} · "
            f"{pickers.STATE_WORDS[info.state]} · {ago(info.created)}",
            icon=":material/rule:",
            query_params=session.link(experiment=info.id, candidate=""),
        )


def show_wrong_way(experiment_id: str, experiment: Experiment) -> None:
    """Show what leaking would have shown, once a candidate has scores."""
    found = cached.results(experiment_id)
    metric = session.chosen("metric")
    metric = metric if metric in experiment.metrics else experiment.metrics[0]
    board = cached.leaderboard(found, metric)
    finished = board.frame.loc[board.frame["state"] == "complete", "candidate"]
    if len(finished):
        show_leaking(found, [str(name) for name in finished], metric)


def page() -> None:
    """Show the page."""
    experiment_id, experiment = current.need_experiment()
    base_id = base_of(experiment_id, experiment)
    is_ablation = experiment.study is not None and not experiment.study.kind.is_curve
    if is_ablation:
        show_current(experiment_id, experiment, base_id)
        with st.expander("Compare other choices", icon=":material/add:"):
            show_form(base_id)
    else:
        pickers.pick_experiment()
        with st.container(border=True):
            show_form(base_id)
    show_others(
        [
            info
            for info in cached.store().experiments()
            if info.study == StudyKind.ABLATION
            and info.study_of == base_id
            and info.id != experiment_id
        ]
    )
    show_wrong_way(experiment_id, experiment)


open_page("ablation", "Ablation", "What did each preparation step buy?")
page()
close_page("ablation")
