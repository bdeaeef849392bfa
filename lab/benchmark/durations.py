"""How long the calls of a run should take: the catalogue's word, corrected by what past runs took.

The catalogue knows how a fit grows with rows, columns, classes and settings, but neither this
machine nor these data. So of every past candidate we take the ratio of what its fits took to what
the catalogue says of them, and correct a new guess by the ratios of all models, then of its model,
then of its settings, then of the same data and recipe: the nearer, the later its word.
"""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from statistics import median

from lab.base import Choice, to_json
from lab.experiments import Experiment
from lab.models import MODELS, expected_seconds
from lab.store import PastFit, Store
from lab.validation import ValidationPlan, fold_keys, rows_tested_per_learned

CALL_SECONDS = 0.05
"""What a call costs whatever it does: the start of a child, reading, scoring, writing."""

_PREPARE_SECONDS = 0.015
_PREPARE_SECONDS_A_VALUE = 3e-7
"""Of the ready recipes; a value is a row of a column."""

_NEGLIGIBLE_SECONDS = 0.01

Kinds = tuple[Hashable, ...]
"""What a call is like, from the general to the special."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much data there is.

    Parameters
    ----------
    rows, columns, classes : int
        Rows, features, and classes of the target; 0 classes for numbers.
    """

    rows: int
    columns: int
    classes: int


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What a call should take before any like it has ended in this run.

    Parameters
    ----------
    seconds : float
        Its wall time.
    trust : float, default 1
        1 when nothing like it was run before; one more for each way (same model, same settings,
        same data) in which something was.
    """

    seconds: float
    trust: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Guesses:
    """What the calls of a run should take.

    Parameters
    ----------
    cells : dict of int to Guess
        By position of the candidate: one of its cells.
    preparations : dict of (str, float) to Guess
        By recipe, as `Candidate.preparation_id`, and share of the training rows: one split.
    """

    cells: dict[int, Guess]
    preparations: dict[tuple[str, float], Guess]


class Ratios:
    """Took against guessed, of calls by what they are like.

    Examples
    --------
    >>> ratios = Ratios([(("fit", "knn"), 2.0), (("fit", "knn"), 2.0), (("fit", "mlp"), 2.0)])
    >>> round(ratios.of(("fit", "knn")), 2), round(ratios.of(("fit", "new")), 2)
    (1.89, 1.68)
    """

    def __init__(self, known: Iterable[tuple[Kinds, float]] = ()) -> None:
        self._logs: dict[Kinds, list[float]] = {}
        for kinds, ratio in known:
            for depth in range(1, len(kinds) + 1):
                self._logs.setdefault(kinds[:depth], []).append(math.log(ratio))

    def of(self, kinds: Kinds) -> float:
        """Return the ratio to expect: the median of what is like it, shrunk where that is little.

        n ratios of a kind move what the more general kinds say by n / (n + 1) of the way to their
        median, so one odd call cannot lead far astray.
        """
        log = 0.0
        for depth in range(1, len(kinds) + 1):
            if logs := self._logs.get(kinds[:depth]):
                log += (median(logs) - log) * len(logs) / (len(logs) + 1)
        return math.exp(log)

    def trust(self, kinds: Kinds) -> float:
        """Return 1, and one more for each kind but the most general of which a ratio is known."""
        return 1.0 + sum(kinds[:depth] in self._logs for depth in range(2, len(kinds) + 1))


def guess_run(store: Store, experiment: Experiment, data: Size) -> Guesses:
    """Return what the calls of an experiment should take, from all that the store knows."""
    return guess_from(store.past_fits(), experiment, data)


def guess_from(past: Iterable[PastFit], experiment: Experiment, data: Size) -> Guesses:
    """Return what the calls of an experiment should take, given past fits.

    Parameters
    ----------
    past : iterable of PastFit
        What was fitted before, on any data.
    experiment : Experiment
        What is to be run.
    data : Size
        Of its data set.
    """
    ratios = Ratios(known for fit in past for known in _ratios_of(fit, experiment.dataset_id, data))
    most = experiment.limits.cell_seconds

    def guess(seconds: float, kinds: Kinds) -> Guess:
        seconds = CALL_SECONDS + seconds * ratios.of(kinds)
        return Guess(seconds=min(seconds, most), trust=ratios.trust(kinds))

    cells, preparations = {}, {}
    for place, candidate in enumerate(experiment.candidates):
        size = _learned_from(data, experiment.plan, candidate.train_share)
        steps = to_json(list(candidate.recipe.steps))
        kinds = _fit_kinds(candidate.model, steps, experiment.dataset_id)
        cells[place] = guess(_fit_seconds(candidate.model, size), kinds)
        key = candidate.preparation_id, candidate.train_share
        kinds = _prepare_kinds(steps, experiment.dataset_id)
        preparations[key] = guess(_prepare_seconds(size), kinds)
    return Guesses(cells=cells, preparations=preparations)


def whole_seconds(experiment: Experiment, guesses: Guesses, workers: int) -> float:
    """Return what a whole run should take on some workers.

    Parameters
    ----------
    experiment : Experiment
        What is to be run.
    guesses : Guesses
        Of its calls.
    workers : int
        Calls at the same time.
    """
    cells = [guess.seconds for guess in guesses.cells.values()]
    preparations = [guess.seconds for guess in guesses.preparations.values()]
    total = (sum(cells) + sum(preparations)) * len(fold_keys(experiment.plan))
    return max(total / workers, *cells)


def _ratios_of(past: PastFit, dataset_id: str, known: Size) -> Iterable[tuple[Kinds, float]]:
    """Return what a past fit and its preparation took against guessed.

    The size of one data set is known; the kept number of columns of others counts identifiers,
    which only the table can tell.
    """
    if past.model.key not in MODELS:  # of another version
        return
    n_columns = known.columns if past.dataset_id == dataset_id else past.n_columns
    data = Size(rows=past.n_rows, columns=n_columns, classes=past.n_classes)
    size = _learned_from(data, past.plan, past.train_share)
    kinds = _fit_kinds(past.model, past.steps, past.dataset_id)
    yield kinds, _ratio(past.fit_seconds, _fit_seconds(past.model, size))
    kinds = _prepare_kinds(past.steps, past.dataset_id)
    yield kinds, _ratio(past.prepare_seconds, _prepare_seconds(size))


def _learned_from(data: Size, plan: ValidationPlan, share: float) -> Size:
    """Return the size of a share of the training part of a typical fold."""
    return replace(data, rows=round(share * data.rows / (1 + rows_tested_per_learned(plan))))


def _ratio(took: float, guessed: float) -> float:
    """Return took against guessed, near 1 where both are too short to tell anything."""
    return (took + _NEGLIGIBLE_SECONDS) / (guessed + _NEGLIGIBLE_SECONDS)


def _fit_kinds(model: Choice, steps: str, dataset_id: str) -> Kinds:
    """Return model, data, settings: other settings on the same data tell more than other data."""
    return "fit", model.key, (dataset_id, steps), tuple(sorted(model.settings.items()))


def _prepare_kinds(steps: str, dataset_id: str) -> Kinds:
    return "prepare", steps, dataset_id


def _fit_seconds(model: Choice, size: Size) -> float:
    return expected_seconds(model, size.rows, size.columns, size.classes)


def _prepare_seconds(size: Size) -> float:
    return _PREPARE_SECONDS + _PREPARE_SECONDS_A_VALUE * size.rows * size.columns
