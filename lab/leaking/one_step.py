"""THE WRONG WAY, one step at a time. Nothing in this file may ever judge a model.

All steps learn from the training rows of a fold, as they should, but one: that one learns from the
test rows as well. What it brings is what this single mistake brings (see `wrong_way`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import LabError
from lab.benchmark import PreparedRows, PreparedSplit, fit_prepared
from lab.data import Dataset
from lab.experiments import Candidate, Experiment, FoldResult, fold_seed
from lab.leaking.learned import learned_from, rows_of, stacked
from lab.leaking.wrong_way import fit_weight, numbers, preparation_of
from lab.recipes import Sampled, learn, row_origins, sample, suit
from lab.validation import SPLITTERS, Positions, Split

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Rows:
    """The training rows of a fold and its test rows behind them, on their way."""

    rows: Sampled
    n_train: int

    def part(self, *, test: bool) -> Sampled:
        chosen = slice(self.n_train, None) if test else slice(0, self.n_train)
        weight = self.rows.weight
        return Sampled(
            rows_of(self.rows.X, chosen), self.rows.y[chosen],
            None if weight is None else weight[chosen],
        )  # fmt: skip


def judge_with_one_step_leaking(
    dataset: Dataset, experiment: Experiment, candidate: Candidate, split: Split, step: str
) -> FoldResult:
    """Return the scores of a fold in which one step has seen the test rows. NOT a result.

    Parameters
    ----------
    dataset : Dataset
        The data.
    experiment : Experiment
        Where the candidate is from.
    candidate : Candidate
        Its recipe and model.
    split : Split
        The fold.
    step : str
        Key of the step; with none of that name, everything is as it should be.

    Raises
    ------
    LabError
        When rows that were made up have no group or time to be divided by.
    """
    seed = fold_seed(experiment.seed, split.repeat, split.fold)
    needs = SPLITTERS[experiment.plan.splitter.key].needs
    preparation = preparation_of(dataset, candidate.recipe, dataset.features, seed=seed)
    state = _Rows(rows=_raw(dataset, preparation.columns, split), n_train=len(split.train))
    for name, estimator in preparation.steps:
        is_wrong = _is(name, step)
        if hasattr(estimator, "fit_resample"):
            resample = _resampled_wrongly if is_wrong else _resampled
            state = resample(state, estimator, needs=needs, seed=seed)
        else:
            state = _transformed(state, name, estimator, step)
    train, test = (_prepared(state.part(test=is_test)) for is_test in (False, True))
    weight = fit_weight(dataset, candidate.recipe, train, seed=seed)
    prepared = PreparedSplit(
        train=replace(train, weight=weight),
        test=test,
        gap=_prepared(_first(state)),
        categories=preparation.categories,
    )
    _, result = fit_prepared(
        prepared, candidate, experiment.task, n_classes=len(dataset.labels), seed=seed
    )
    return result


def _is(name: str, step: str) -> bool:
    """Return whether a name in a pipeline is that of a step, which has a number where it is two."""
    return name == step or (name.startswith(f"{step}_") and name.removeprefix(f"{step}_").isdigit())


def _raw(dataset: Dataset, columns: Sequence[str], split: Split) -> Sampled:
    order = np.concatenate([split.train, split.test])
    weights = dataset.weights
    return Sampled(
        dataset.raw(columns).iloc[order], dataset.y[order],
        None if weights is None else weights[order],
    )  # fmt: skip


def _transformed(state: _Rows, name: str, estimator: Any, step: str) -> _Rows:
    train, is_wrong = state.part(test=False), _is(name, step)
    seen = state.rows if is_wrong else train
    suit(name, estimator, seen.X, seen.y)
    wrapped = learned_from(
        estimator, state.n_train, is_wrong=lambda key: _is(key, step), name=name, first=train.X
    )
    X = learn(wrapped, state.rows.X, state.rows.y)
    return replace(state, rows=state.rows._replace(X=X))


def _resampled(state: _Rows, sampler: Any, *, needs: str, seed: int) -> _Rows:  # noqa: ARG001
    train = sample(sampler, state.part(test=False))
    return _Rows(rows=_joined(train, state.part(test=True)), n_train=len(train.y))


def _resampled_wrongly(state: _Rows, sampler: Any, *, needs: str, seed: int) -> _Rows:
    """Resample all rows at once; a row stays on its side, new ones fall on either side.

    New rows are dealt in the shares of the two sides. With splits by group or time, copies go with
    their row.
    """
    before = state.rows
    after = sample(sampler, before)
    origin = row_origins(sampler, before.y, len(after.y))
    is_new = _is_new(origin)
    if needs in {"groups", "times"}:
        if (origin < 0).any():
            raise LabError(
                f"rows that the recipe makes have no {needs[:-1]} to divide them by",
                hint="Choose a candidate that does not make up rows.",
            )
        is_new[:] = False
    is_test = np.where(is_new, False, origin >= state.n_train)
    new = np.flatnonzero(is_new)
    share = 1 - state.n_train / len(before.y)
    dealt = np.random.default_rng(seed).permutation(new)[: round(share * len(new))]
    is_test[dealt] = True
    order = np.concatenate([np.flatnonzero(~is_test), np.flatnonzero(is_test)])
    rows = Sampled(
        rows_of(after.X, order), after.y[order],
        None if after.weight is None else after.weight[order],
    )  # fmt: skip
    return _Rows(rows=rows, n_train=int((~is_test).sum()))


def _is_new(origin: Positions) -> Flags:
    """Return which rows were made, or are there again."""
    first = np.zeros(len(origin), dtype=bool)
    first[np.unique(origin, return_index=True)[1]] = True
    return ~first | (origin < 0)


def _first(state: _Rows) -> Sampled:
    train = state.part(test=False)
    return Sampled(
        rows_of(train.X, slice(0, 1)), train.y[:1],
        None if train.weight is None else train.weight[:1],
    )  # fmt: skip


def _prepared(part: Sampled) -> PreparedRows:
    rows = np.arange(len(part.y))
    return PreparedRows(X=numbers(part.X), y=part.y, weight=part.weight, rows=rows)


def _joined(one: Sampled, other: Sampled) -> Sampled:
    weight = None
    if one.weight is not None and other.weight is not None:
        weight = np.concatenate([one.weight, other.weight])
    return Sampled(stacked(one.X, other.X), np.concatenate([one.y, other.y]), weight)
