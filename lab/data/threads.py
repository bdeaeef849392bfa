"""The same work on several columns or pieces at once, where it does not hold the interpreter."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_MAX_THREADS = 4


def n_threads() -> int:
    """Return the number of threads worth starting: the processors of this process, at most 4."""
    known = hasattr(os, "sched_getaffinity")
    return min(_MAX_THREADS, len(os.sched_getaffinity(0)) if known else os.cpu_count() or 1)


def in_turn(
    work: Callable[[T], R], items: Iterable[T], *, parallel: bool = True, ahead: int | None = None
) -> Iterator[R]:
    """Return the results in the order of the items.

    Only a few items are held at a time: as many as there are threads, or `ahead`, beyond the one
    that is waited for.
    """
    threads = n_threads() if parallel else 1
    ahead = threads if ahead is None else ahead
    if threads == 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[R]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
