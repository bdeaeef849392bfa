"""Where each candidate stands, and why it has no result."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lab.comparison.score_table import Floats, ScoreTable
from lab.experiments import CellRecord, CellState
from lab.metrics import METRICS

State = Literal["complete", "partial", "waiting", "failed"]
RANKS: dict[str, int] = {"complete": 0, "partial": 1, "waiting": 2, "failed": 3}
"""The order of states in the leaderboard: what is incomplete never stands above what is not."""

_BROKEN = {CellState.FAILED, CellState.TIMED_OUT, CellState.CANCELLED, CellState.SKIPPED}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a candidate has come.

    Parameters
    ----------
    state : {"complete", "partial", "waiting", "failed"}
        All folds done, some done, none done yet, none to come.
    folds_done : int
        Folds with a result.
    is_open : bool
        Whether folds are still to come.
    is_raced : bool
        Whether it was stopped early since it had been ruled out.
    reason : str
        Why folds have no result, or why the primary metric is missing; empty when all is well.
    """

    state: State
    folds_done: int
    is_open: bool
    is_raced: bool
    reason: str

    @property
    def is_broken(self) -> bool:
        """Whether folds are missing and will not come."""
        return self.state != "complete" and not self.is_open


def make_standing(table: ScoreTable, candidate: int, primary: str) -> Standing:
    """Return where one candidate stands.

    Parameters
    ----------
    table : ScoreTable
        All scores.
    candidate : int
        Its position in the experiment.
    primary : str
        Key of the metric that ranks.
    """
    records = table.records[candidate]
    n_folds = len(table.folds)
    n_done = sum(record.state is CellState.DONE for record in records)
    broken = [record for record in records if record.state in _BROKEN]
    is_open = n_done + len(broken) < n_folds
    reason = _failure(broken, n_folds) if broken else ""
    if n_done and not reason:
        reason = _undefined(table.scores(primary)[candidate], n_done, METRICS[primary].title)
    is_raced = not is_open and any(record.state is CellState.SKIPPED for record in records)
    state = _state(n_done, n_folds, is_open=is_open)
    return Standing(
        state=state, folds_done=n_done, is_open=is_open, is_raced=is_raced, reason=reason
    )


def _state(n_done: int, n_folds: int, *, is_open: bool) -> State:
    if n_done == n_folds:
        return "complete"
    if n_done:
        return "partial"
    return "waiting" if is_open else "failed"


def _failure(broken: list[CellRecord], n_folds: int) -> str:
    """Return the commonest message, with the number of folds when others went well or differ."""
    messages = Counter(map(_message, broken))
    message, count = messages.most_common(1)[0]
    if broken[0].state is CellState.SKIPPED and len(messages) == 1:
        return message
    return message if count == n_folds else f"{message} (in {count} of {n_folds} folds)"


def _message(record: CellRecord) -> str:
    failure = record.result.failure if record.result else None
    if failure is not None:
        return failure.message
    return "Cancelled" if record.state is CellState.CANCELLED else "It failed without a message"


def _undefined(scores: Floats, n_done: int, title: str) -> str:
    n_missing = n_done - int(np.isfinite(scores).sum())
    if n_missing == 0:
        return ""
    where = "" if n_missing == n_done else f" in {n_missing} of {n_done} folds"
    return f"{title} is not defined for its predictions{where}"
