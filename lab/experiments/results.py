"""What a cell leaves behind: predictions, scores, costs, or the reason why there are none."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from lab.base import LabError
from lab.experiments.cells import Cell


class CellState(StrEnum):
    """Where a cell stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens to the cell in this run."""
        return self not in {CellState.WAITING, CellState.RUNNING}

    @property
    def is_finished(self) -> bool:
        """Whether something came of the cell, and be it a failure."""
        return self.is_final and self is not CellState.CANCELLED


ALLOWED_MOVES: dict[CellState, frozenset[CellState]] = {
    CellState.WAITING: frozenset(set(CellState) - {CellState.WAITING, CellState.DONE}),
    CellState.RUNNING: frozenset(set(CellState) - {CellState.RUNNING}),
    CellState.DONE: frozenset(),
    CellState.FAILED: frozenset({CellState.WAITING}),
    CellState.TIMED_OUT: frozenset({CellState.WAITING}),
    CellState.CANCELLED: frozenset({CellState.WAITING}),
    CellState.SKIPPED: frozenset({CellState.WAITING}),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Outputs:
    """A fitted model's answers on some rows.

    Parameters
    ----------
    rows : ndarray of int64, shape (n,)
        Positions in the data set.
    truth : ndarray, shape (n,)
        Class codes (int64) or target values (float64).
    predicted : ndarray, shape (n,)
        Class codes (int64) or predicted values (float64).
    scores : ndarray of float64, shape (n, n_classes), or None
        A column a class: probabilities, or decision values when `are_probabilities` is False
        (a binary decision value d stands as -d and d). None for regression.
    are_probabilities : bool
        Whether the scores are probabilities that sum to 1 in each row.
    weight : ndarray of float64, shape (n,), or None
        Row weights when the data set has them.
    """

    rows: npt.NDArray[np.int64]
    truth: npt.NDArray[np.generic]
    predicted: npt.NDArray[np.generic]
    scores: npt.NDArray[np.float64] | None = None
    are_probabilities: bool = False
    weight: npt.NDArray[np.float64] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Predictions:
    """Answers on the test rows, and on training rows (all, or a sample) for the gap."""

    test: Outputs
    train: Outputs


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Why a cell has no result.

    Parameters
    ----------
    kind : str
        ``error``, ``timeout``, ``memory``, ``crash``, ``bad_predictions``, ``recipe`` or
        ``race`` (it was not run, since its candidate was ruled out).
    message : str
        In plain words, with the next step where there is one.
    trace : str, default ""
        Last lines of the traceback.
    """

    kind: str
    message: str
    trace: str = ""


@dataclass(frozen=True, kw_only=True)
class FoldResult:
    """The outcome of one cell.

    Parameters
    ----------
    state : CellState
        Final: done, failed, timed out, cancelled or skipped.
    test_scores, train_scores : dict of str to float or None
        By metric key; None where the metric is not defined for these predictions.
    prepare_seconds, fit_seconds, predict_seconds : float
        CPU-near wall times of the recipe's fit (as measured where it was fitted, which may be a
        cell that shares it), the model's fit, and prediction of the test rows.
    peak_mb : float
        Peak memory of the cell's process.
    n_train, n_test : int
        Rows learned from (after resampling) and judged on.
    n_features : int
        Columns that reached the model.
    warnings : tuple of str
        Distinct warnings of the fit, in plain words, at most five.
    failure : Failure or None
        Given if and only if the state is not done.
    """

    state: CellState
    test_scores: dict[str, float | None] = field(default_factory=dict)
    train_scores: dict[str, float | None] = field(default_factory=dict)
    prepare_seconds: float = 0.0
    fit_seconds: float = 0.0
    predict_seconds: float = 0.0
    peak_mb: float = 0.0
    n_train: int = 0
    n_test: int = 0
    n_features: int = 0
    warnings: tuple[str, ...] = ()
    failure: Failure | None = None

    def __post_init__(self) -> None:
        """Check that a failure is given exactly when there is no result."""
        if (self.state is CellState.DONE) == (self.failure is not None):
            raise LabError(f"a {self.state} cell must say why if and only if it is not done")
        if not self.state.is_final:
            raise LabError(f"a result cannot be {self.state}")


@dataclass(frozen=True, kw_only=True)
class CellRecord:
    """A cell of an experiment with where it stands.

    Parameters
    ----------
    cell : Cell
        The cell.
    state : CellState
        Where it stands.
    result : FoldResult or None
        Given once the state is done, failed or timed out.
    """

    cell: Cell
    state: CellState
    result: FoldResult | None = None
