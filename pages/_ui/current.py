"""The table, data set and experiment that a page is about, or what to do to have one."""

import streamlit as st

from lab.base import LabError
from lab.comparison import Leaderboard
from lab.data import Dataset, Table
from lab.experiments import Experiment
from pages._ui import cached, session
from pages._ui.problems import say_missing
from pages._ui.wording import names

HOME = "pages/home.py"
DATA = "pages/data.py"
BENCHMARK = "pages/benchmark.py"
LEADERBOARD = "pages/leaderboard.py"
RUNS = "pages/runs.py"


def check_ids() -> None:
    """Forget ids that the store does not hold, and tell; an experiment brings its data set."""
    for name, load in (
        ("experiment", cached.experiment),
        ("dataset", cached.dataset),
        ("table", cached.table),
    ):
        if not (key := session.chosen(name)):
            continue
        try:
            found = load(key)
        except LabError as error:
            session.forget(name)
            session.remember_problem(error)
            continue
        if isinstance(found, Experiment) and session.chosen("dataset") != found.dataset_id:
            metric, candidate = session.chosen("metric"), session.chosen("candidate")
            session.open_experiment(key, found.dataset_id)
            session.choose("metric", metric) if metric else None
            session.choose("candidate", candidate) if candidate else None


def dataset() -> Dataset | None:
    """Return the current data set, or None."""
    key = session.chosen("dataset")
    return cached.dataset(key) if key else None


def table() -> Table | None:
    """Return the current table with all its rows, whether it is a data set yet or not."""
    if key := session.chosen("table"):
        return cached.table(key)
    data = dataset()
    return None if data is None else data.table


def need_table() -> Table:
    """Return the current table; when there is none say how to get one, and end the page."""
    found = table()
    if found is None:
        say_missing("No data set is open yet.", HOME, "Upload a table or pick a shipped one")
        st.stop()
    return found


def need_dataset() -> Dataset:
    """Return the current data set; when there is none say how to get one, and end the page."""
    need_table()
    found = dataset()
    if found is None:
        say_missing("This table has no target yet.", DATA, "Choose the target and the roles")
        st.stop()
    return found


def need_experiment() -> tuple[str, Experiment]:
    """Return the current experiment with its id; else say how to get one, and end the page."""
    need_dataset()
    key = session.chosen("experiment")
    if not key:
        data = need_dataset()
        say_missing(
            f"No models have been compared on {names([data.name])} yet.",
            BENCHMARK,
            "Choose models and start the benchmark",
        )
        st.stop()
    return key, cached.experiment(key)


def need_finished(board: Leaderboard) -> list[str]:
    """Return the candidates that have scores, best first; when none has, say so and end."""
    frame = board.frame
    names_found = frame.loc[frame["folds_done"] > 0, "candidate"].tolist()
    if not names_found:
        say_missing("No candidate has finished a fold yet.", BENCHMARK, "Look at the run")
        st.stop()
    return [str(name) for name in names_found]
