"""scikit-learn's nearest neighbours, sooner found where a tree leaves few rows to look at.

The library measures every distance once rows have more than 15 columns. Rows of real tables mostly
lie close to a few others, however many columns their categories make: a tree passes over nearly
all. Imported only when one of them is built: the library stands on top.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.utils._openmp_helpers import _openmp_effective_n_threads

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

FEWEST_ROWS = 2_000
"""Of the training rows: below, measuring every distance takes no time."""
FEWEST_ASKED = 200
MOST_COLUMNS = 100
LARGEST_SHARE = 0.05
"""Of the training rows that a search looks at: a row costs a tree six times what it costs the
library, and the tree wants building."""
_LEAF = 16
_TRIED = 32
_SMALLEST, _LARGEST = 1e-100, 1e100
"""Of the largest value: squares of others are rounded in ways of their own."""
_TINY = 1e-290


class QuickNeighbours:
    """Neighbours that a tree finds, with the library's answers.

    Where two rows are as near as one another, but for what rounding makes of their distances, the
    library decides which of them counts; it is asked for those rows. With several threads its
    decision depends on what else it is asked, so that then it is asked for all.
    """

    def _found(self, X: Any, *, in_order: bool) -> tuple[Ints, Bools] | None:
        """Return the neighbours of each row, nearest first, and for which rows they are certain.

        None when the library had better do it. With ``in_order``, it is certain also which of them
        is nearer.
        """
        own: Any = self
        if not _may_help(own, X):
            return None
        tree = cKDTree(own._fit_X, leafsize=_LEAF, balanced_tree=False)
        if _share_looked_at(own, tree, X[:: len(X) // _TRIED]) > LARGEST_SHARE:
            return None
        distances, found = tree.query(X, k=own.n_neighbors + 1)
        steps = np.diff(np.square(distances), axis=1)
        lengths = 2 * np.linalg.norm(X, axis=1) + distances[:, -1]
        rounding = 8 * (X.shape[1] + 3) * np.finfo(np.float64).eps * np.square(lengths)
        near = steps <= rounding[:, np.newaxis] + _TINY
        certain = ~(near.any(axis=1) if in_order else near[:, -1])
        return found[:, :-1].astype(np.intp, copy=False), certain


def _may_help(own: Any, X: Any) -> bool:
    """Return whether these rows are such that the library would measure every distance."""
    if getattr(own, "_fit_method", "") != "brute" or own._y.ndim != 1:
        return False
    known, is_plain = own._fit_X, own.weights == "uniform" and own.effective_metric_ == "euclidean"
    if not is_plain or not all(isinstance(each, np.ndarray) for each in (known, X)):
        return False
    if X.ndim != 2 or X.shape[1] != known.shape[1] or not X.dtype == known.dtype == np.float64:
        return False
    is_large = len(X) >= FEWEST_ASKED and len(known) >= max(FEWEST_ROWS, own.n_neighbors + 2)
    if not is_large or X.shape[1] > MOST_COLUMNS or _openmp_effective_n_threads() > 1:
        return False
    ends = [abs(float(end)) for part in (X, known) for end in (part.min(), part.max())]
    return _SMALLEST < max(ends) < _LARGEST and not np.isnan(ends).any()


def _share_looked_at(own: Any, tree: cKDTree, X: Floats) -> float:
    """Return the share of the training rows that a search for some rows' neighbours looks at.

    Those in boxes that are nearer than the last neighbour; rows that follow each other in the tree
    share a box.
    """
    farthest = own.kneighbors(X)[0][:, -1]
    whole = len(tree.indices) // _LEAF * _LEAF
    boxes = own._fit_X[tree.indices[:whole]].reshape(-1, _LEAF, X.shape[1])
    low, high = boxes.min(axis=1), boxes.max(axis=1)
    is_near = [
        np.square(np.maximum(np.maximum(low - row, row - high), 0)).sum(axis=1) <= distance**2
        for row, distance in zip(X, farthest, strict=True)
    ]
    return float(np.mean(is_near))


class QuickKNeighborsClassifier(QuickNeighbours, KNeighborsClassifier):  # type: ignore[misc]
    """The library's classifier, sooner done."""

    def predict_proba(self, X: Any) -> Any:
        """Return the share of each class among the neighbours, shape (n, n_classes)."""
        made = self._found(X, in_order=False)
        if made is None:
            return super().predict_proba(X)
        found, certain = made
        n_classes = len(self.classes_)
        places = self._y[found] + n_classes * np.arange(len(X))[:, np.newaxis]
        votes = np.bincount(places.ravel(), minlength=n_classes * len(X))
        shares = votes.reshape(len(X), n_classes) / self.n_neighbors
        if not certain.all():
            shares[~certain] = super().predict_proba(X[~certain])
        return shares


class QuickKNeighborsRegressor(QuickNeighbours, KNeighborsRegressor):  # type: ignore[misc]
    """The library's regressor, sooner done."""

    def predict(self, X: Any) -> Any:
        """Return the mean of the neighbours' values, shape (n,)."""
        made = self._found(X, in_order=True)
        if made is None:
            return super().predict(X)
        found, certain = made
        values = np.mean(self._y[found], axis=1)
        if not certain.all():
            values[~certain] = super().predict(X[~certain])
        return values
