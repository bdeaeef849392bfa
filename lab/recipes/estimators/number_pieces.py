"""Numbers cut into pieces: bins, and splines that bend at knots."""

import warnings
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from sklearn.preprocessing import KBinsDiscretizer, SplineTransformer

from lab.recipes.estimators.per_column import PerNumberColumn

Floats = npt.NDArray[np.float64]


class Bins(PerNumberColumn):
    """scikit-learn's `KBinsDiscretizer` for columns with gaps and for columns of few values.

    Bins without width are left out; a column with one value has one bin. Values outside the
    training range belong to the outer bins.

    Parameters
    ----------
    n_bins : int, default 5
        Most bins of a column.
    strategy : {"quantile", "uniform", "kmeans"}, default "quantile"
        Equally many rows in each bin, equal widths, or groups of near values.
    one_hot : bool, default False
        A 0/1 column for each bin, where a missing value has none; otherwise one column with the
        bin's number, where a missing value stays missing.
    sparse_output : bool, default False
        Whether one-hot columns come out as a sparse matrix.
    random_state : int, optional
        For the start of ``kmeans``.

    Examples
    --------
    >>> ages = np.array([[18.0], [25.0], [40.0], [61.0], [np.nan]])
    >>> bins = Bins(n_bins=2).fit(ages)
    >>> bins.transform(ages).ravel()
    array([ 0.,  0.,  1.,  1., nan])
    """

    def __init__(
        self,
        *,
        n_bins: int = 5,
        strategy: Literal["quantile", "uniform", "kmeans"] = "quantile",
        one_hot: bool = False,
        sparse_output: bool = False,
        random_state: int | None = None,
    ) -> None:
        self.n_bins = n_bins
        self.strategy = strategy
        self.one_hot = one_hot
        self.sparse_output = sparse_output
        self.random_state = random_state

    def _learn(self, column: Floats) -> Floats:
        """Return the edges between the bins."""
        seen = column[~np.isnan(column)]
        values = np.unique(seen)
        if len(values) < 2:
            return np.empty(0)
        binner = KBinsDiscretizer(
            n_bins=max(2, min(self.n_bins, len(values))),
            strategy=self.strategy,
            quantile_method="averaged_inverted_cdf",
            subsample=None,
            random_state=self.random_state,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # bins without width are left out on purpose
            edges = binner.fit(seen[:, None]).bin_edges_[0]
        inner: Floats = edges[1:-1]
        return inner

    def _make(self, learnt: Floats, column: Floats) -> Any:
        from scipy import sparse

        seen = ~np.isnan(column)
        bins = np.searchsorted(learnt, column, side="right")
        if not self.one_hot:
            return np.where(seen, bins, np.nan)[:, None]
        rows = np.flatnonzero(seen)
        shape = (len(column), len(learnt) + 1)
        return sparse.csr_matrix((np.ones(len(rows)), (rows, bins[seen])), shape=shape)

    def _suffixes(self, learnt: Floats) -> list[str]:
        return [f"bin{number}" for number in range(len(learnt) + 1)] if self.one_hot else ["bin"]


class Splines(PerNumberColumn):
    """scikit-learn's `SplineTransformer`, also for columns with gaps or a single value.

    Missing values are zero in all columns; outside the training range the outermost values hold.
    A column with one training value gives one column, 1 where there is a value.

    Parameters
    ----------
    n_knots : int, default 5
        Places where the curve may bend, at quantiles of the training rows.
    degree : int, default 3
        Of the pieces.

    Examples
    --------
    >>> ages = np.array([[18.0], [25.0], [40.0], [61.0]])
    >>> Splines(n_knots=3, degree=1).fit_transform(ages).round(2)
    array([[1.  , 0.  , 0.  ],
           [0.52, 0.48, 0.  ],
           [0.  , 0.74, 0.26],
           [0.  , 0.  , 1.  ]])
    """

    def __init__(self, *, n_knots: int = 5, degree: int = 3) -> None:
        self.n_knots = n_knots
        self.degree = degree

    def _learn(self, column: Floats) -> Any:
        seen = column[~np.isnan(column)]
        if not seen.size or np.ptp(seen) == 0:
            return None
        knots = np.unique(np.quantile(seen, np.linspace(0, 1, max(2, self.n_knots))))
        spline = SplineTransformer(
            knots=knots[:, None],
            degree=self.degree,
            extrapolation="constant",
            handle_missing="zeros",
        )
        return spline.fit(column[:, None])

    def _make(self, learnt: Any, column: Floats) -> Floats:
        if learnt is None:
            return (~np.isnan(column)).astype(np.float64)[:, None]
        made: Floats = learnt.transform(column[:, None])
        return made

    def _suffixes(self, learnt: Any) -> list[str]:
        count = 1 if learnt is None else learnt.n_features_out_
        return [f"spline{number}" for number in range(count)]
