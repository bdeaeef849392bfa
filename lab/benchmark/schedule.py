"""What is prepared and fitted, and in which order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

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


def in_order(works: Iterable[Work], seconds: Callable[[int], float]) -> list[Work]:
    """Return cells in the order of work.

    Split by split, so that every candidate shows a first fold early; the longest first within a
    split, so that no core waits long at the end. Only the shortest of the first split comes before
    all others, so that there is something to see at once.

    Parameters
    ----------
    works : iterable of Work
        In any order.
    seconds : callable (candidate) -> float
        What a cell of a candidate takes.
    """
    ordered = sorted(works, key=lambda work: (work.prepared.split, -seconds(work.cell.candidate)))
    first = [work for work in ordered if work.prepared.split == ordered[0].prepared.split]
    return [*first[-1:], *first[:-1], *ordered[len(first) :]]
