"""A candidate fitted on one fold, and its prepared rows by raw column."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.benchmark import Fitted, fit_candidate, training_rows
from lab.data import Dataset
from lab.experiments import Candidate, Experiment, fold_seed
from lab.models import MODELS, ModelEntry
from lab.recipes import rows_changed
from lab.validation import Positions, Split

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class FittedFold:
    """What there is to explain: recipe and model fitted on the training rows of a split.

    Parameters
    ----------
    dataset : Dataset
        The data.
    candidate : Candidate
        Recipe and model.
    split : Split
        Training and test rows.
    seed : int
        That of the fold's cells, so that it is the model of the leaderboard.
    fitted : Fitted
        The fitted recipe and model.
    """

    dataset: Dataset
    candidate: Candidate
    split: Split
    seed: int
    fitted: Fitted

    @property
    def entry(self) -> ModelEntry:
        """The model's line of the catalogue."""
        return MODELS[self.candidate.model.key]

    @property
    def columns(self) -> tuple[str, ...]:
        """The raw columns: features, and time and group where the recipe goes by them."""
        return self.fitted.preparation.columns

    @property
    def raw(self) -> pd.DataFrame:
        """All rows of the raw columns."""
        return self.dataset.raw(self.columns)

    @cached_property
    def owners(self) -> Ints:
        """The position of the raw column behind each prepared column."""
        place = {name: index for index, name in enumerate(self.columns)}
        origins = self.fitted.preparation.origins
        return np.array([place[origin] for origin in origins], dtype=np.int64)

    def features_of(self, column: int) -> Ints:
        """Return the positions of the prepared columns that a raw column became."""
        return np.flatnonzero(self.owners == column)

    def prepared(self, rows: Positions) -> Any:
        """Return some rows as they go into the model."""
        with rows_changed():  # the run's notes tell it
            X = self.fitted.preparation.transform(self.raw.iloc[rows])
        return X if isinstance(X, np.ndarray) or self.entry.takes_sparse else X.toarray()

    def prepared_dense(self, rows: Positions) -> Floats:
        """Return some rows as an ordinary array."""
        X = self.prepared(rows)
        dense: Floats = X if isinstance(X, np.ndarray) else X.toarray()
        return dense

    def sample(self, rows: Positions, most: int) -> Positions:
        """Return at most so many of the rows, drawn by the fold's seed, in order."""
        if len(rows) <= most:
            return rows
        drawn = np.random.default_rng(self.seed).choice(len(rows), most, replace=False)
        return rows[np.sort(drawn)]


def fit_fold(dataset: Dataset, experiment: Experiment, candidate: int, split: Split) -> FittedFold:
    """Return a candidate of an experiment fitted on one of its splits, as the bench fits it.

    Parameters
    ----------
    dataset : Dataset
        The experiment's data.
    experiment : Experiment
        The experiment.
    candidate : int
        Position of the candidate.
    split : Split
        One of the experiment's splits.
    """
    chosen = experiment.candidates[candidate]
    seed = fold_seed(experiment.seed, split.repeat, split.fold)
    rows = training_rows(dataset, experiment.plan, split.train, chosen.train_share, seed=seed)
    fitted = fit_candidate(dataset, chosen, rows, seed=seed)
    split = replace(split, train=rows)
    return FittedFold(dataset=dataset, candidate=chosen, split=split, seed=seed, fitted=fitted)
