"""Estimators that are given training and test rows, and learn from the training rows only.

Inside a pipeline that runs over both, so that one step of it can be made to learn from all.
"""

from collections.abc import Callable
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin, clone

IsWrong = Callable[[str], bool]


class Learned(TransformerMixin, BaseEstimator):  # type: ignore[misc] # no types
    """Learns from the first rows that it is given, and transforms them all.

    The first rows come out as `fit_transform` makes them of training rows, such as encoded within
    folds; the others as `transform` does.

    Parameters
    ----------
    estimator : transformer
        What learns.
    n_rows : int or None
        How many rows it learns from; None for all, which then come out as `transform` makes them.
    """

    def __init__(self, estimator: Any, n_rows: int | None) -> None:
        self.estimator = estimator
        self.n_rows = n_rows

    def fit(self, X: Any, y: Any = None) -> Self:
        """Return itself, having learned from the first rows."""
        self.fit_transform(X, y)
        return self

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """Return all rows, transformed by what was learned from the first."""
        self.estimator_ = clone(self.estimator)
        if self.n_rows is None:
            return self.estimator_.fit(X, y).transform(X)
        first, others = rows_of(X, slice(self.n_rows)), rows_of(X, slice(self.n_rows, None))
        made = self.estimator_.fit_transform(first, None if y is None else y[: self.n_rows])
        return stacked(made, self.estimator_.transform(others))

    def transform(self, X: Any) -> Any:
        """Return rows, transformed by what was learned."""
        return self.estimator_.transform(X)

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """Return the names of the columns that come out."""
        return self.estimator_.get_feature_names_out(input_features)


def learned_from(estimator: Any, n_rows: int, *, is_wrong: IsWrong, name: str, first: Any) -> Any:
    """Return an estimator whose parts learn from the first rows, but for those that are wrong.

    Parameters
    ----------
    estimator : transformer
        A step of a pipeline, perhaps a ColumnTransformer; not fitted.
    n_rows : int
        Training rows.
    is_wrong : callable
        Says of the name of a step whether it learns from all rows.
    name : str
        Of the step in the pipeline.
    first : DataFrame or array
        The training rows as they reach it; they decide which columns have values.
    """
    if not hasattr(estimator, "transformers"):
        return Learned(estimator, None if is_wrong(name) else n_rows)
    estimator.transformers = [
        (group, _leaves(member, n_rows, is_wrong, group), _chosen(columns, first))
        for group, member, columns in estimator.transformers
    ]
    return estimator


def _leaves(member: Any, n_rows: int, is_wrong: IsWrong, group: str) -> Any:
    if isinstance(member, str):
        return member
    if hasattr(member, "steps"):
        steps = [(name, _leaves(leaf, n_rows, is_wrong, name)) for name, leaf in member.steps]
        member.steps = steps
        return member
    key = getattr(member, "recipe_step", group)
    return Learned(member, None if is_wrong(key) else n_rows)


def _chosen(columns: Any, first: Any) -> Any:
    return columns(first) if callable(columns) else columns


def rows_of(X: Any, chosen: Any) -> Any:
    """Return some rows of a frame, an array or a sparse matrix."""
    return X.iloc[chosen] if isinstance(X, pd.DataFrame) else X[chosen]


def stacked(one: Any, other: Any) -> Any:
    """Return the rows of both, one after the other."""
    from scipy import sparse

    if isinstance(one, pd.DataFrame):
        return pd.concat([one, other])
    if sparse.issparse(one):
        return sparse.vstack([one, other], format="csr")
    return np.concatenate([one, other])
