"""What a line of the catalogue of metrics says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lab.base import Param, Task

Array = npt.NDArray[Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class Answers:
    """What a metric may look at, for one set of rows.

    Parameters
    ----------
    truth : ndarray, shape (n,)
        Class codes 0 to n_classes - 1 (int64), or target values.
    predicted : ndarray, shape (n,)
        Class codes, or predicted values.
    scores : ndarray of float64, shape (n, n_classes), or None
        Probabilities or decision values by class; None for regression.
    are_probabilities : bool
        Whether the scores are probabilities.
    weight : ndarray of float64, shape (n,), or None
        Row weights.
    """

    truth: Array
    predicted: Array
    scores: npt.NDArray[np.float64] | None = None
    are_probabilities: bool = False
    weight: npt.NDArray[np.float64] | None = None


@dataclass(frozen=True, kw_only=True)
class MetricEntry:
    """One way to judge predictions.

    Parameters
    ----------
    key, title : str
        Name for files and commands, and for people.
    summary : str
        What it measures, its range, and when it misleads, in one line.
    tasks : frozenset of Task
        The tasks that it judges.
    needs : {"predicted", "scores", "probabilities"}
        What it looks at; it is not defined for a model that does not give that.
    greater_is_better : bool
        Its direction.
    score : callable (Answers, Task) -> float
        The value; NaN when it is not defined for these rows.
    best : float
        The value of a perfect model.
    lowest, highest : float
        Bounds of its range (may be infinite).
    """

    key: str
    title: str
    summary: str
    tasks: frozenset[Task]
    needs: Literal["predicted", "scores", "probabilities"]
    greater_is_better: bool
    score: Callable[[Answers, Task], float]
    best: float
    lowest: float
    highest: float
    params: tuple[Param, ...] = ()
