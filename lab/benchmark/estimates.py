"""How long a run will take."""

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count

from lab.benchmark.durations import Guesses
from lab.benchmark.pace import Pace
from lab.benchmark.schedule import PreparedKey
from lab.benchmark.waiting import WaitingCells

_FEWEST_LEARNT = 2
"""Candidates of which something must be known before we dare to say what is left."""

_CALLS_OF_THE_START = 4

_MANY = 200
"""Cells that wait; of more, the order hardly matters for how long they take in all."""


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
        queue: WaitingCells | None = None,
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
        queue : WaitingCells, optional
            The cells that have not begun. The end of a run is played through as it will be worked
            on; without it, and while many wait, work is thought to be shared out evenly.
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
        cells = [self._cells.left(candidate, past) for candidate, past in running]
        preparing = {
            key: self._preparations.left((key.recipe_id, key.share), past)
            for key, past in unprepared
            if past > 0
        }
        ahead = {
            candidate: idle + self._cells.seconds(candidate, past=at_work.get(candidate, 0.0))
            for candidate, n in waiting.items()
            if n > 0
        }

        def first(key: PreparedKey) -> float:
            return idle + self._preparations.seconds((key.recipe_id, key.share))

        if queue is not None and len(queue) <= _MANY:
            return _played_through(queue.copy(), cells, preparing, ahead, first, workers)
        left = [*cells, *preparing.values()]
        to_prepare = [first(key) for key, past in unprepared if past == 0]
        total = sum(waiting[candidate] * seconds for candidate, seconds in ahead.items())
        longest = max((*to_prepare, *ahead.values(), *left), default=0.0)
        return max((total + sum(to_prepare) + sum(left)) / workers, longest)

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


def _played_through(
    queue: WaitingCells,
    cells: Iterable[float],
    preparing: Mapping[PreparedKey, float],
    cell_seconds: Mapping[int, float],
    preparation_seconds: Callable[[PreparedKey], float],
    workers: int,
) -> float:
    """Return when the last call ends, if each begins as the runner begins it.

    Parameters
    ----------
    queue : WaitingCells
        What has not begun; emptied here.
    cells : iterable of float
        Seconds that cells in work still need.
    preparing : mapping of PreparedKey to float
        The same of preparations.
    cell_seconds : mapping of int to float
        Seconds of a cell that waits, by candidate.
    preparation_seconds : callable (PreparedKey) -> float
        Those of a preparation that has not begun.
    workers : int
        Calls at the same time.
    """
    number = count()
    running: list[tuple[float, int, PreparedKey | None]] = [
        *((left, next(number), None) for left in cells),
        *((left, next(number), key) for key, left in preparing.items()),
    ]
    heapq.heapify(running)
    now = 0.0
    while True:
        while len(running) < workers and (work := queue.first()) is not None:
            if queue.is_ready(work):
                queue.take(work)
                end, prepared = now + cell_seconds[work.cell.candidate], None
            else:
                queue.ask(work.prepared)
                end, prepared = now + preparation_seconds(work.prepared), work.prepared
            heapq.heappush(running, (end, next(number), prepared))
        if not running:
            return now
        now, _, ended = heapq.heappop(running)
        if ended is not None:
            queue.admit(ended)


def stands_for(seconds_left: float | None) -> float:
    """Return for how many seconds what was said of the time left may stand while no cell ends.

    Two, and less towards the end, where two would be much; seldom enough not to load the disk.
    """
    return 2.0 if seconds_left is None else min(2.0, max(0.5, 0.2 * seconds_left))
