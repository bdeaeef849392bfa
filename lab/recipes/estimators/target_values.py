"""Functions on the numbers to predict."""

from typing import Any

import numpy as np

from lab.base import LabError


def log1p(values: Any) -> Any:
    """Return log(1 + value) of each training target.

    Raises
    ------
    LabError
        When a value is -1 or less: it has no logarithm.

    Examples
    --------
    >>> log1p(np.array([0.0, np.e - 1]))
    array([0., 1.])
    """
    smallest = float(np.asarray(values, dtype=np.float64).min())
    if smallest <= -1:
        raise LabError(too_small(smallest), hint=REMEDY)
    return np.log1p(values)


REMEDY = "Take yeo_johnson_target instead, or shift the target."


def too_small(smallest: float) -> str:
    """Return in words that a target has values without a logarithm."""
    return f"log_target takes targets above -1, the smallest is {smallest:.6g}"
