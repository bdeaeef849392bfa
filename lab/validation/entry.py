"""What a line of the catalogue of splitters says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lab.base import Param, Problem, Value
from lab.validation.split import Positions


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows:
    """What a splitter may look at.

    Parameters
    ----------
    n : int
        Number of rows.
    classes : ndarray of int64 or None
        Class codes; None for regression.
    groups, times : ndarray of shape (n,) or None
        Values of the group and of the time column when the data set has them.
    labels : tuple of str, default ()
        Names of the classes in the order of their codes, for messages.
    """

    n: int
    classes: Positions | None = None
    groups: Any = None
    times: Any = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Obstacle(Problem):
    """A reason why rows cannot be divided in the chosen way, with the next step.

    Parameters
    ----------
    hint : str
        What to change.
    """

    hint: str


Divide = Callable[[Rows, Mapping[str, Value], int], Iterator[tuple[Positions, Positions]]]
"""Rows, settings and seed in; pairs of training and test positions out, one a fold."""

Check = Callable[[Rows, Mapping[str, Value]], Iterator[Obstacle]]
"""Rows and settings in; everything that stands in the way out."""

Ratio = Callable[[Mapping[str, Value]], float]
"""Settings in; rows tested for each row learned from out."""


@dataclass(frozen=True, kw_only=True)
class SplitterEntry:
    """One way to divide rows.

    Parameters
    ----------
    key, title, summary, use_when : str
        Name for files and commands, for people, what it does, when to use it and when not.
    divide : Divide
        The division itself.
    check : Check
        What stands in its way; called only when the data set has what `needs` names.
    rows_tested_per_learned : Ratio
        Rows tested for each row learned from, in a typical fold, for corrected variances.
    needs : {"", "classes", "groups", "times"}
        What the data set must have for it.
    can_repeat : bool, default True
        Whether another seed gives another division.
    params : tuple of Param
        Its settings.
    version : int, default 1
        Raised when it divides rows in another way than before.
    """

    key: str
    title: str
    summary: str
    use_when: str
    divide: Divide
    check: Check
    rows_tested_per_learned: Ratio
    needs: Literal["", "classes", "groups", "times"] = ""
    can_repeat: bool = True
    params: tuple[Param, ...] = ()
    version: int = 1
