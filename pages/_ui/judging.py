"""How candidates are judged: splits, seed, metrics, limits."""

from dataclasses import replace

import streamlit as st

from lab.base import LabError
from lab.data import Dataset
from lab.experiments import Limits
from lab.metrics import METRICS, metrics_for
from lab.validation import MAX_REPEATS, SPLITTERS, SplitterEntry
from pages._ui import session
from pages._ui.draft import Draft
from pages._ui.forms import settings_form
from pages._ui.problems import show


def edit_plan(draft: Draft, data: Dataset) -> Draft:
    """Show the choice of splits and return the draft with them."""
    entries = [entry for entry in SPLITTERS if _is_possible(entry, data)]
    keys = [entry.key for entry in entries]
    current = draft.plan.splitter
    key = st.selectbox(
        "How rows are split",
        keys,
        keys.index(current.key) if current.key in keys else 0,
        format_func=lambda word: SPLITTERS[word].title,
        key=_key("splitter", data),
    )
    entry = SPLITTERS[key]
    st.caption(f"{entry.summary} {entry.use_when}")
    settings = current.settings if key == current.key else {}
    with st.grid(3, min_column_width=120):
        values = settings_form(entry.params, settings, key=_key(f"plan {key}", data))
        repeats = _ask_repeats(draft, data) if entry.can_repeat else 1
        seed = _ask_seed(draft, data)
    try:
        splitter = SPLITTERS.choose(key, values)
    except LabError as error:
        show(error)
        return draft
    plan = replace(draft.plan, splitter=splitter, repeats=repeats, seed=seed)
    return replace(draft, plan=plan, seed=seed)


def _ask_repeats(draft: Draft, data: Dataset) -> int:
    return st.number_input(
        "Repeats",
        1,
        MAX_REPEATS,
        draft.plan.repeats,
        key=_key("repeats", data),
        help="How often all rows are split anew. More repeats make narrower intervals and cost as "
        "many more fits.",
    )


def _ask_seed(draft: Draft, data: Dataset) -> int:
    return st.number_input(
        "Seed",
        0,
        2**31 - 1,
        draft.seed,
        key=_key("seed", data),
        help="The same seed gives the same splits and the same models.",
    )


def _is_possible(entry: SplitterEntry, data: Dataset) -> bool:
    has = {
        "": True,
        "classes": data.roles.task.is_classification,
        "groups": bool(data.roles.group),
        "times": bool(data.roles.time),
    }
    return has[entry.needs]


def edit_metrics(draft: Draft, data: Dataset) -> Draft:
    """Show the choice of metrics and of the one that decides, and return the draft with them."""
    keys = [entry.key for entry in metrics_for(data.roles.task)]
    chosen = st.multiselect(
        "Metrics",
        keys,
        [key for key in draft.metrics if key in keys],
        format_func=lambda key: METRICS[key].title,
        key=_key("metrics", data),
        help="All of them are computed from the kept predictions: another metric costs no fit.",
    )
    if not chosen:
        return replace(draft, metrics=())
    first = draft.metrics[0] if draft.metrics and draft.metrics[0] in chosen else chosen[0]
    primary = st.selectbox(
        "The one that decides",
        chosen,
        chosen.index(first),
        format_func=lambda key: METRICS[key].title,
        key=_key(f"primary {'-'.join(sorted(chosen))}", data),
        help="It orders the leaderboard and stands behind the verdict.",
    )
    st.caption(METRICS[primary].summary)
    return replace(draft, metrics=(primary, *(key for key in chosen if key != primary)))


def edit_limits(draft: Draft, data: Dataset) -> Draft:
    """Show name, limits, racing and cluster under "More settings", return the draft with them."""
    with st.expander("More settings"):
        name = st.text_input(
            "Name of the experiment",
            draft.name,
            max_chars=80,
            placeholder="made from the choices",
            key=_key("name", data),
        )
        with st.grid(3, min_column_width=150):
            seconds = st.number_input(
                "Seconds for one fit",
                1,
                86_400,
                int(draft.limits.cell_seconds),
                key=_key("seconds", data),
                help="A fit that takes longer is stopped and told as failed; the others go on.",
            )
            memory = st.number_input(
                "Memory for one fit (MB)",
                0,
                1_000_000,
                draft.limits.cell_mb,
                step=512,
                key=_key("memory", data),
                help="0 for a share of what is free. A fit that needs more is stopped; it is given "
                "512 at least, which it takes to begin.",
            )
            workers = st.number_input(
                "Fits at the same time",
                0,
                256,
                draft.limits.workers,
                key=_key("workers", data),
                help="0 for one a core that may be used, fewer where memory is short.",
            )
        racing = _ask_racing(draft, data)
        cluster = _ask_cluster(draft, data)
    limits = Limits(cell_seconds=float(seconds), cell_mb=int(memory), workers=int(workers))
    return replace(draft, limits=limits, name=name.strip(), cluster=cluster, racing=racing)


def _ask_racing(draft: Draft, data: Dataset) -> bool:
    return st.toggle(
        "Stop models that are already ruled out (racing)",
        draft.racing,
        key=_key("racing", data),
        help="After each fold that all share, from the third on: a model that the corrected test "
        "shows to be behind the best, allowing for all models and all looks, is not run to the "
        "end. Worth it with many models or repeats; with 5 folds hardly any is stopped.",
    )


def _ask_cluster(draft: Draft, data: Dataset) -> str:
    return st.text_input(
        "Dask cluster",
        draft.cluster,
        max_chars=200,
        placeholder="this computer",
        key=_key("cluster", data),
        help="Address of a scheduler such as tcp://host:8786, whose workers run the fits. Only in "
        "a network that you trust. Empty for this computer.",
    ).strip()


def _key(name: str, data: Dataset) -> str:
    return f"{name} {data.id} {session.generation('judging')}"
