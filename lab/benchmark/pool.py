"""The executor on this machine: several isolated calls at the same time."""

import time
from collections.abc import Hashable
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.context import BaseContext
from typing import Any

from lab.benchmark.executor import Ended
from lab.benchmark.isolated import Call, Child


@dataclass(frozen=True, kw_only=True)
class _Running:
    child: Child
    call: Call
    args: tuple[Any, ...]
    started: float
    is_retry: bool = False


class Pool:
    """Calls that run side by side, each in a child of its own.

    Parameters
    ----------
    context : BaseContext
        From `child_context`.
    workers : int
        Calls at the same time.
    seconds, memory_mb : float, int
        Limits of each call.
    """

    def __init__(
        self, context: BaseContext, *, workers: int, seconds: float, memory_mb: int
    ) -> None:
        self._context = context
        self._limits = {"seconds": seconds, "memory_mb": memory_mb}
        self._running: dict[Hashable, _Running] = {}
        self.workers = workers

    def __len__(self) -> int:
        """Return the number of running calls."""
        return len(self._running)

    @property
    def has_room(self) -> bool:
        """Whether another call may start."""
        return len(self._running) < self.workers

    def elapsed(self) -> dict[Hashable, float]:
        """Return how long each running call has been running, in seconds."""
        now = time.monotonic()
        return {key: now - running.started for key, running in self._running.items()}

    def start(self, key: Hashable, call: Call, args: tuple[Any, ...]) -> None:
        """Start a call under a name."""
        self._start(key, call, args, is_retry=False)

    def wait(self, timeout: float) -> list[Ended]:
        """Wait until a call ends or the seconds are over; return those that have ended."""
        watched = [item for run in self._running.values() for item in run.child.waitables]
        connection.wait(watched, timeout=timeout)
        ended = []
        for key, running in list(self._running.items()):
            outcome = running.child.outcome()
            if outcome is None:
                continue
            del self._running[key]
            if outcome.failure and outcome.failure.kind == "crash" and not running.is_retry:
                self._start(key, running.call, running.args, is_retry=True)
                continue
            seconds = time.monotonic() - running.started
            ended.append(Ended(key=key, outcome=outcome, seconds=seconds))
        return ended

    def kill(self) -> None:
        """End all running calls at once."""
        for running in self._running.values():
            running.child.kill()
        self._running.clear()

    def _start(self, key: Hashable, call: Call, args: tuple[Any, ...], *, is_retry: bool) -> None:
        child = Child(self._context, call, args, **self._limits)  # type: ignore[arg-type]
        self._running[key] = _Running(
            child=child, call=call, args=args, started=time.monotonic(), is_retry=is_retry
        )
