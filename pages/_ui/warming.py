"""Imports that pages need later, done in the background once the first page is served."""

import gc
import importlib
import threading
import time

import streamlit as st

_MODULES = (
    "lab.store",
    "lab.benchmark",
    "lab.recipes",
    "lab.charts",
    "lab.comparison",
    "plotly.graph_objects",
)
_DELAY_SECONDS = 1.5


def warm_once() -> None:
    """Start the background imports at the first call in a process."""
    _start()


@st.cache_resource(show_spinner=False)
def _start() -> threading.Thread:
    thread = threading.Thread(target=_warm, name="warm-up", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    time.sleep(_DELAY_SECONDS)
    for name in _MODULES:
        importlib.import_module(name)
    _freeze()


def _freeze() -> None:
    """Keep the modules out of every later garbage collection: one runs after each script run.

    Tables that were opened meanwhile are let go first, so that no user's data is frozen; they are
    memory-mapped again when a page needs them.
    """
    from pages._ui import cached

    cached.forget_data()
    gc.collect()
    gc.freeze()
