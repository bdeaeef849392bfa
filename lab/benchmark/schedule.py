"""What runs next, and how long it will take."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lab.benchmark.durations import Guesses
from lab.benchmark.pace import Pace
from lab.experiments import Cell


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


_FEWEST_LEARNT = 2
"""Candidates of which something must be known before we dare to say what is left."""

_CALLS_OF_THE_START = 4


class Estimates:
    """What cells and preparations take, and how much time a run has left.

    Parameters
    ----------
    guesses : Guesses
        Of all calls of the run.
    """

    def __init__(self, guesses: Guesses) -> None:
        self._cells = Pace(guesses.cells)
        self._preparations = Pace(guesses.preparations)
        self._n_candidates = len(guesses.cells)
        self._other_seconds = 0.0

    def learn(self, candidate: int, seconds: float) -> None:
        """Take note of how long a cell took, whatever became of it."""
        self._cells.learn(candidate, seconds)

    def learn_preparation(self, key: PreparedKey, seconds: float) -> None:
        """Take note of how long it took to fit a recipe on a split."""
        self._preparations.learn((key.recipe_id, key.share), seconds)

    def note_other(self, seconds: float) -> None:
        """Take note of how long a worker did something else."""
        self._other_seconds += seconds

    def seconds(self, candidate: int) -> float:
        """Return the seconds that a cell of a candidate takes."""
        return self._cells.seconds(candidate)

    def remaining(
        self,
        waiting: Mapping[int, int],
        running: Sequence[tuple[int, float]],
        workers: int,
        *,
        unprepared: Sequence[tuple[PreparedKey, float]] = (),
        order: Sequence[int] = (),
        elapsed: float = 0.0,
    ) -> float | None:
        """Return the estimated seconds until all cells are done; None while too little is known.

        Parameters
        ----------
        waiting : mapping of int to int
            How many cells of each candidate have not begun.
        running : sequence of (int, float)
            Candidate and elapsed seconds of each cell that runs.
        workers : int
            Cells at the same time.
        unprepared : sequence of (PreparedKey, float), default ()
            What has yet to be prepared, and for how long it has been in work.
        order : sequence of int, default ()
            Candidates of the cells that have not begun, in the order of work. Without it the work
            is thought to be shared out evenly.
        elapsed : float, default 0
            Seconds since the workers stand ready.
        """
        if self._cells.n_known() < min(_FEWEST_LEARNT, self._n_candidates):
            return None
        at_work: dict[int, float] = {}
        for candidate, past in running:
            at_work[candidate] = max(past, at_work.get(candidate, 0.0))
        at_work_seconds = sum(past for _, past in (*running, *unprepared))
        idle = self._idle_seconds(elapsed * workers - at_work_seconds)
        left = self._left(running, unprepared)
        first = [idle + self._of_preparation(key) for key, past in unprepared if past == 0]
        ahead = {
            candidate: idle + self._cells.seconds(candidate, past=at_work.get(candidate, 0.0))
            for candidate, n in waiting.items()
            if n > 0
        }
        if order:
            return _played_through(left, [*first, *(ahead[one] for one in order)], workers)
        total = sum(waiting[candidate] * seconds for candidate, seconds in ahead.items())
        longest = max((*first, *ahead.values(), *left), default=0.0)
        return max((total + sum(first) + sum(left)) / workers, longest)

    def _left(
        self,
        running: Sequence[tuple[int, float]],
        unprepared: Sequence[tuple[PreparedKey, float]],
    ) -> list[float]:
        """Return the seconds that calls in work still need."""
        cells = [self._cells.left(candidate, past) for candidate, past in running]
        preparations = [
            self._preparations.left((key.recipe_id, key.share), past)
            for key, past in unprepared
            if past > 0
        ]
        return cells + preparations

    def _of_preparation(self, key: PreparedKey) -> float:
        return self._preparations.seconds((key.recipe_id, key.share))

    def _idle_seconds(self, ready: float) -> float:
        """Return how long a worker stands idle before a call, which short calls make much of.

        Parameters
        ----------
        ready : float
            Seconds of all workers but for those that running calls have had.
        """
        parts = (self._cells, self._preparations)
        n_calls = sum(part.n_learned for part in parts)
        busy = sum(part.learned_seconds for part in parts)
        idle = ready - busy - self._other_seconds
        if idle <= 0 or not n_calls:
            return 0.0
        # The first calls wait for others; and many workers may have too little to do for a while.
        return min(idle, busy) / (n_calls + _CALLS_OF_THE_START)


def _played_through(left: Sequence[float], ahead: Iterable[float], workers: int) -> float:
    """Return when the last call ends, if each begins as soon as a worker is free.

    Parameters
    ----------
    left : sequence of float
        Seconds that running calls still need.
    ahead : iterable of float
        Seconds of calls to come, in order.
    workers : int
        Calls at the same time.
    """
    free = [*left, *[0.0] * (workers - len(left))]
    heapq.heapify(free)
    for seconds in ahead:
        heapq.heapreplace(free, free[0] + seconds)
    return max(free)


def stands_for(seconds_left: float | None) -> float:
    """Return for how many seconds what was said of the time left may stand while no cell ends.

    Two, and less towards the end, where two would be much; seldom enough not to load the disk.
    """
    return 2.0 if seconds_left is None else min(2.0, max(0.5, 0.2 * seconds_left))


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
