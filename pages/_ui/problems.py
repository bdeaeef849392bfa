"""What is wrong or missing, in one sentence with the next step; never a traceback."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from lab.base import LabError, Problem, markdown_text
from pages._ui import session
from pages._ui.wording import sentence


def show(error: LabError) -> None:
    """Show an error that the user can put right: the sentence, then the hint."""
    lines = [f"**{sentence(error.message)}** {sentence(error.hint)}".strip()]
    lines += [f"- {sentence(problem.message)}" for problem in error.untold]
    st.error("\n".join([lines[0], "", *lines[1:]]), icon=":material/error:")


@contextmanager
def telling() -> Iterator[None]:
    """Show what the block raises that the user can put right, where it was raised.

    Also a decorator, for fragments and dialogs: they run without the page around them.
    """
    try:
        yield
    except LabError as error:
        show(error)


def show_kept() -> None:
    """Show the problem and the note that an action of the last run left, once."""
    if (error := session.take_problem()) is not None:
        show(error)
    if note := session.take_note():
        st.success(sentence(note), icon=":material/check:")


def list_problems(problems: Sequence[Problem], *, lead: str) -> None:
    """Show all problems of a form at once, each with the field that it belongs to."""
    if not problems:
        return
    lines = [
        f"- {markdown_text(problem.field)}: {sentence(problem.message)}"
        if problem.field
        else f"- {sentence(problem.message)}"
        for problem in problems
    ]
    st.warning("\n".join([f"**{lead}**", "", *lines]), icon=":material/warning:")


def say_missing(
    what: str, page: str, label: str, *, icon: str = ":material/arrow_forward:"
) -> None:
    """Say what a page needs and link to the step that provides it."""
    with st.container(border=True):
        st.markdown(what)
        st.page_link(page, label=label, icon=icon, query_params=session.link())
