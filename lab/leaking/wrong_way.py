"""THE WRONG WAY. Nothing in this file may ever judge a model.

Here a recipe is fitted on ALL rows, test rows among them, and only then are the rows divided. That
is the mistake that this whole house is built to make impossible. It is made here on purpose, for
one page that sets its score beside the honest one (Ambroise & McLachlan, 2002; Hastie, Tibshirani
& Friedman, The Elements of Statistical Learning, section 7.10.2).

- Filling, scaling and reducing take means, spreads and directions from test rows.
- Selection and target encoding see the targets of test rows.
- Resampling copies or blends rows, and the copies fall on both sides of the split.

Only `lab.leaking.work` imports this file, and import-linter holds that. It writes no cell, no
prediction and no score of an experiment, and takes none from the cache.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.base import Column, ColumnKind, LabError, Schema
from lab.benchmark import PreparedRows, PreparedSplit, fit_prepared
from lab.data import Dataset
from lab.experiments import Candidate, Experiment, FoldResult, fold_seed
from lab.recipes import STEPS, Acts, Preparation, Recipe, Sampled, make_preparation, sample
from lab.validation import SPLITTERS, Positions, Rows, Split, make_splits


@dataclass(frozen=True, kw_only=True, eq=False)
class LeakingRows:
    """All rows, prepared by what was learned from all of them.

    Parameters
    ----------
    X : ndarray or scipy CSR matrix
        Prepared features, after resampling.
    y : ndarray
        Targets of those rows.
    weight : ndarray of float64 or None
        Row weights, where the data set has them.
    origin : ndarray of int64 or None
        The row of the data set that each was; None where rows were made up.
    """

    X: Any
    y: npt.NDArray[Any]
    weight: npt.NDArray[np.float64] | None
    origin: Positions | None


def prepare_before_the_split(dataset: Dataset, recipe: Recipe, *, seed: int) -> LeakingRows:
    """Return all rows prepared by a recipe that was fitted on all of them. WRONG on purpose.

    Target encoding is not cross-fitted here: each row meets the mean that it is a part of, as in a
    table that was encoded before anybody thought of folds.

    Parameters
    ----------
    dataset : Dataset
        The data.
    recipe : Recipe
        What is fitted.
    seed : int
        Of the steps.
    """
    preparation = _preparation(dataset, recipe, dataset.features, seed=seed)
    raw = dataset.raw(preparation.columns)
    preparation.fit(raw, dataset.y, dataset.weights)
    rows = Sampled(raw, dataset.y, dataset.weights)
    origin: Positions | None = np.arange(dataset.n_rows)
    for _, estimator in preparation.steps:
        if hasattr(estimator, "fit_resample"):
            rows = sample(estimator, rows)
            origin = _origin_after(estimator, origin)
        else:
            rows = rows._replace(X=estimator.transform(rows.X))
    return LeakingRows(X=_numbers(rows.X), y=rows.y, weight=rows.weight, origin=origin)


def divide_what_was_prepared(
    dataset: Dataset, experiment: Experiment, rows: LeakingRows
) -> tuple[Split, ...]:
    """Return the splits of rows that were prepared, copies and blends of rows among them.

    Without resampling they are the splits of the experiment.

    Raises
    ------
    LabError
        When rows that were made up have no group or time to be divided by.
    """
    needs = SPLITTERS[experiment.plan.splitter.key].needs
    if needs in {"groups", "times"} and rows.origin is None:
        raise LabError(
            f"rows that the recipe makes have no {needs[:-1]} to divide them by",
            hint="Choose a candidate that does not make up rows.",
        )
    chosen = rows.origin if needs in {"groups", "times"} else None
    is_classification = experiment.task.is_classification
    return make_splits(
        experiment.plan,
        Rows(
            n=len(rows.y),
            classes=rows.y.astype(np.int64) if is_classification else None,
            labels=dataset.labels,
            groups=None if dataset.groups is None or chosen is None else dataset.groups[chosen],
            times=None if dataset.times is None or chosen is None else dataset.times[chosen],
        ),
    )


def judge_what_leaked(
    dataset: Dataset, experiment: Experiment, candidate: Candidate, rows: LeakingRows, split: Split
) -> FoldResult:
    """Return the scores of a fold of rows that were prepared before the split. NOT a result."""
    seed = fold_seed(experiment.seed, split.repeat, split.fold)
    train, test = _part(rows, split.train), _part(rows, split.test)
    prepared = PreparedSplit(
        train=replace(train, weight=_fit_weight(dataset, candidate.recipe, train, seed=seed)),
        test=test,
        gap=_part(rows, split.train[:1]),
    )
    _, result = fit_prepared(
        prepared, candidate, experiment.task, n_classes=len(dataset.labels), seed=seed
    )
    return result


def _origin_after(sampler: Any, origin: Positions | None) -> Positions | None:
    if origin is None or not hasattr(sampler, "sample_indices_"):
        return None
    kept: Positions = origin[sampler.sample_indices_]
    return kept


def _part(rows: LeakingRows, chosen: Positions) -> PreparedRows:
    weight = None if rows.weight is None else rows.weight[chosen]
    return PreparedRows(X=rows.X[chosen], y=rows.y[chosen], weight=weight, rows=chosen)


def _fit_weight(
    dataset: Dataset, recipe: Recipe, train: PreparedRows, *, seed: int
) -> npt.NDArray[np.float64] | None:
    """Class weights are no preparation: they come from the rows that are fitted, as always."""
    steps = tuple(step for step in recipe.steps if STEPS[step.choice.key].acts is Acts.WEIGHTS)
    if not steps:
        return train.weight
    schema = Schema(columns=(Column(name="any", kind=ColumnKind.NUMBER),))
    weighing = _preparation(dataset, Recipe(title="Weights", steps=steps), schema, seed=seed)
    X = pd.DataFrame({"any": np.zeros(len(train.y))})
    return weighing.fit(X, train.y, train.weight).weight


def _preparation(dataset: Dataset, recipe: Recipe, schema: Schema, *, seed: int) -> Preparation:
    return make_preparation(
        recipe, schema, task=dataset.roles.task, seed=seed, labels=dataset.labels
    )


def _numbers(X: Any) -> Any:
    from scipy import sparse

    if sparse.issparse(X):
        return X.tocsr().astype(np.float64, copy=False)
    return np.asarray(X, dtype=np.float64)
