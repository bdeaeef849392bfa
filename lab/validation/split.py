"""One division of the rows into those to learn from and those to be judged on."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Split:
    """Training and test rows of one fold of one repeat.

    Parameters
    ----------
    repeat, fold : int
        Counted from 0.
    train, test : ndarray of int64
        Positions in the data set (0 to n - 1), sorted, disjoint, not empty.
    """

    repeat: int
    fold: int
    train: Positions
    test: Positions
