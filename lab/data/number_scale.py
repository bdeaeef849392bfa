"""Numbers in a scale whose squares can be computed, for measures that do not depend on it."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_LARGE = 1e30


def in_reach(values: Floats) -> Floats:
    """Return numbers, divided by the largest of them where their squares would be infinite.

    Examples
    --------
    >>> in_reach(np.array([1e300, 2e300])).tolist(), in_reach(np.array([1.0, 2.0])).tolist()
    ([0.5, 1.0], [1.0, 2.0])
    """
    largest = float(np.abs(values[~np.isnan(values)]).max(initial=0.0))
    return values / largest if largest > _LARGE else values
