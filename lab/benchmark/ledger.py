"""The fold ledger: what a recipe is given, makes and learns in each fold of a plan."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from lab.base import LabError
from lab.benchmark.fitting import plan_splits, training_rows
from lab.data import Dataset
from lab.experiments import fold_seed
from lab.recipes import Recipe, make_preparation, rows_changed
from lab.validation import Positions, Split, ValidationPlan

LEDGER_ROWS = 20_000
"""Rows of a data set that the ledger looks at, at most."""
LEDGER_FOLDS = 10
LEDGER_SECONDS = 20.0
"""No further fold is begun after this time."""


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """What happened in one fold.

    Parameters
    ----------
    repeat, fold : int
        The split, counted from 0.
    n_train, n_test : int
        Rows of its two parts.
    n_fitted : int
        Training rows that the recipe was fitted on: all, unless the ledger is on a sample.
    n_learned : int
        Rows that reach a model's ``fit``, after dropping and resampling.
    n_transformed : int
        Test rows that were transformed, and came out.
    n_columns : int
        Columns that reach a model.
    left_out : tuple of str
        Raw columns of which no column reaches a model.
    only_here, only_elsewhere : tuple of str
        Columns that are made in this fold but not in every one, and in others but not here.
    fit_seconds, transform_seconds : float
        Time on the training rows and on the test rows.
    notes : tuple of str
        What had to be done differently.
    failure : str, default ""
        Why the recipe cannot be fitted in this fold; then there are no rows and columns.
    """

    repeat: int
    fold: int
    n_train: int
    n_test: int
    n_fitted: int
    n_learned: int = 0
    n_transformed: int = 0
    n_columns: int = 0
    left_out: tuple[str, ...] = ()
    only_here: tuple[str, ...] = ()
    only_elsewhere: tuple[str, ...] = ()
    fit_seconds: float = 0.0
    transform_seconds: float = 0.0
    notes: tuple[str, ...] = ()
    failure: str = ""


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The lines of all folds that were looked at.

    Parameters
    ----------
    lines : tuple of LedgerLine
        In order of the splits.
    n_folds : int
        Splits of the plan.
    share : float
        Share of each part's rows that was looked at.
    """

    lines: tuple[LedgerLine, ...]
    n_folds: int
    share: float

    @property
    def notes(self) -> tuple[str, ...]:
        """What the ledger leaves out, one sentence each."""
        found = []
        if self.share < 1:
            found.append(
                f"Computed on {self.share:.1%} of the rows of each fold, to be quick; a run takes"
                " all of them"
            )
        if len(self.lines) < self.n_folds:
            found.append(f"The first {len(self.lines)} of {self.n_folds} folds")
        return tuple(found)


def fold_ledger(
    dataset: Dataset,
    recipe: Recipe,
    plan: ValidationPlan,
    *,
    seed: int,
    most_rows: int = LEDGER_ROWS,
    most_seconds: float = LEDGER_SECONDS,
) -> Ledger:
    """Return what a recipe does in each fold, computed in this process as the bench does it.

    Each fold's recipe is fitted on training rows of that fold only; its test rows are transformed.

    Parameters
    ----------
    dataset : Dataset
        The data.
    recipe : Recipe
        The steps.
    plan : ValidationPlan
        What divides the rows.
    seed : int
        That of the experiment.
    most_rows : int, default 20,000
        Of a larger data set each fold's parts are sampled.
    most_seconds : float, default 20
        No further fold is begun after this time.

    Raises
    ------
    LabError
        When the rows cannot be divided so, or the recipe does not fit the table.
    """
    splits = plan_splits(dataset, plan)
    share = min(1.0, most_rows / dataset.n_rows)
    make_preparation(  # tells problems
        recipe, dataset.features, task=dataset.roles.task, seed=0, labels=dataset.labels
    )
    started, made = time.perf_counter(), []
    for split in splits[:LEDGER_FOLDS]:
        seed_here = fold_seed(seed, split.repeat, split.fold)
        rows = training_rows(dataset, plan, split.train, share, seed=seed_here)
        made.append(_line(dataset, recipe, replace(split, train=rows), split, seed_here))
        if time.perf_counter() - started > most_seconds:
            break
    return Ledger(lines=tuple(_compared(made)), n_folds=len(splits), share=share)


_Names = tuple[str, ...]


def _line(
    dataset: Dataset, recipe: Recipe, used: Split, split: Split, seed: int
) -> tuple[LedgerLine, _Names]:
    """Return the line of a fold, and the names of its columns."""
    n_test = max(1, round(len(split.test) * len(used.train) / len(split.train)))
    test = split.test[:: max(1, len(split.test) // n_test)]
    line = LedgerLine(
        repeat=split.repeat,
        fold=split.fold,
        n_train=len(split.train),
        n_test=len(split.test),
        n_fitted=len(used.train),
    )
    try:
        return _fitted(dataset, recipe, used.train, test, seed, line)
    except LabError as error:
        return replace(line, failure=error.message), ()


def _fitted(
    dataset: Dataset,
    recipe: Recipe,
    train: Positions,
    test: Positions,
    seed: int,
    line: LedgerLine,
) -> tuple[LedgerLine, _Names]:
    weight = None if dataset.weights is None else dataset.weights[train]
    preparation = make_preparation(
        recipe, dataset.features, task=dataset.roles.task, seed=seed, labels=dataset.labels
    )
    take = partial(dataset.take, columns=preparation.columns)
    started = time.perf_counter()
    learned = preparation.fit(take(train), dataset.y[train], weight)
    fitted = time.perf_counter()
    with rows_changed() as told:
        transformed = preparation.transform(take(test))
    ended = time.perf_counter()
    reached = {name for names in preparation.sources for name in names}
    whole = replace(
        line,
        n_learned=len(learned.y),
        n_transformed=int(transformed.shape[0]),
        n_columns=len(preparation.feature_names),
        left_out=tuple(name for name in dataset.features.names if name not in reached),
        fit_seconds=fitted - started,
        transform_seconds=ended - fitted,
        notes=(*preparation.notes, *told),
    )
    return whole, preparation.feature_names


def _compared(made: Sequence[tuple[LedgerLine, _Names]]) -> Iterator[LedgerLine]:
    """Yield the lines with what differs between the folds that could be fitted."""
    sets = [set(names) for line, names in made if not line.failure]
    common = set.intersection(*sets) if sets else set()
    every = dict.fromkeys(name for _, names in made for name in names)
    for line, names in made:
        if line.failure:
            yield line
            continue
        own = set(names)
        yield replace(
            line,
            only_here=tuple(name for name in names if name not in common),
            only_elsewhere=tuple(name for name in every if name not in own),
        )
