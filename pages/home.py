"""Home: what this is, a way in for data, and what was done before."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from lab.base import LabError, Task, markdown_text
from lab.data import Dataset, Roles, Table, guess_roles
from pages._ui import cached, current, intake, pickers, session
from pages._ui.shell import close_page, open_page
from pages._ui.wording import count, sentence


def show_open_data(data: Dataset) -> None:
    """Show what was read, what will be predicted, and the one button that starts."""
    with st.container(border=True):
        st.subheader(markdown_text(data.name, max_length=80), anchor=False)
        st.markdown(f"{count(data.n_rows, 'row')}, {count(len(data.table.schema), 'column')}")
        show_notes(data.table, data.notes)
        left, right = st.columns(2)
        with left:
            pick_target(data)
        with right:
            pick_task(data)
        if st.button("Compare models", type="primary", icon=":material/play_arrow:", key="compare"):
            compare(data)
        st.caption(what_happens(data))


def show_notes(table: Table, notes: tuple[str, ...] = ()) -> None:
    """Show what reading guessed and changed, the first few in view."""
    told = [*table.notes, *notes]
    for note in told[:3]:
        st.caption(f":material/info: {sentence(note)}")
    if len(told) > 3:
        with st.expander(f"{count(len(told) - 3, 'more note')} on what was read"):
            for note in told[3:]:
                st.caption(sentence(note))


def pick_target(data: Dataset) -> None:
    """Show the choice of the target."""
    columns = data.table.schema.names
    chosen = st.selectbox(
        "What is predicted (target)",
        columns,
        columns.index(data.roles.target),
        key=f"target {data.id} {session.generation('target')}",
        help="The column whose values the models learn to predict from the others.",
    )
    if chosen != data.roles.target:
        use_roles(data, lambda table: guess_roles(table, chosen))


def pick_task(data: Dataset) -> None:
    """Show the choice of the task."""
    tasks = list(Task)
    chosen = st.selectbox(
        "Kind of question (task)",
        tasks,
        tasks.index(data.roles.task),
        format_func=lambda task: task.title,
        key=f"task {data.id} {session.generation('target')}",
        help="Guessed from the target: two classes, several classes, or a number.",
    )
    if chosen is not data.roles.task:
        use_roles(data, lambda _: replace(data.roles, task=chosen, positive=""))


def use_roles(data: Dataset, make: Callable[[Table], Roles]) -> None:
    """Make a data set of other roles the current one; what does not fit is told."""
    table = current.table() or data.table
    try:
        intake.change_roles(table, make(table), name=data.name)
    except LabError as error:
        session.remember_problem(error)
    session.renew("target")
    st.rerun()


def what_happens(data: Dataset) -> str:
    """Return in words what the button does."""
    from pages._ui.draft import open_draft, plan_text
    from pages._ui.estimate import estimate_text

    draft = open_draft(data)
    return (
        f"{count(len(draft.chosen), 'model')}, {plan_text(draft.plan)}; every step is learned "
        f"inside the training folds only. {estimate_text(draft, data)} "
        "Every default can be changed on its page."
    )


def compare(data: Dataset) -> None:
    """Start the drafted experiment and go to its page."""
    from pages._ui.run_panel import start_draft

    try:
        start_draft(data)
    except LabError as error:
        session.remember_problem(error)
        st.rerun()
    st.switch_page(current.BENCHMARK, query_params=session.link())


def show_open_table(table: Table) -> None:
    """Show a table that has no sound target yet."""
    with st.container(border=True):
        st.subheader(markdown_text(table.source, max_length=80), anchor=False)
        st.markdown(f"{count(len(table.frame), 'row')}, {count(len(table.schema), 'column')}")
        show_notes(table)
        st.page_link(
            current.DATA,
            label="Choose the target and the roles",
            icon=":material/arrow_forward:",
            query_params=session.link(),
        )


def show_upload(*, is_first: bool) -> None:
    """Show the ways to bring a table, folded when one is open already."""
    if is_first:
        pickers.upload_box()
    else:
        with st.expander("Bring another table", icon=":material/upload:"):
            pickers.upload_box()
    pickers.database_box()


def show_samples() -> None:
    """Show the shipped data sets."""
    st.subheader("Shipped data sets", anchor=False)
    pickers.sample_gallery()


def show_recent() -> None:
    """Show the experiments done before, if any."""
    infos = cached.store().experiments()
    if infos:
        st.subheader("Recent experiments", anchor=False)
        pickers.recent_experiments(infos)


open_page(
    "home",
    "ML playground",
    "Bring a table, choose what to predict, and see which model can be believed to be better.",
)
data = current.dataset()
table = current.table()
if data is not None:
    show_open_data(data)
elif table is not None:
    show_open_table(table)
show_upload(is_first=table is None)
show_recent()
show_samples()
close_page("home")
