"""Studies: an experiment whose candidates are one candidate with one thing varied.

They run like any other experiment, and the cell of what the candidate already is has the key that
it had: it is not fitted again.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from lab.base import Choice, LabError, Value, label_words, value_words
from lab.experiments.candidate import Candidate
from lab.experiments.experiment import Experiment
from lab.experiments.study import Study, StudyKind
from lab.models import MODELS

SHARES = (0.1, 0.16, 0.25, 0.4, 0.63, 1.0)
"""Shares of the training rows of a learning curve: equal ratios, since curves bend so."""


def learning_curve(
    experiment: Experiment, candidate: int, *, shares: Sequence[float] = SHARES
) -> Experiment:
    """Return an experiment of a candidate that learns from growing shares of its training rows.

    Parameters
    ----------
    experiment : Experiment
        Where the candidate is from; data set, splits, seed, metrics and limits are its own.
    candidate : int
        Position of the candidate.
    shares : sequence of float
        Above 0, up to 1; the candidate's own share is added.
    """
    own = experiment.candidates[candidate]
    return _study(
        experiment,
        own,
        StudyKind.LEARNING,
        values=sorted({*shares, own.train_share}),
        make=lambda share: replace(
            own, name=f"{own.name}, {100 * share:.4g} % of rows", train_share=share
        ),
    )


def validation_curve(
    experiment: Experiment, candidate: int, param: str, *, values: Sequence[Value]
) -> Experiment:
    """Return an experiment of a candidate with one setting varied.

    Parameters
    ----------
    experiment : Experiment
        Where the candidate is from.
    candidate : int
        Position of the candidate.
    param : str
        Name of the setting.
    values : sequence of Value
        What it is set to, such as those of `values_of`; the candidate's own value is added.

    Raises
    ------
    LabError
        When the model has no such setting, or a value is not allowed.
    """
    own = experiment.candidates[candidate]
    entry = MODELS[own.model.key]
    known = {item.name: item for item in entry.params}
    if param not in known:
        raise LabError(
            f"{entry.title} has no setting {param!r}",
            hint=f"Its settings: {', '.join(known) or 'none'}.",
        )
    declared = known[param]
    cleaned = [declared.clean(value) for value in values]

    def make(value: Value) -> Candidate:
        model = Choice(key=own.model.key, settings={**own.model.settings, param: value})
        words = f"{label_words(declared)} {value_words(declared, value)}"
        return replace(own, name=f"{own.name}, {words}", model=model)

    return _study(
        experiment,
        own,
        StudyKind.VALIDATION,
        values=_with_own(cleaned, own.model.settings[param]),
        make=make,
        param=param,
    )


def repeated_seeds(experiment: Experiment, candidate: int, *, n: int = 5) -> Experiment:
    """Return an experiment of a candidate whose model is fitted with other seeds.

    Parameters
    ----------
    experiment : Experiment
        Where the candidate is from.
    candidate : int
        Position of the candidate.
    n : int, default 5
        How many seeds, its own among them.
    """
    own = experiment.candidates[candidate]
    return _study(
        experiment,
        own,
        StudyKind.SEEDS,
        values=list(range(own.seed, own.seed + n)),
        make=lambda seed: replace(own, name=f"{own.name}, seed {seed}", seed=int(seed or 0)),
    )


def _with_own(values: Sequence[Value], own: Value) -> list[Value]:
    """Return distinct values, numbers in order, what is no number in its place behind them."""
    distinct = list(dict.fromkeys([*values, own]))
    if any(isinstance(value, bool | str) for value in distinct):
        return distinct
    numbers = sorted(float(value) for value in distinct if value is not None)
    places = {float(value): value for value in distinct if value is not None}
    return [*(places[number] for number in numbers), *([None] if None in distinct else [])]


def _study(
    experiment: Experiment,
    own: Candidate,
    kind: StudyKind,
    *,
    values: Sequence[Value],
    make: Callable[..., Candidate],
    param: str = "",
) -> Experiment:
    if len(values) < 2:
        raise LabError(
            "a single point makes no curve", hint="Choose at least two values to compare."
        )
    study = Study(
        kind=kind,
        of=experiment.id,
        candidate=own.name,
        points=tuple(values),
        own=_own_value(own, kind, param),
        param=param,
    )
    # Written out rather than replaced: whatever else an experiment is told to do, such as to stop
    # candidates that fall behind, would tear holes into the curve.
    return Experiment(
        name=f"{kind.title} of {own.name}{_setting_words(own, param)}",
        dataset_id=experiment.dataset_id,
        task=experiment.task,
        candidates=tuple(make(value) for value in values),
        plan=experiment.plan,
        metrics=experiment.metrics,
        seed=experiment.seed,
        limits=experiment.limits,
        study=study,
    )


def _setting_words(own: Candidate, param: str) -> str:
    labels = {item.name: label_words(item) for item in MODELS[own.model.key].params}
    return f": {labels[param]}" if param else ""


def _own_value(own: Candidate, kind: StudyKind, param: str) -> Value:
    if kind is StudyKind.LEARNING:
        return own.train_share
    return own.seed if kind is StudyKind.SEEDS else own.model.settings[param]
