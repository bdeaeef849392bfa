"""Whether a single column says what is to be predicted."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lab.base import ColumnKind, Finding, Severity, Task
from lab.data.check_case import Case, leave_out, shown
from lab.data.content import Content
from lab.data.conversion import as_levels
from lab.data.foretelling import Floats, Ints, foretold_share
from lab.data.levels import Levels
from lab.data.number_scale import in_reach
from lab.data.quick_model import model_share
from lab.data.sampling import rows_of, sample_places

_MAX_ROWS = 10_000
_MAX_COLUMNS = 300
_MAX_MODEL_ROWS = 3_000
_MAX_MODEL_COLUMNS = 100
_FEWEST_ROWS = 30
_GIVES_AWAY = 0.93
_MOST_COMPARED = 3
_STRONG = 0.4
_NEAR = 0.95
_FAR_BELOW = 0.7
_NO_FEATURES = (ColumnKind.TEXT, ColumnKind.IDENTIFIER)


@dataclass(frozen=True, kw_only=True, eq=False)
class Goal:
    """The target in the rows that are looked at.

    Parameters
    ----------
    case : Case
        The table.
    task : Task
        The kind of question.
    places : ndarray of int64
        The rows, all of them with a target.
    wanted : ndarray
        Codes of classes, or numbers.
    """

    case: Case
    task: Task
    places: npt.NDArray[np.int64]
    wanted: Floats | Ints

    def alone(self, name: str) -> float | None:
        """Return how much one column foretells."""
        return foretold_share(rows_of(self.case.content(name), self.places), self.wanted, self.task)

    @cached_property
    def all_together(self) -> float | None:
        """How much a quick model on all columns foretells."""
        return self.together(without="")

    def together(self, *, without: str) -> float | None:
        """Return how much a quick model on all columns but one foretells."""
        few = sample_places(len(self.places), _MAX_MODEL_ROWS)
        names = [name for name in _usable(self.case)[:_MAX_MODEL_COLUMNS] if name != without]
        columns = [rows_of(self.case.content(name), self.places[few]) for name in names]
        return model_share(columns, self.wanted[few], self.task)


def gives_away(case: Case) -> Iterator[Finding]:
    """Find columns that foretell the target nearly alone (D004, D023)."""
    goal = goal_of(case)
    if goal is None:
        return
    shares = {name: share for name in _usable(case)[:_MAX_COLUMNS]
              if (share := goal.alone(name)) is not None}  # fmt: skip
    suspects = [name for name, share in shares.items() if share >= _GIVES_AWAY]
    for place, name in enumerate(suspects):
        told = _compared(goal, name) if place < _MOST_COMPARED else ""
        yield Finding(
            code="D004", severity=Severity.SERIOUS, columns=(name,),
            title="One column gives the target away",
            detail=f"{shown(name)} alone foretells {shares[name]:.0%} of {shown(case.target)} on"
            f" rows that it did not learn from ({len(goal.places):,} rows).{told} If it is known"
            " only after the outcome, ignore it: scores with it mean nothing.",
            actions=(leave_out((name,)),),
        )  # fmt: skip
    if shares and not suspects:
        yield from _carries_all(goal, shares)


def goal_of(case: Case) -> Goal | None:
    """Return the target of a sample of rows, None when there is too little of it to judge by."""
    if case.task is None:
        return None
    content = case.content(case.target)
    known = np.flatnonzero(~content.missing)
    places = known[sample_places(len(known), _MAX_ROWS)]
    wanted = _wanted(rows_of(content, places), case.task)
    if len(places) < _FEWEST_ROWS or len(np.unique(wanted)) < 2:
        return None
    return Goal(case=case, task=case.task, places=places, wanted=wanted)


def _usable(case: Case) -> list[str]:
    return [column.name for column in case.features
            if column.kind not in _NO_FEATURES and column.n_levels > 1]  # fmt: skip


def _compared(goal: Goal, name: str) -> str:
    """Say what a quick model reaches with the column and without it."""
    all_columns, others = goal.all_together, goal.together(without=name)
    if all_columns is None or others is None:
        return ""
    return (
        f" A quick model on all columns foretells {_percent(all_columns)}, without it"
        f" {_percent(others)}."
    )


def _carries_all(goal: Goal, shares: dict[str, float]) -> Iterator[Finding]:
    """Find a column whose score is near that of all columns, far above that of the others."""
    name = max(shares, key=lambda one: shares[one])
    if shares[name] < _STRONG or len(shares) < 2:
        return
    everything = goal.all_together
    if everything is None or shares[name] < _NEAR * everything:
        return
    others = goal.together(without=name)
    if others is None or others > _FAR_BELOW * shares[name]:
        return
    yield Finding(
        code="D023", severity=Severity.WARNING, columns=(name,),
        title="One column carries nearly all of the score",
        detail=f"{shown(name)} alone foretells {_percent(shares[name])} of"
        f" {shown(goal.case.target)}, a quick model on all columns {_percent(everything)}, on all"
        f" others {_percent(others)}. Fine when it is known before the outcome; if it is not,"
        " leave it out.",
        actions=(leave_out((name,)),),
    )  # fmt: skip


def _percent(share: float) -> str:
    return f"{max(0.0, share):.0%}"


def _wanted(goal: Content, task: Task) -> Floats | Ints:
    if task.is_classification:
        return np.unique(as_levels(goal).codes, return_inverse=True)[1].astype(np.int64)
    if isinstance(goal.cells, Levels):
        return as_levels(goal).codes.astype(np.float64)
    return in_reach(goal.cells.astype(np.float64))
