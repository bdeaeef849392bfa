"""What a line of the catalogue of metrics says."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lab.base import Param, Task
from lab.metrics.ranking import Floats, Ranking, rank_rows

Array = npt.NDArray[Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class Answers:
    """What a metric may look at, for one set of rows.

    What several metrics need, the confusion matrix and the rows in the order of their scores, is
    computed once and kept.

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

    @cached_property
    def n_classes(self) -> int:
        """Number of classes: the columns of the scores, or the highest code plus one."""
        if self.scores is not None:
            return int(self.scores.shape[1])
        return int(max(self.truth.max(), self.predicted.max())) + 1

    @cached_property
    def confusion(self) -> Floats:
        """Sum of weights by true class (row) and predicted class (column)."""
        pairs = self.truth * self.n_classes + self.predicted
        counts = np.bincount(pairs, weights=self.weight, minlength=self.n_classes**2)
        return counts.astype(np.float64).reshape(self.n_classes, self.n_classes)

    @cached_property
    def present(self) -> npt.NDArray[np.bool_]:
        """Whether each class occurs among the truth or the predictions, whatever its weight."""
        found = np.zeros(self.n_classes, dtype=bool)
        found[self.truth] = True
        found[self.predicted] = True
        return found

    @cached_property
    def rankings(self) -> tuple[Ranking, ...]:
        """For each class the rows in the order of its score; for two classes only the second."""
        if self.scores is None:
            return ()
        codes = (1,) if self.n_classes == 2 else range(self.n_classes)
        return tuple(
            rank_rows(self.truth == code, self.scores[:, code], self.weight) for code in codes
        )


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
