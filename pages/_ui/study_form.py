"""The form of a study: what is varied, at which values, and what that costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from lab.base import LabError, Number, Param, Value, value_words
from lab.experiments import (
    SHARES,
    Candidate,
    CellState,
    Experiment,
    StudyKind,
    learning_curve,
    make_cells,
    repeated_seeds,
    validation_curve,
    value_range,
    values_of,
    varied_params,
)
from lab.models import MODELS, relative_seconds
from lab.validation import fold_keys
from pages._ui import cached
from pages._ui.cached import Results
from pages._ui.problems import show
from pages._ui.wording import count, duration, sentence

_EACH_SECONDS = 0.1
"""What starting the process of a fit or of a preparation takes."""

_SHARES = sorted({0.02, 0.05, 0.8, *SHARES})
_QUESTIONS = {
    StudyKind.LEARNING: "Would more data help? The model learns from growing shares of the rows.",
    StudyKind.VALIDATION: "What does one setting do? The model learns with other values of it.",
    StudyKind.SEEDS: "How much is luck? The model learns the same rows with other seeds.",
}


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a study costs.

    Parameters
    ----------
    total, new : int
        Its fits, and those of them that have not been done.
    seconds : float
        Rough time of the new ones on this machine.
    """

    total: int
    new: int
    seconds: float


def ask_study(found: Results, place: int) -> Experiment | None:
    """Show the form of a study of a candidate and return what it describes.

    Parameters
    ----------
    found : Results
        The experiment that the candidate is from.
    place : int
        Its position there.

    Returns
    -------
    Experiment or None
        None when no study can be made of what stands in the form; the reason is shown.
    """
    kinds = list(_QUESTIONS)
    chosen = st.radio(
        "Kind of study",
        range(len(kinds)),
        format_func=lambda place: kinds[place].title,
        horizontal=True,
        key="study kind",
    )
    kind = kinds[chosen or 0]
    st.caption(_QUESTIONS[kind])
    ask: dict[StudyKind, Callable[[Experiment, int], Experiment | None]] = {
        StudyKind.LEARNING: _ask_shares,
        StudyKind.VALIDATION: _ask_setting,
        StudyKind.SEEDS: _ask_seeds,
    }
    try:
        return ask[kind](found.experiment, place)
    except LabError as error:
        show(error)
        return None


def cost_of(study: Experiment, found: Results, place: int) -> Cost:
    """Return what a study costs, from what the candidate's finished fits took."""
    from lab.benchmark import worker_count

    cells = make_cells(study, fold_keys(study.plan))
    records = [*found.records, *cached.store().records(study.id)]
    done = {record.cell.key for record in records if record.state is CellState.DONE}
    new = [cell for cell in cells if cell.key not in done]
    results = [record.result for record in found.finished(place) if record.result]
    fit, prepare = (sum(times) / max(len(results), 1) for times in (
        [item.fit_seconds + item.predict_seconds for item in results],
        [item.prepare_seconds for item in results],
    ))  # fmt: skip
    own = relative_seconds(found.experiment.candidates[place].model)
    fits = [_relative(study.candidates[cell.candidate], own) for cell in new]
    splits = {(study.candidates[cell.candidate].train_share, cell.repeat, cell.fold)
              for cell in new}  # fmt: skip
    seconds = fit * sum(fits) + prepare * sum(split[0] for split in splits)
    seconds += _EACH_SECONDS * (len(new) + len(splits))
    workers = worker_count(study.limits.workers)
    return Cost(total=len(cells), new=len(new), seconds=seconds / workers)


def _relative(candidate: Candidate, own: float) -> float:
    """Return how many times as long a fit of a version takes as one of the candidate itself."""
    return candidate.train_share * relative_seconds(candidate.model) / own


def cost_text(cost: Cost) -> str:
    """Return the cost in words."""
    done = cost.total - cost.new
    taken = f", {done:,} of them finished already" if done else ""
    if not cost.new:
        return f"{count(cost.total, 'fit')}, all finished already."
    time = duration(max(cost.seconds, 1.0))
    return f"{count(cost.total, 'fit')}{taken}; roughly {time} for the rest."


def _ask_shares(experiment: Experiment, place: int) -> Experiment:
    chosen = st.multiselect(
        "Shares of the training rows",
        _SHARES,
        list(SHARES),
        format_func=lambda share: f"{100 * share:.4g} %",
        key="study shares",
        help="Rows at a smaller share are among those at a larger one; classes keep their shares, "
        "groups stay whole, and with time-ordered splits the latest rows are kept. All rows are "
        "always among them. A trend needs at least four.",
    )
    return learning_curve(experiment, place, shares=chosen)


def _ask_setting(experiment: Experiment, place: int) -> Experiment | None:
    candidate = experiment.candidates[place]
    params = {param.name: param for param in varied_params(MODELS[candidate.model.key].params)}
    if not params:
        st.markdown("This model has no settings to vary.")
        return None
    name = st.selectbox(
        "Setting",
        list(params),
        format_func=lambda key: params[key].label,
        key=f"study setting {candidate.model.key}",
    )
    param = params[name]
    if param.help:
        st.caption(sentence(param.help))
    values = _ask_values(param, candidate)
    study = validation_curve(experiment, place, name, values=values)
    assert study.study is not None
    st.caption(f"Values: {_listed(param, study.study.points)}")
    return study


def _ask_values(param: Param, candidate: Candidate) -> Sequence[Value]:
    own = candidate.model.settings.get(param.name, param.default)
    if not isinstance(param, Number):
        return values_of(param, own)
    low, high = value_range(param, own)
    key = f"study {candidate.id} {param.name}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        start = _ask_number(param, "From", low, key=f"{key} from")
        end = _ask_number(param, "To", high, key=f"{key} to")
        n = st.number_input("Values", 3, 15, 7, key=f"{key} values", width=160)
    if start >= end:
        raise LabError("the range of the setting is empty", hint="Choose an end above its start.")
    return values_of(param, own, n=int(n), low=start, high=end)


def _ask_number(param: Number, label: str, value: float, *, key: str) -> float:
    if param.integer:
        least, most = int(param.minimum), int(param.maximum)
        return int(st.number_input(label, least, most, round(value), key=key, width=160))
    return float(
        st.number_input(
            label, float(param.minimum), float(param.maximum), float(value), format="%g", key=key,
            width=160,
        )
    )  # fmt: skip


def _ask_seeds(experiment: Experiment, place: int) -> Experiment:
    n = st.number_input(
        "Seeds",
        2,
        50,
        5,
        key="study seeds",
        width=160,
        help="The rows and their preparation stay the same; only what the model itself draws "
        "changes. More seeds tell the spread more exactly.",
    )
    return repeated_seeds(experiment, place, n=int(n))


def _listed(param: Param, values: Sequence[Value]) -> str:
    return sentence(", ".join(value_words(param, value) for value in values))
