"""The seam between the runner and the places where calls are made: this machine, or a cluster."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from lab.benchmark.calls import CellOrder, PrepareOrder
from lab.benchmark.isolated import Call, Outcome

Order = CellOrder | PrepareOrder


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A call that has ended.

    Parameters
    ----------
    key : hashable
        The name it was started under.
    outcome : Outcome
        What became of it.
    seconds : float
        Its wall time.
    """

    key: Hashable
    outcome: Outcome
    seconds: float

    @property
    def found_disk_full(self) -> bool:
        """Whether it failed for want of room, which ends the run: others that ended go first."""
        return self.outcome.failure is not None and self.outcome.failure.kind == "disk"


class Executor(Protocol):
    """Calls that run side by side, each in a child of its own, within limits.

    Wherever it runs them: a crash is tried once more, and what a call leaves in files lies, once
    it has ended, where its order says. A LabError from any method ends the run.
    """

    @property
    def workers(self) -> int:
        """How many calls are made at the same time; may change while it runs."""

    @property
    def has_room(self) -> bool:
        """Whether another call may start."""

    def __len__(self) -> int:
        """Return the number of running calls."""

    def elapsed(self) -> dict[Hashable, float]:
        """Return how long each running call has been running, in seconds."""

    def start(self, key: Hashable, call: Call, args: tuple[Order]) -> None:
        """Start a call under a name."""

    def wait(self, timeout: float) -> list[Ended]:
        """Wait until a call ends or the seconds are over; return those that have ended."""

    def kill(self) -> None:
        """End all running calls at once, and the executor with them."""
