"""What every page has around it: its title and question, the sidebar card, the door check."""

from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from pages._ui import session
from pages._ui.problems import show_kept

_APP = Path(__file__).parents[2] / "app.py"
_FAVICON = Path(__file__).parent / "assets" / "favicon.svg"


def open_page(name: str, title: str, question: str) -> None:
    """Begin a page: every page file calls this first.

    Parameters
    ----------
    name : str
        Name of the page's file, such as ``"home"``.
    title, question : str
        The page's name for people, and the one question that it answers.
    """
    _come_in_by_the_door()
    st.set_page_config(
        page_title=f"{title} · ML playground", page_icon=str(_FAVICON), layout="wide"
    )
    session.read_url()
    _check_ids()
    st.title(title, anchor=False)
    st.markdown(f":gray[{question}]")
    show_kept()
    _draw_card(name)
    _warm_up()


def close_page(name: str) -> None:
    """End a page that was drawn to its end: show what one would do next.

    Parameters
    ----------
    name : str
        As in `open_page`.
    """
    from pages._ui.next_step import end_with_step

    end_with_step(name)


def _come_in_by_the_door() -> None:
    """Run ``app.py`` when Streamlit took this file for a page of an old-style ``pages/`` folder.

    That happens on a deep link before any session has called ``st.navigation``.
    """
    if PagesManager.uses_pages_directory:
        SourceFileLoader("app", str(_APP)).exec_module(ModuleType("app"))
        st.stop()


def _check_ids() -> None:
    if any(session.chosen(name) for name in ("table", "dataset", "experiment")):
        from pages._ui.current import check_ids

        check_ids()


def _draw_card(name: str) -> None:
    from pages._ui.card import draw_card

    with st.sidebar:
        draw_card(name)


def _warm_up() -> None:
    from pages._ui.warming import warm_once

    warm_once()
