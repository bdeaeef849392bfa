"""Data: what reading found, and the kind and role of each column."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from lab.base import ColumnRole, LabError, Task, markdown_text
from lab.data import Dataset, ReadOptions, Table, change_kinds, guess_task
from pages._ui import cached, current, intake, pickers, session
from pages._ui.problems import list_problems
from pages._ui.reading_form import ask_options
from pages._ui.rereading import show_rereading
from pages._ui.roles import (
    KIND_TITLES,
    ROLE_TITLES,
    Edit,
    columns_frame,
    is_changed,
    read_edit,
)
from pages._ui.shell import close_page, open_page
from pages._ui.wording import count, sentence, share

PREVIEW_ROWS = 200


def columns_of(table: Table, data: Dataset | None) -> pd.DataFrame:
    """Return the table of columns as it stands before any edit."""
    roles = data.roles if data is not None else None
    return cached.value(f"columns {table.id} {roles}", lambda: columns_frame(table, roles))


def show_size(table: Table, data: Dataset | None) -> None:
    """Show the size of the table and where it comes from."""
    missing = float(columns_of(table, data)["missing"].mean())
    with st.container(horizontal=True):
        st.metric("Rows", f"{len(table.frame):,}", border=True)
        st.metric("Columns", f"{len(table.schema):,}", border=True)
        st.metric("Missing values", share(missing), border=True)
        if data is not None:
            st.metric("Features", f"{len(data.features):,}", border=True)
    st.caption(f"From {markdown_text(table.source, max_length=80)}")


def show_notes(table: Table, data: Dataset | None) -> None:
    """Show what reading guessed and changed, one sentence each."""
    notes = [*table.notes, *(data.notes if data is not None else ())]
    if not notes:
        st.caption("Nothing had to be guessed or changed on reading.")
        return
    with st.container(border=True, gap="xxsmall"):
        st.markdown("**What reading guessed and changed**")
        st.markdown("\n".join(f"- {sentence(note)}" for note in notes[:40]))
        if len(notes) > 40:
            st.caption(f"and {len(notes) - 40:,} more")


def edit_columns(table: Table, data: Dataset | None) -> Edit:
    """Show the table of columns and return what it says; its result is never its input."""
    edited = st.data_editor(
        columns_of(table, data),
        hide_index=True,
        disabled=["column", "missing", "levels", "examples"],
        column_config={
            "column": st.column_config.TextColumn("Column", width="medium", pinned=True),
            "kind": st.column_config.SelectboxColumn(
                "Kind",
                options=list(KIND_TITLES.values()),
                required=True,
                help="What its values are. Identifiers are never learned from.",
            ),
            "role": st.column_config.SelectboxColumn(
                "Role",
                options=list(ROLE_TITLES.values()),
                required=True,
                help="What the column is for. Rows of one group never stand on both sides of a "
                "group split; time orders a time split; weight counts rows more or less.",
            ),
            "missing": st.column_config.ProgressColumn(
                "Missing", format="percent", min_value=0, max_value=1, color="auto-inverse"
            ),
            "levels": st.column_config.NumberColumn("Distinct", format="localized"),
            "examples": st.column_config.TextColumn("Examples", width="large"),
        },
        height=min(38 + 35 * len(table.schema), 560),
        key=f"columns {table.id} {data.id if data else ''}",
        alt="Kind and role of each column, editable",
    )
    return read_edit(table, edited)


def pick_task(table: Table, data: Dataset | None, target: str) -> Task:
    """Show the choice of the task for a target."""
    tasks = list(Task)
    if data is not None and data.roles.target == target:
        guess = data.roles.task
    else:
        guess = guess_task(table, target)
    return st.selectbox(
        "Kind of question (task)",
        tasks,
        tasks.index(guess),
        format_func=lambda task: task.title,
        key=f"data task {table.id} {target}",
        help="Guessed from the target's values: two classes, several classes, or a number.",
    )


def pick_positive(table: Table, data: Dataset | None, target: str, task: Task) -> str:
    """Show the choice of the class that counts as positive."""
    if task is not Task.BINARY:
        return ""
    classes = cached.value(f"classes {table.id} {target}", lambda: classes_of(table, target))
    if len(classes) < 2:
        return ""
    roles = data.roles if data is not None and data.roles.target == target else None
    given = data.labels[-1] if data is not None and roles is not None else classes[-1]
    chosen = st.selectbox(
        "Positive class",
        classes,
        classes.index(given) if given in classes else len(classes) - 1,
        key=f"data positive {table.id} {target}",
        help="The class that one wants to find: precision, recall and curves are about it.",
    )
    if roles is not None and chosen == given:
        return roles.positive
    return "" if chosen == classes[-1] else chosen


def classes_of(table: Table, target: str) -> list[str]:
    """Return the values of a target in the order of their codes, the first fifty."""
    return sorted(str(value) for value in table.frame[target].dropna().unique()[:50])


def show_columns(table: Table, data: Dataset | None) -> None:
    """Show the editable table of columns, its problems, and the button that uses it."""
    st.subheader("Columns", anchor=False)
    edit = edit_columns(table, data)
    target = edit.column_with(ColumnRole.TARGET)
    task, positive = Task.BINARY, ""
    if target:
        left, right = st.columns(2)
        with left:
            task = pick_task(table, data, target)
        with right:
            positive = pick_positive(table, data, target, task)
    list_problems(edit.problems, lead="These roles do not fit together yet:")
    chosen = {"task": task, "positive": positive}
    changed = is_changed(edit, data.roles if data else None, chosen)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            "Use these roles",
            type="primary" if changed else "secondary",
            disabled=bool(edit.problems) or not changed,
            key="use roles",
        ):
            use(table, data, edit, chosen)
        if data is not None:
            st.caption(
                "Changed: experiments already done keep the roles they were run with."
                if changed
                else "These roles are in use."
            )


def use(table: Table, data: Dataset | None, edit: Edit, chosen: Mapping[str, object]) -> None:
    """Make the edited kinds and roles the current ones; all problems are told at once."""
    roles = edit.to_roles(Task(str(chosen["task"])), str(chosen["positive"]))
    try:
        changed = change_kinds(table, edit.kinds) if edit.kinds else table
        name = data.name if data else table.source
        intake.change_roles(changed, roles, name=name, made_from=table.id)
    except LabError as error:
        session.remember_problem(error)
    else:
        session.remember_note("these roles are in use now")
    st.rerun()


def show_preview(table: Table) -> None:
    """Show the first rows as they were read."""
    rows = table.frame.head(PREVIEW_ROWS)
    st.subheader("Preview", anchor=False)
    st.dataframe(
        rows,
        height=320,
        alt="The first rows of the table",
        key=f"preview {table.id}",
        column_config={"_index": st.column_config.NumberColumn("Row", format="%d")},
    )
    st.caption(f"The first {count(len(rows), 'row')} of {len(table.frame):,}.")


def show_other_ways(*, is_first: bool) -> None:
    """Show the ways to bring another table, with what to tell the reader when it cannot guess."""
    with st.expander("Read another file", icon=":material/upload:", expanded=is_first):
        boxes = st.container()
        with st.popover("Say how it is written", icon=":material/tune:"):
            st.caption("For a file that cannot be read as guessed. What is open can be read anew.")
            options = ask_options(start=ReadOptions(), key="other")
        with boxes:
            pickers.upload_box(options=options)
            pickers.path_box(options=options)
    pickers.database_box()


def page() -> None:
    """Show the page."""
    is_first = current.table() is None
    if is_first:
        show_other_ways(is_first=True)
    table = current.need_table()
    data = current.dataset()
    show_size(table, data)
    show_notes(table, data)
    show_rereading(table, data)
    show_columns(table, data)
    show_preview(table)
    show_other_ways(is_first=False)


open_page("data", "Data", "What is in the file?")
page()
close_page("data")
