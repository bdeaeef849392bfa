"""Whether what a model answers are predictions at all."""

import numpy as np
import numpy.typing as npt

from lab.base import LabError
from lab.experiments import Outputs

_PROBABILITY_TOLERANCE = 1e-4


class PredictionError(LabError):
    """A model's answers are none: too few, not finite, or probabilities that cannot be."""


def check_outputs(outputs: Outputs, *, n_classes: int, hint: str) -> None:
    """Raise `PredictionError` when answers are no proper predictions.

    Parameters
    ----------
    outputs : Outputs
        What a model answered.
    n_classes : int
        Classes that each row must have a score of; 0 for numbers.
    hint : str
        What to do about answers that are not finite.
    """
    n_rows, predicted, scores = len(outputs.rows), outputs.predicted, outputs.scores
    if predicted.shape != (n_rows,):
        raise PredictionError(f"it gave answers of shape {predicted.shape} for {n_rows:,} rows")
    if n_classes and (scores is None or scores.shape != (n_rows, n_classes)):
        found = "no scores" if scores is None else f"scores of shape {scores.shape}"
        raise PredictionError(f"it gave {found} for {n_rows:,} rows and {n_classes} classes")
    for values in (predicted, scores):
        if values is not None and not np.isfinite(values).all():
            raise PredictionError(
                "some of its predictions are not finite numbers",
                hint=hint,
            )
    if outputs.are_probabilities and scores is not None:
        _check_probabilities(scores)


def _check_probabilities(scores: npt.NDArray[np.float64]) -> None:
    if scores.min(initial=0.0) < -_PROBABILITY_TOLERANCE:
        raise PredictionError("some of its class probabilities are negative")
    if np.abs(scores.sum(axis=1) - 1.0).max(initial=0.0) > _PROBABILITY_TOLERANCE:
        raise PredictionError("its class probabilities do not sum to 1")
