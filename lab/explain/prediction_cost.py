"""How long a prediction takes, roughly: it decides how many rows an explanation can afford.

Guessed from the fitted model rather than measured, so that the sample, and with it the
explanation, is the same on a busy machine.
"""

from typing import Any

SECONDS_A_NEIGHBOUR = 5e-9
SECONDS_A_SUPPORT_VECTOR = 4e-8
USUAL_SECONDS = 1e-5
"""Seconds on one core, as measured with 50 columns."""


def prediction_seconds(model: Any) -> float:
    """Return the rough seconds that a fitted model needs to predict one row.

    Models that keep training rows, as nearest neighbours and support vectors do, compare a row
    with each of them.
    """
    inner = getattr(model, "regressor_", model)
    if hasattr(inner, "n_samples_fit_"):
        return USUAL_SECONDS + SECONDS_A_NEIGHBOUR * int(inner.n_samples_fit_)
    if hasattr(inner, "support_"):
        return USUAL_SECONDS + SECONDS_A_SUPPORT_VECTOR * len(inner.support_)
    return USUAL_SECONDS
