"""What a session remembers: ids and drafts, never tables, models or results.

The only user of ``st.session_state``. What others may open stands in the URL as well: a deep
link, a reload and a second tab look the same.
"""

import streamlit as st

from lab.base import LabError

_URL_NAMES = ("table", "dataset", "experiment", "metric", "candidate")
_DEPENDENTS = {
    "table": ("dataset", "experiment", "metric", "candidate"),
    "dataset": ("table", "experiment", "metric", "candidate"),
    "experiment": ("metric", "candidate"),
}


def read_url() -> None:
    """Take over what the URL names, and put into the URL what the session remembers."""
    for name in _URL_NAMES:
        value = st.query_params.get(name, "")
        if value and value != chosen(name):
            for dependent in _DEPENDENTS.get(name, ()):
                if dependent not in st.query_params:
                    st.session_state.pop(dependent, None)
            st.session_state[name] = value
    for name in _URL_NAMES:
        if chosen(name) and name not in st.query_params:
            st.query_params[name] = chosen(name)


def chosen(name: str) -> str:
    """Return the id that stands under a name of the URL, or an empty string."""
    return str(st.session_state.get(name, ""))


def choose(name: str, value: str) -> None:
    """Remember an id in session and URL; what depended on the former one is forgotten."""
    if chosen(name) == value:
        return
    for dependent in _DEPENDENTS.get(name, ()):
        forget(dependent)
    st.session_state[name] = value
    st.query_params[name] = value


def forget(name: str) -> None:
    """Forget an id in session and URL."""
    st.session_state.pop(name, None)
    if name in st.query_params:
        del st.query_params[name]


def choose_data(dataset_id: str, *, table_id: str, own_table_id: str) -> None:
    """Make a data set the current one, and remember the table that it was made from.

    Parameters
    ----------
    dataset_id : str
        The data set.
    table_id : str
        The table with all its rows.
    own_table_id : str
        The data set's own table, which may lack rows without a target.
    """
    choose("dataset", dataset_id)
    if table_id != own_table_id:
        st.session_state["table"] = table_id
        st.query_params["table"] = table_id
    else:
        forget("table")


def open_experiment(experiment_id: str, dataset_id: str) -> None:
    """Make an experiment and its data set the current ones."""
    choose("dataset", dataset_id)
    choose("experiment", experiment_id)


def link(**names: str) -> dict[str, str]:
    """Return the query parameters of a link that keeps the current ids, some replaced."""
    current = {name: chosen(name) for name in _URL_NAMES}
    return {name: value for name, value in {**current, **names}.items() if value}


def remember_problem(error: LabError) -> None:
    """Keep an error for the next run, to be shown once at the top of the page."""
    st.session_state["problem"] = (error.message, error.hint, error.problems)


def take_problem() -> LabError | None:
    """Return the error that was kept, once."""
    kept = st.session_state.pop("problem", None)
    return None if kept is None else LabError(kept[0], hint=kept[1], problems=kept[2])


def remember_note(sentence: str) -> None:
    """Keep a sentence of ours for the next run, to be shown once."""
    st.session_state["note"] = sentence


def take_note() -> str:
    """Return the sentence that was kept, once."""
    return str(st.session_state.pop("note", ""))


def mark(name: str, value: str) -> None:
    """Remember in this session alone what a dialog or a question is about; "" forgets it."""
    st.session_state[f"marked {name}"] = value


def marked(name: str) -> str:
    """Return what a dialog or a question is about, or an empty string."""
    return str(st.session_state.get(f"marked {name}", ""))


def draft(dataset_id: str) -> str:
    """Return the draft of an experiment on a data set as JSON, or an empty string."""
    return str(st.session_state.get(f"draft {dataset_id}", ""))


def keep_draft(dataset_id: str, json: str) -> None:
    """Remember the draft of an experiment on a data set."""
    st.session_state[f"draft {dataset_id}"] = json


def history(name: str) -> tuple[list[str], list[str]]:
    """Return what something was, and what was taken back, each the latest last; to be changed."""
    found: tuple[list[str], list[str]] = st.session_state.setdefault(f"history {name}", ([], []))
    return found


def generation(widget: str) -> int:
    """Return the number in the key of a widget that can be set back to its start."""
    return int(st.session_state.get(f"generation {widget}", 0))


def renew(widget: str) -> None:
    """Set a widget back to its start: it gets a new key, and what it held is freed."""
    st.session_state[f"generation {widget}"] = generation(widget) + 1
