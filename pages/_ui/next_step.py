"""The obvious next step: on the card in the sidebar, and again where the page ends."""

from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lab.base import LabError
from lab.data import Dataset
from lab.store import Job, JobState
from pages._ui import cached, current, session

_RESULTS = ("leaderboard", "curves", "explain", "report")
_DRAFTING = ("profile", "recipe", "benchmark")
"""Pages that change the draft: what was changed is compared before old results are looked at."""
_LABELS = {
    "home": "Choose a data set",
    "data": "Choose the target",
    "benchmark": "Compare models",
    "leaderboard": "See the leaderboard",
    "curves": "See the curves",
    "explain": "See what matters",
    "report": "Make the report",
}


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """The obvious next step.

    Parameters
    ----------
    label, page : str
        What the button says, and the name of the page that it opens.
    """

    label: str
    page: str


# As with the draft's lines: the card is drawn before the page below it changes the draft.
_PLACE: ContextVar[tuple[DeltaGenerator, NextStep | None] | None] = ContextVar(
    "place of the next step", default=None
)


def place_step(page: str) -> None:
    """Draw the next step here, and remember where.

    Parameters
    ----------
    page : str
        Name of the page that is shown, such as ``"home"``.
    """
    place, step = st.empty(), next_step(page)
    _PLACE.set((place, step))
    _draw(place, step)


def end_with_step(page: str) -> None:
    """Draw the next step at the end of a page, and anew on the card when the page changed it.

    On narrow screens the sidebar is folded, and only the end of the page shows it.
    """
    step = next_step(page)
    placed = _PLACE.get()
    if placed is not None and placed[1] != step:
        _draw(placed[0], step)
    if step is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="page end"):
        st.caption("Next step", width="content")
        st.page_link(
            f"pages/{step.page}.py",
            label=step.label,
            icon=":material/arrow_forward:",
            query_params=session.link(),
        )


def next_step(page: str) -> NextStep | None:
    """Return what one would do next, or None when the page itself offers it."""
    data, experiment_id = current.dataset(), session.chosen("experiment")
    job = cached.store().job(experiment_id) if experiment_id else None
    target, label = _next_page(page, data, job), ""
    if job is not None and job.state.is_active:
        label = "Watch the run"
    elif target == "leaderboard" and data is not None and page in _DRAFTING:
        label = _changed(data)
        target = "benchmark" if label else target
    if target == page or (page, target) == ("home", "benchmark"):
        return None
    return NextStep(label=label or _LABELS[target], page=target)


def _next_page(page: str, data: Dataset | None, job: Job | None) -> str:
    if data is None:
        return "data" if session.chosen("table") else "home"
    if job is not None and job.state.is_active and page == "studies":
        return page
    if job is None or job.state.is_active or job.done == 0:
        return "benchmark"
    if page not in _RESULTS:
        return "leaderboard"
    return _RESULTS[min(_RESULTS.index(page) + 1, len(_RESULTS) - 1)]


def _changed(data: Dataset) -> str:
    """Return what to do about a draft that is not the open experiment any more, or ""."""
    from pages._ui.draft import make_experiment, open_draft

    shown = cached.experiment(session.chosen("experiment"))
    try:
        drafted = make_experiment(open_draft(data), data)
    except LabError:  # told on the page Benchmark
        return ""
    if shown.study is not None:
        return ""
    if drafted.id == shown.id:
        is_same = (drafted.metrics, drafted.limits) == (shown.metrics, shown.limits)
        return "" if is_same else "Compare again"
    job = cached.store().job(drafted.id)
    if job is not None and job.state is JobState.DONE:  # the draft is another finished run's
        return ""
    recipes = {candidate.name: candidate.recipe.id for candidate in shown.candidates}
    is_recipe = any(
        recipes.get(candidate.name, candidate.recipe.id) != candidate.recipe.id
        for candidate in drafted.candidates
    )
    return "Compare with the changed recipe" if is_recipe else "Compare again"


def _draw(place: DeltaGenerator, step: NextStep | None) -> None:
    if step is None:
        place.empty()
    elif place.button(step.label, type="primary", width="stretch", key=f"next step {step.label}"):
        st.switch_page(f"pages/{step.page}.py", query_params=session.link())
