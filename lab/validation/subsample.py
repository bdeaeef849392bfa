"""A share of the rows to learn from, such that smaller shares lie within larger ones."""

import numpy as np
import numpy.typing as npt

from lab.base import LabError
from lab.validation.catalogue import SPLITTERS
from lab.validation.entry import Rows
from lab.validation.plan import ValidationPlan
from lab.validation.split import Positions

_HINT = "Choose a larger share of the rows."


def subsample(
    train: Positions, rows: Rows, share: float, *, plan: ValidationPlan, seed: int
) -> Positions:
    """Return a share of the rows of a training part, sorted.

    All shares are beginnings of one order of the rows, so a smaller share lies within a larger
    one: with a time-ordered plan the latest rows come first; with groups, whole groups in a drawn
    order until there are enough rows; otherwise rows in a drawn order, in which classes keep their
    shares and each has its first row early.

    Parameters
    ----------
    train : ndarray of int64
        Positions of the training part.
    rows : Rows
        All rows of the data set.
    share : float
        Above 0, up to 1.
    plan : ValidationPlan
        What divided the rows.
    seed : int
        Of the order.

    Raises
    ------
    LabError
        When so few rows cannot be learned from.
    """
    if share == 1:
        return train
    wanted = max(1, round(share * len(train)))
    if SPLITTERS[plan.splitter.key].needs == "times":
        chosen = train[_latest_first(np.asarray(rows.times)[train])[:wanted]]
    elif rows.groups is not None:
        chosen = train[_whole_groups(np.asarray(rows.groups)[train], wanted, seed)]
    else:
        classes = None if rows.classes is None else rows.classes[train]
        chosen = train[_drawn_order(len(train), classes, seed)[:wanted]]
    _check(chosen, train, rows, share)
    return np.sort(chosen)


def _latest_first(times: npt.NDArray[np.generic]) -> Positions:
    order: Positions = np.argsort(times, kind="stable")[::-1]
    return order


def _whole_groups(groups: npt.NDArray[np.generic], wanted: int, seed: int) -> Positions:
    """Return positions of the rows of the first groups that together hold the wanted rows."""
    names, codes = np.unique(groups, return_inverse=True)
    order = np.random.default_rng(seed).permutation(len(names))
    held = np.cumsum(np.bincount(codes)[order])
    n_groups = int(np.searchsorted(held, wanted)) + 1
    return np.flatnonzero(np.isin(codes, order[:n_groups]))


def _drawn_order(n: int, classes: Positions | None, seed: int) -> Positions:
    drawn: Positions = np.random.default_rng(seed).permutation(n)
    if classes is None:
        return drawn
    ranks = np.empty(n)
    for code in np.unique(classes):
        own = drawn[classes[drawn] == code]
        ranks[own] = np.arange(len(own)) / len(own)
    return drawn[np.argsort(ranks[drawn], kind="stable")]


def _check(chosen: Positions, train: Positions, rows: Rows, share: float) -> None:
    found = f"{100 * share:.3g} % of the training rows are {len(chosen):,}"
    if len(chosen) < 2:
        raise LabError(f"{found}, too few to learn from", hint=_HINT)
    if rows.classes is None:
        return
    lost = np.setdiff1d(rows.classes[train], rows.classes[chosen])
    if lost.size:
        name = rows.labels[lost[0]] if rows.labels else str(lost[0])
        more = f" and {lost.size - 1} more classes" if lost.size > 1 else ""
        raise LabError(f"{found}, and none of them is of class {name!r}{more}", hint=_HINT)
