"""The file of the open table read differently, seen before it is used."""

import streamlit as st

from lab.base import LabError, markdown_text
from lab.data import Dataset, Reading, ReadOptions, Table
from lab.store import size_text
from pages._ui import cached, intake, problems, session
from pages._ui.reading_form import ask_options
from pages._ui.wording import count, names, sentence

BEGINNING = 16 << 20
"""Bytes that are read again at each change of a setting, of a file that is far larger."""
PREVIEW_ROWS = 50
_BY_LINES = ("delimited", "jsonlines")
_MOST_NOTES = 20


def show_rereading(table: Table, data: Dataset | None) -> None:
    """Show how the file of a table can be read differently, and at once what comes out."""
    source = cached.store().source(table.id)
    if source is None:
        return
    key = f"again {table.id} {session.generation('again')}"
    with st.expander("Read this file differently", icon=":material/tune:", key=f"{key} box"):
        st.caption(
            f"{markdown_text(source.name, max_length=80)}: what is left to guess is guessed. "
            "The table in use stays as it is until you use another reading."
        )
        options = ask_options(
            start=source.options, sheets=source.sheets, format_key=source.format, key=key
        )
        if options == source.options:
            st.caption("Change a setting, and what the file becomes is shown here.")
            return
        is_part = source.format in _BY_LINES and source.n_bytes > 2 * BEGINNING
        try:
            reading = _again(table.id, options, is_part=is_part)
        except LabError as error:
            problems.show(error)
            reading = None
        if reading is not None:
            _show_size(table, reading.table, is_part=is_part)
            _show_reading(table, reading.table)
        _show_buttons(table, data, options, can_use=reading is not None)


@st.cache_resource(
    show_spinner="Reading the file again…", max_entries=4, hash_funcs={ReadOptions: repr}
)
def _again(table_id: str, options: ReadOptions, *, is_part: bool) -> Reading:
    return intake.read_again(table_id, options, most_bytes=BEGINNING if is_part else None)


def _show_size(table: Table, new: Table, *, is_part: bool) -> None:
    size = f"{count(len(new.frame), 'row')}, {count(len(new.schema), 'column')}"
    old = f"{count(len(table.frame), 'row')}, {count(len(table.schema), 'column')}"
    if is_part:
        st.markdown(f"**{size}** in the first {size_text(BEGINNING)}, of which this is a preview; "
                    f"{old} now. The whole file is read when you use it.")  # fmt: skip
    else:
        st.markdown(f"**{size}**" + (f" instead of {old}" if size != old else ", as now"))


def _show_reading(table: Table, new: Table) -> None:
    """Show changes, notes and first rows of another reading."""
    st.markdown("\n".join(f"- {line}" for line in _changes(table, new)))
    with st.container(gap="xxsmall"):
        for note in new.notes[:_MOST_NOTES]:
            st.caption(f":material/info: {sentence(note)}")
    st.dataframe(
        new.frame.head(PREVIEW_ROWS),
        height=280,
        alt="The first rows of the file as it would be read",
        key=f"again preview {new.id}",
        column_config={"_index": st.column_config.NumberColumn("Row", format="%d")},
    )
    n_shown = min(PREVIEW_ROWS, len(new.frame))
    st.caption(f"The first {count(n_shown, 'row')} of {len(new.frame):,}.")


def _changes(old: Table, new: Table) -> list[str]:
    """Return in words which columns come, go, or change their kind."""
    before = {column.name: column.kind.value for column in old.schema}
    after = {column.name: column.kind.value for column in new.schema}
    come = [name for name in after if name not in before]
    gone = [name for name in before if name not in after]
    turned = [f"{name} ({before[name]} to {kind})" for name, kind in after.items()
              if name in before and before[name] != kind]  # fmt: skip
    found = (("New columns", come), ("Columns that go", gone), ("Other kinds", turned))
    lines = [f"{title}: {names(listed)}" for title, listed in found if listed]
    if not lines and old.id == new.id:
        lines.append("Nothing changes: every value stays the same")
    return lines


def _show_buttons(
    table: Table, data: Dataset | None, options: ReadOptions, *, can_use: bool
) -> None:
    with st.container(horizontal=True):
        is_used = st.button(
            "Use this reading", type="primary", disabled=not can_use, key="use reading"
        )
        is_dropped = st.button("Keep as it was", key="drop reading")
    if is_used:
        try:
            reading = _again(table.id, options, is_part=False)
            intake.use_reading(table.id, reading, options, data)
        except LabError as error:
            session.remember_problem(error)
        else:
            session.remember_note("the file is read as you said")
    if is_used or is_dropped:
        session.renew("again")
        st.rerun()
