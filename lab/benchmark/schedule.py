"""What runs next, and how long it will take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lab.experiments import Cell, Experiment
from lab.models import MODELS


@dataclass(frozen=True, kw_only=True)
class PreparedKey:
    """A recipe fitted on a split.

    Parameters
    ----------
    recipe_id : str
        The recipe.
    split : int
        Position of the split.
    share : float, default 1
        Share of its training rows.
    """

    recipe_id: str
    split: int
    share: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Work:
    """A cell and the prepared split that it reads."""

    cell: Cell
    prepared: PreparedKey


_LEAST_LEFT = 0.1
"""Share of its estimated time that a call which takes longer than that still needs, as we guess."""


@dataclass
class Estimates:
    """Seconds of each candidate's cell: guessed from the catalogue, then learned.

    Parameters
    ----------
    guesses : list of float
        By candidate, for one cell.
    """

    guesses: list[float]
    _totals: dict[int, float] = field(default_factory=dict)
    _counts: dict[int, int] = field(default_factory=dict)
    _prepared: dict[str, list[float]] = field(default_factory=dict)

    def learn(self, candidate: int, seconds: float) -> None:
        """Take note of how long a cell took."""
        self._totals[candidate] = self._totals.get(candidate, 0.0) + seconds
        self._counts[candidate] = self._counts.get(candidate, 0) + 1

    def learn_preparation(self, recipe_id: str, seconds: float) -> None:
        """Take note of how long it took to fit a recipe on a split."""
        self._prepared.setdefault(recipe_id, []).append(seconds)

    def preparation_seconds(self, recipe_id: str) -> float:
        """Return the seconds that fitting a recipe on a split takes, 0 while none was fitted."""
        known = self._prepared.get(recipe_id) or [
            s for all_ in self._prepared.values() for s in all_
        ]
        return sum(known) / len(known) if known else 0.0

    def seconds(self, candidate: int) -> float:
        """Return the seconds that a cell of a candidate takes."""
        if count := self._counts.get(candidate):
            return self._totals[candidate] / count
        return self.guesses[candidate] * self._ratio()

    def remaining(
        self,
        waiting: Mapping[int, int],
        running: Iterable[tuple[int, float]],
        workers: int,
        *,
        unprepared: Iterable[PreparedKey] = (),
    ) -> float:
        """Return the estimated seconds until all cells are done.

        Parameters
        ----------
        waiting : mapping of int to int
            How many cells of each candidate have not begun.
        running : iterable of (int, float)
            Candidate and elapsed seconds of each cell that runs.
        workers : int
            Cells at the same time.
        unprepared : iterable of PreparedKey, default ()
            What has yet to be prepared.
        """
        ahead = {candidate: self.seconds(candidate) for candidate, n in waiting.items() if n > 0}
        left = [_left(self.seconds(candidate), past) for candidate, past in running]
        total = sum(waiting[candidate] * seconds for candidate, seconds in ahead.items())
        total += sum(self.preparation_seconds(key.recipe_id) for key in unprepared)
        longest = max((*ahead.values(), *left), default=0.0)
        return max((total + sum(left)) / workers, longest)

    def _ratio(self) -> float:
        guessed = sum(self.guesses[key] * count for key, count in self._counts.items())
        return sum(self._totals.values()) / guessed if guessed > 0 else 1.0


def _left(seconds: float, past: float) -> float:
    return max(seconds - past, _LEAST_LEFT * seconds)


def guess_seconds(
    experiment: Experiment, n_train: int, n_columns: int, n_classes: int
) -> list[float]:
    """Return rough seconds of one cell of each candidate, from the catalogue of models.

    Parameters
    ----------
    experiment : Experiment
        Its candidates.
    n_train, n_columns, n_classes : int
        Size of one whole training part.
    """
    return [
        MODELS[candidate.model.key].fit_seconds(
            max(1, round(n_train * candidate.train_share)), n_columns, max(n_classes, 1)
        )
        for candidate in experiment.candidates
    ]


def in_order(works: Iterable[Work], estimates: Estimates) -> list[Work]:
    """Return cells in the order of work.

    Split by split, so that every candidate shows a first fold early; the longest first within a
    split, so that no core waits long at the end. Only the shortest of the first split comes before
    all others, so that there is something to see at once.
    """
    ordered = sorted(
        works, key=lambda work: (work.prepared.split, -estimates.seconds(work.cell.candidate))
    )
    first = [work for work in ordered if work.prepared.split == ordered[0].prepared.split]
    return [*first[-1:], *first[:-1], *ordered[len(first) :]]
