"""Imports that pages need later, done in the background once the first page is served."""

import contextlib
import gc
import threading
import time

import streamlit as st

from lab.base import LabError

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
    warm_now()
    _have_a_process_wait()


def warm_now() -> None:
    """Use once what later pages use, and keep it out of garbage collections."""
    _draw_something()
    _compare_something()
    _prepare_something()
    _look_at_something()
    _freeze()


def _draw_something() -> None:
    from lab.reports import warm_up_writing

    warm_up_writing()


def _compare_something() -> None:
    import lab.benchmark  # noqa: F401
    from lab.comparison import corrected_paired_test

    corrected_paired_test([0.1, 0.2, 0.1], test_ratio=0.25)


def _prepare_something() -> None:
    import numpy as np
    import pandas as pd

    from lab.base import Column, ColumnKind, Schema, Task
    from lab.recipes import preset_recipe, preview

    rows = pd.DataFrame({"a": [0.0, 1.0, 2.0, 3.0]})
    schema = Schema(columns=(Column(name="a", kind=ColumnKind.NUMBER, n_levels=4),))
    preview(preset_recipe("linear"), rows, np.arange(4.0), schema, task=Task.REGRESSION)


def _look_at_something() -> None:
    from lab.base import Task
    from lab.data import load_sample, missing_patterns, principal_map, unusual_rows

    table = load_sample("penguins")
    missing_patterns(table, target="species", task=Task.MULTICLASS)
    unusual_rows(table)
    principal_map(table, table.schema.names)


def _have_a_process_wait() -> None:
    from lab.standby import modules_for, warm_up
    from pages._ui import cached

    with contextlib.suppress(LabError, OSError):  # told when a run is started
        warm_up(modules_for(resampling=True), cached.store().workspace)


def _freeze() -> None:
    """Keep the modules out of every later garbage collection: one runs after each script run.

    Tables that were opened meanwhile are let go first, so that no user's data is frozen; they are
    memory-mapped again when a page needs them.
    """
    from pages._ui import cached

    cached.forget_data()
    gc.collect()
    gc.freeze()
