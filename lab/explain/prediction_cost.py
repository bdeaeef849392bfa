"""How long a prediction takes, roughly: it decides how many rows an explanation can afford.

Guessed from the fitted model rather than measured, so that the sample, and with it the
explanation, is the same on a busy machine.
"""

from typing import Any

SECONDS_A_NEIGHBOUR = 5e-11
SECONDS_A_SUPPORT_VECTOR = 4e-10
"""For each training row that is compared with, and each column plus 50."""
SECONDS_A_TREE = 5e-7
USUAL_SECONDS = 1e-5
"""Seconds on one core, as measured."""


def prediction_seconds(model: Any) -> float:
    """Return the rough seconds that a fitted model needs to predict one row.

    Models that keep training rows, as nearest neighbours and support vectors do, compare a row
    with each of them.
    """
    inner = model
    while hasattr(inner, "regressor_"):
        inner = inner.regressor_
    width = 50 + int(getattr(inner, "n_features_in_", 0))
    if hasattr(inner, "n_samples_fit_"):
        return USUAL_SECONDS + SECONDS_A_NEIGHBOUR * width * int(inner.n_samples_fit_)
    if hasattr(inner, "support_"):
        return USUAL_SECONDS + SECONDS_A_SUPPORT_VECTOR * width * len(inner.support_)
    if isinstance(getattr(inner, "estimators_", None), list):
        return USUAL_SECONDS + SECONDS_A_TREE * len(inner.estimators_)
    return USUAL_SECONDS
