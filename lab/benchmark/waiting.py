"""The cells that wait, in the order of work; what is next is found at once in any number."""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable

from lab.benchmark.schedule import PreparedKey, Work


class WaitingCells:
    """Cells that have not begun.

    A cell can begin once its split is prepared. Each prepared split is asked for when the first
    of its cells is next.

    Parameters
    ----------
    works : iterable of Work
        In the order of work.
    """

    def __init__(self, works: Iterable[Work]) -> None:
        self.per_candidate: Counter[int] = Counter()
        self._blocked: dict[PreparedKey, list[tuple[int, Work]]] = {}
        for place, work in enumerate(works):
            self._blocked.setdefault(work.prepared, []).append((place, work))
            self.per_candidate[work.cell.candidate] += 1
        self._unasked = dict.fromkeys(self._blocked)  # by the place of their first cell
        self._ready: list[tuple[int, Work]] = []

    def __len__(self) -> int:
        """Return the number of cells that wait."""
        return self.per_candidate.total()

    def copy(self) -> "WaitingCells":
        """Return the same cells in the same state."""
        made = WaitingCells(())
        made.per_candidate = self.per_candidate.copy()
        made._blocked, made._unasked = self._blocked.copy(), self._unasked.copy()
        made._ready = self._ready.copy()
        return made

    def first(self) -> Work | None:
        """Return the first cell that can begin, or whose split can be prepared; None for none."""
        first = [self._ready[0]] if self._ready else []
        if (key := next(iter(self._unasked), None)) is not None:
            first.append(self._blocked[key][0])
        return min(first)[1] if first else None

    def is_ready(self, work: Work) -> bool:
        """Return whether a cell that waits can begin, its split being prepared."""
        return work.prepared not in self._blocked

    def ask(self, key: PreparedKey) -> None:
        """Note that a split is being prepared."""
        del self._unasked[key]

    def admit(self, key: PreparedKey) -> None:
        """Let the cells begin whose split is prepared."""
        for place in self._blocked.pop(key, ()):
            heapq.heappush(self._ready, place)

    def take(self, work: Work) -> None:
        """Take away the cell that `first` told, since it begins."""
        _, taken = heapq.heappop(self._ready)
        if taken is not work:
            raise AssertionError("only the first cell that is ready can begin")
        self.per_candidate[work.cell.candidate] -= 1

    def drop(self, is_dropped: Callable[[Work], bool]) -> list[Work]:
        """Take away all cells of which something holds, and return them."""
        dropped = [item for item in self._all() if is_dropped(item[1])]
        gone = {place for place, _ in dropped}
        self._ready = [item for item in self._ready if item[0] not in gone]
        heapq.heapify(self._ready)
        for key, items in list(self._blocked.items()):
            self._blocked[key] = [item for item in items if item[0] not in gone]
            if not self._blocked[key]:
                del self._blocked[key]
                self._unasked.pop(key, None)
        works = [work for _, work in sorted(dropped, key=lambda item: item[0])]
        self.per_candidate.subtract(work.cell.candidate for work in works)
        return works

    def _all(self) -> list[tuple[int, Work]]:
        return [*self._ready, *(item for items in self._blocked.values() for item in items)]
