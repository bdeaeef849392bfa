"""Benchmark: what competes, and how it is judged."""

from dataclasses import replace

import numpy as np
import streamlit as st

from lab.base import LabError, Problem
from lab.benchmark import check_cluster
from lab.data import Dataset
from lab.models import MODELS
from lab.recipes import check_recipe
from lab.validation import Rows, ValidationPlan, check_plan
from pages._ui import cached, current, session
from pages._ui.contenders import edit_contenders, pick_set
from pages._ui.draft import Draft, keep_draft, make_experiment, open_draft, recipe_of
from pages._ui.estimate import count_fits, count_new_fits, estimate_text
from pages._ui.judging import edit_limits, edit_metrics, edit_plan
from pages._ui.problems import list_problems
from pages._ui.run_panel import show_run, start_draft
from pages._ui.shell import close_page, open_page
from pages._ui.taking_over import draft_of
from pages._ui.wording import count


def problems_of(draft: Draft, data: Dataset) -> tuple[Problem, ...]:
    """Return everything that stands in the way of a start, all at once."""
    found = []
    try:
        make_experiment(draft, data)
        if draft.cluster:
            check_cluster(draft.cluster)
    except LabError as error:
        found += [Problem(field="", message=f"{error.message}. {error.hint}".strip())]
    found += [
        Problem(field="", message=problem.message) for problem in plan_problems(draft.plan, data)
    ]
    for contender in draft.chosen:
        entry = MODELS[contender.model.key]
        found += [
            Problem(field=contender.name, message=problem.message)
            for problem in check_recipe(
                recipe_of(draft, contender),
                data.features,
                task=data.roles.task,
                takes_missing=entry.takes_missing,
                takes_weights=entry.takes_weights,
                takes_categories=entry.takes_categories,
                labels=data.labels,
                y=data.y,
            )
        ]
    return tuple(found)


def plan_problems(plan: ValidationPlan, data: Dataset) -> tuple[Problem, ...]:
    """Return what keeps the rows from being divided so, looked at once for a plan."""
    return cached.value(f"plan {data.id} {plan.id}", lambda: _plan_problems(plan, data))


def _plan_problems(plan: ValidationPlan, data: Dataset) -> tuple[Problem, ...]:
    rows = Rows(
        n=data.n_rows,
        classes=data.y.astype(np.int64) if data.roles.task.is_classification else None,
        groups=data.groups,
        times=data.times,
        labels=data.labels,
    )
    return check_plan(plan, rows, data.roles.task)


def show_start(draft: Draft, data: Dataset) -> None:
    """Show what will happen, what it costs, what stands in the way, and the one button."""
    problems = problems_of(draft, data)
    list_problems(problems, lead="Before this can start:")
    experiment_id = session.chosen("experiment")
    is_running = bool(experiment_id) and run_is_active()
    is_known = not problems and is_open_one(draft, data)
    with st.container(border=True):
        st.markdown(f"**{count(len(draft.chosen), 'model')}, {count(count_fits(draft), 'fit')}**")
        st.markdown(
            "Rows are split first. Every step of a recipe and every model learns from the training "
            "rows of a fold only and is judged on rows it has not seen; all models meet the same "
            "splits."
        )
        if not problems:
            st.caption(cost(draft, data, is_known=is_known))
        if st.button(
            "Compare again" if experiment_id else "Start the benchmark",
            type="secondary" if is_known or is_running else "primary",
            icon=":material/play_arrow:",
            disabled=bool(problems) or is_running or is_known,
            key="start",
        ):
            try:
                start_draft(data)
            except LabError as error:
                session.remember_problem(error)
            st.rerun()
        if is_running:
            st.caption("A run on this data set is going on; it can be cancelled above.")


def is_open_one(draft: Draft, data: Dataset) -> bool:
    """Return whether a draft is the open experiment, also in its names, metrics and limits."""
    experiment_id = session.chosen("experiment")
    drafted = make_experiment(draft, data)
    if drafted.id != experiment_id:
        return False
    shown = cached.experiment(experiment_id)
    name = cached.store().told_apart(drafted).name if draft.name else shown.name
    return replace(drafted, name=name) == shown


def cost(draft: Draft, data: Dataset, *, is_known: bool) -> str:
    """Return in words what a start costs, or that nothing was changed."""
    experiment_id = session.chosen("experiment")
    if is_known:
        return "This is the experiment above. Change something to compare again."
    found = cached.results(experiment_id) if experiment_id else None
    new, total = count_new_fits(draft, data, found), count_fits(draft)
    if not new:
        return "No fit is run: all are finished. Names, metrics and limits change."
    if new == total:
        return f"{estimate_text(draft, data)} It runs in a process of its own."
    return (
        f"{count(total - new, 'fit')} of {total:,} are finished already and are taken over; "
        f"{count(new, 'new fit')} will be run."
    )


def run_is_active() -> bool:
    """Return whether the current experiment runs."""
    job = cached.store().job(session.chosen("experiment"))
    return job is not None and job.state.is_active


def edit_draft(data: Dataset, draft: Draft) -> Draft:
    """Show what competes and how it is judged, and return the draft as it stands."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.subheader("What competes", anchor=False, width="content")
        changed = pick_set(draft, data)
    changed = edit_contenders(changed)
    st.subheader("How it is judged", anchor=False)
    splits, metrics = st.columns(2, gap="large")
    with splits:
        changed = edit_plan(changed, data)
    with metrics:
        changed = edit_metrics(changed, data)
    return edit_limits(changed, data)


def page() -> None:
    """Show the page."""
    data = current.need_dataset()
    experiment_id = session.chosen("experiment")
    if experiment_id:
        show_run(experiment_id)
    draft = open_draft(data)
    if experiment_id:
        with st.expander(
            "Change and compare again", icon=":material/tune:", expanded=not run_is_active()
        ):
            st.caption("What is already finished is taken over: only new fits are run.")
            edit_and_start(data, draft)
    else:
        edit_and_start(data, draft)


def offer_taking_over(data: Dataset, draft: Draft, experiment_id: str) -> None:
    """Offer the settings of the experiment above as the draft, when they differ."""
    if draft.chosen and draft.metrics and make_experiment(draft, data).id == experiment_id:
        return
    if st.button("Take over its settings", icon=":material/content_copy:", key="take over"):
        keep_draft(data, draft_of(cached.experiment(experiment_id), data))
        session.renew("contenders")
        session.renew("judging")
        st.rerun()


def edit_and_start(data: Dataset, draft: Draft) -> None:
    """Show the draft to edit and how to start it."""
    start = st.container()
    changed = edit_draft(data, draft)
    keep_draft(data, changed)
    with start:
        show_start(changed, data)
        if experiment_id := session.chosen("experiment"):
            offer_taking_over(data, changed, experiment_id)
    if [item.id for item in changed.contenders] != [item.id for item in draft.contenders]:
        st.rerun()


open_page("benchmark", "Benchmark", "What competes, and how is it judged?")
page()
close_page("benchmark")
