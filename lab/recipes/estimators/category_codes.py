"""Categories as codes for models that know what a category is."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import OneToOneFeatureMixin
from sklearn.utils.validation import _check_feature_names_in

from lab.recipes.estimators.level_codes import Codes, Floats, LevelEncoder


class CategoryCodes(OneToOneFeatureMixin, LevelEncoder):  # type: ignore[misc]
    """Codes 0, 1, 2, ... of the levels of the training rows, in sorted order.

    Missing values and levels not seen in training are NaN. With few levels these are the codes of
    scikit-learn's `OrdinalEncoder`. Its own grouping of rare levels is not used: it takes `None`
    for a level, and codes a column without any value as 0.

    Parameters
    ----------
    most_levels : int, default 255
        Codes that a column may have. Of a column with more levels the most frequent ones keep
        theirs, of equally frequent ones the first in sorted order; the others share the last code.

    Attributes
    ----------
    codes_ : list of ndarray
        The code of each level of each column; the last is that of an unknown level.
    notes_ : tuple of str
        How many levels of which column share a code.

    Examples
    --------
    >>> codes = CategoryCodes().fit(pd.DataFrame({"town": ["Ulm", "Bonn", "Ulm", None]}))
    >>> codes.transform(pd.DataFrame({"town": ["Bonn", "Ulm", "Trier", None]})).ravel()
    array([ 0.,  1., nan, nan])
    """

    def __init__(self, *, most_levels: int = 255) -> None:
        self.most_levels = most_levels

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with a code for each level.

        Parameters
        ----------
        X : DataFrame or array, missing as NaN or None
            Training rows.
        y : ignored
        """
        found = self._learn_codes(self._values(X, reset=True))
        self.codes_, told = [], []
        names = _check_feature_names_in(self, generate_names=True)
        for name, levels, column in zip(names, self.encoder_.categories_, found.T, strict=True):
            counts = np.bincount(column, minlength=len(levels))
            self.codes_.append(self._coded(np.flatnonzero(pd.notna(levels)), counts))
            together = int((self.codes_[-1] == self.most_levels - 1).sum())
            if together > 1:
                told.append(_told(str(name), together))
        self.notes_ = tuple(told)
        return self

    def transform(self, X: Any) -> Floats:
        """Return the code of each value's level, as float64 of the same shape."""
        found = self._codes(X)
        pairs = zip(self.codes_, found.T, strict=True)
        return np.column_stack([codes[column] for codes, column in pairs])

    def _coded(self, levels: Codes, counts: npt.NDArray[np.intp]) -> Floats:
        """Return the code of each number of a level, NaN for those that are none."""
        codes = np.full(len(counts) + 1, np.nan)
        kept = levels
        if len(levels) > self.most_levels:
            frequent = np.argsort(-counts[levels], kind="stable")[: self.most_levels - 1]
            kept = levels[np.sort(frequent)]
            codes[levels] = self.most_levels - 1
        codes[kept] = np.arange(len(kept))
        return codes


def _told(name: str, together: int) -> str:
    return f"native_category: the {together:,} rarest levels of column {name!r} share one code"
