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
    computed once and kept. A metric that sums over the last axis of the weights judges many
    resamples of the same rows in one go.

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
    weight : ndarray of float64, shape (n,) or (draws, n), or None
        Row weights; several lines of them for several resamples.
    """

    truth: Array
    predicted: Array
    scores: Floats | None = None
    are_probabilities: bool = False
    weight: Floats | None = None

    @cached_property
    def weights(self) -> Floats:
        """Row weights, ones when none were given; shape (n,) or (draws, n)."""
        return np.ones(len(self.truth)) if self.weight is None else self.weight

    def mean(self, values: Array) -> Floats:
        """Return the weighted mean of a value a row; shape () or (draws,)."""
        mean: Floats = np.asarray(self.weights @ values / self.weights.sum(axis=-1))
        return mean

    @cached_property
    def n_classes(self) -> int:
        """Number of classes: the columns of the scores, or the highest code plus one."""
        if self.scores is not None:
            return int(self.scores.shape[1])
        return max(2, int(max(self.truth.max(), self.predicted.max())) + 1)

    @cached_property
    def confusion(self) -> Floats:
        """Sum of weights by true and predicted class; shape (..., n_classes, n_classes)."""
        pairs = self.truth * self.n_classes + self.predicted
        cells = self.n_classes**2
        lines = np.atleast_2d(self.weights)
        sums = np.array([np.bincount(pairs, weights=line, minlength=cells) for line in lines])
        shape = (*self.weights.shape[:-1], self.n_classes, self.n_classes)
        return sums.astype(np.float64).reshape(shape)

    @cached_property
    def hits(self) -> Floats:
        """Diagonal of the confusion matrix; shape (..., n_classes)."""
        return np.diagonal(self.confusion, axis1=-2, axis2=-1)

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
            rank_rows(self.truth == code, self.scores[:, code], self.weights) for code in codes
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
    score : callable (Answers, Task) -> ndarray of float64
        The value, one for each line of weights; NaN where it is not defined for these rows.
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
    score: Callable[[Answers, Task], Floats]
    best: float
    lowest: float
    highest: float
    params: tuple[Param, ...] = ()
