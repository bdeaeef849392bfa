"""A recipe as fitted estimators: what the training rows teach, applied to any rows."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import LabError, Problem, Schema, Task
from lab.recipes.by_group import RawRows, goes_by_group, learn_by_group, transform_by_group
from lab.recipes.checks import step_problems, structure_problems
from lab.recipes.class_weights import ClassWeights, class_weights
from lab.recipes.column_paths import raw_columns
from lab.recipes.compiling import NamedSteps, compile_steps
from lab.recipes.features import Feature, check_some, features_after, unique_names
from lab.recipes.needs import Needs, needs_of
from lab.recipes.recipe import Recipe
from lab.recipes.sampling import Sampled, sample
from lab.recipes.side_by_side import SideBySide, as_numbers, as_parts, as_whole
from lab.recipes.suiting import learn, suit

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Prepared:
    """Training rows as they go into a model's ``fit``.

    Parameters
    ----------
    X : ndarray of float64 or scipy CSR matrix, shape (n, n_features), or SideBySide
        After resampling.
    y : ndarray, shape (n,)
        Targets of those rows.
    weight : ndarray of float64, shape (n,), or None
        Row weights: those that were given, times class weights when the recipe says so.
    """

    X: Any
    y: npt.NDArray[Any]
    weight: Floats | None


class Preparation:
    """The estimators of a recipe in order; made by `make_preparation`.

    Attributes
    ----------
    columns : tuple of str
        What raw rows must have: the features, and the columns of the roles time and group when a
        step goes by them.
    steps : list of (str, estimator)
        Plain scikit-learn transformers and imbalanced-learn samplers, as they stand in an
        `imblearn.pipeline.Pipeline`; fitted after `fit`. The last transformer makes numbers only.
    notes : tuple of str
        After `fit`: what had to be done differently for these training rows.
    feature_names, origins : tuple of str
        After `fit`: the unique name of each column that reaches the model, and its raw column;
        the empty text for a column made of several.
    sources : tuple of tuple of str
        After `fit`: all raw columns that the values of each column depend on.
    categories : tuple of int
        After `fit`: positions of the columns that hold codes of categories, for models that take
        them as such; missing and unseen levels are NaN there.
    """

    def __init__(
        self, steps: NamedSteps, *, columns: tuple[str, ...], needs: Needs, weights: ClassWeights
    ) -> None:
        self._unfitted = steps
        self.columns = columns
        self._needs = needs
        self._weights = weights
        self.steps = steps
        self.notes: tuple[str, ...] = ()
        self.feature_names: tuple[str, ...] = ()
        self.origins: tuple[str, ...] = ()
        self.sources: tuple[tuple[str, ...], ...] = ()
        self.categories: tuple[int, ...] = ()

    def fit(self, X: RawRows, y: npt.NDArray[Any], weight: Floats | None = None) -> Prepared:
        """Learn from training rows, and return them prepared.

        Parameters
        ----------
        X : DataFrame or other RawRows
            Raw training rows.
        y : ndarray of int64 or float64
            Class codes or values.
        weight : ndarray of float64, optional
            Row weights.

        Raises
        ------
        LabError
            When these rows cannot be prepared so: a class too small to resample, no column left.
        """
        rows = self.learn(X, y, weight)
        return Prepared(X=as_numbers(rows.X), y=rows.y, weight=rows.weight)

    def fit_parts(self, X: RawRows, y: npt.NDArray[Any], weight: Floats | None = None) -> Prepared:
        """Do what `fit` does; the matrix that is returned is a `SideBySide`."""
        rows = self._learn(X, y, weight)
        return Prepared(X=as_parts(rows.X), y=rows.y, weight=rows.weight)

    def learn(self, X: RawRows, y: npt.NDArray[Any], weight: Floats | None = None) -> Sampled:
        """Learn from training rows, and return them as they stand after the last step.

        Takes and raises what `fit` does; values that no step has made numbers stay what they are.
        """
        rows = self._learn(X, y, weight)
        return rows._replace(X=as_whole(rows.X))

    def _learn(self, X: RawRows, y: npt.NDArray[Any], weight: Floats | None) -> Sampled:
        from sklearn.base import clone

        self._needs.check(y)
        self.steps = [(name, clone(estimator)) for name, estimator in self._unfitted]
        rows, features = Sampled(self._chosen(X), y, weight), _raw(self.columns)
        notes: list[str] = []
        for place, (name, estimator) in enumerate(self.steps):
            if place == 0 and goes_by_group(estimator):
                rows = rows._replace(X=learn_by_group(estimator, rows.X, rows.y))
            else:
                rows, told = _learned(name, estimator, rows._replace(X=as_whole(rows.X)))
                notes.extend(told)
            if not hasattr(estimator, "fit_resample"):
                notes.extend(_notes_of(estimator))
                features = features_after(estimator, features)
                check_some(features, name)
        self.notes = tuple(notes)
        self.feature_names = unique_names(features)
        self.origins = tuple(feature.origin for feature in features)
        self.sources = tuple(feature.sources for feature in features)
        self.categories = tuple(
            place for place, feature in enumerate(features) if feature.is_category
        )
        return rows._replace(weight=self._weights.on(rows.y, rows.weight))

    def transform(self, X: RawRows) -> Any:
        """Return any rows prepared, as an ndarray of float64 or a CSR matrix; none is dropped."""
        return as_numbers(as_whole(self._transformed(X)))

    def transform_parts(self, X: RawRows) -> SideBySide:
        """Return what `transform` does as parts side by side."""
        return as_parts(self._transformed(X))

    def _transformed(self, X: RawRows) -> Any:
        rows: Any = self._chosen(X)
        with warnings.catch_warnings():
            # One-hot with `drop_binary` tells at every call what the setting's help text tells.
            warnings.filterwarnings("ignore", "Found unknown categories", UserWarning)
            for place, (_, estimator) in enumerate(self.steps):
                if place == 0 and goes_by_group(estimator):
                    rows = transform_by_group(estimator, rows)
                elif not hasattr(estimator, "fit_resample"):
                    rows = estimator.transform(as_whole(rows))
        return rows

    def _chosen(self, X: RawRows) -> RawRows:
        absent = [name for name in self.columns if name not in X.columns]
        if absent:
            raise LabError(f"the rows have no column {absent[0]!r}")
        return X if tuple(X.columns) == self.columns else X[list(self.columns)]


def make_preparation(
    recipe: Recipe,
    schema: Schema,
    *,
    task: Task,
    seed: int,
    dense: bool = False,
    labels: tuple[str, ...] = (),
) -> Preparation:
    """Return the unfitted estimators of a recipe for a table.

    Consecutive column steps become one `ColumnTransformer` with a group for all columns that have
    the same steps; samplers are steps of their own.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    schema : Schema
        The feature columns of the table.
    task : Task
        The kind of question.
    seed : int
        For steps that draw.
    dense : bool, default False
        Whether an ordinary array must come out even where a sparse matrix is smaller.
    labels : tuple of str, default ()
        Names of the classes by code, for steps that name them; without, they are named by code.

    Raises
    ------
    LabError
        With all problems, when the recipe does not fit the table.
    """
    _refuse(structure_problems(recipe, schema, task=task))
    return _preparation(
        compile_steps(recipe, schema, task=task, seed=seed, dense=dense),
        recipe,
        schema,
        task,
        labels,
    )


def make_beginning(
    recipe: Recipe, schema: Schema, *, task: Task, seed: int, labels: tuple[str, ...] = ()
) -> Preparation:
    """Return the unfitted estimators of the first steps of a recipe, for its method `learn`.

    What `learn` returns is a DataFrame wherever the last estimator chooses columns by name: values
    that no step has made numbers yet stand in it as they are.

    Parameters
    ----------
    recipe, schema, task, seed, labels
        As in `make_preparation`.

    Raises
    ------
    LabError
        With all problems of these steps; that columns are no numbers yet is none.
    """
    _refuse(step_problems(recipe, schema, task=task))
    steps = compile_steps(recipe, schema, task=task, seed=seed, dense=True)
    if steps and hasattr(steps[-1][1], "verbose_feature_names_out"):
        last = steps[-1][1].set_params(verbose_feature_names_out=True)
        last.set_output(transform="pandas")
    return _preparation(steps, recipe, schema, task, labels)


def _refuse(found: Iterator[Problem]) -> None:
    problems = tuple(dict.fromkeys(found))
    if problems:
        raise LabError("; ".join(problem.message for problem in problems), problems=problems)


def _preparation(
    steps: NamedSteps, recipe: Recipe, schema: Schema, task: Task, labels: tuple[str, ...]
) -> Preparation:
    return Preparation(
        steps,
        columns=raw_columns(recipe, schema),
        needs=needs_of(recipe, task),
        weights=class_weights(recipe, labels),
    )


def as_pipeline(preparation: Preparation, model: Any) -> Any:
    """Return the preparation and a model as one plain imbalanced-learn pipeline.

    Fitted parts stay fitted. Class weights are no part of it: with the steps ``class_weights`` and
    ``class_costs`` they are given to ``fit`` as ``model__sample_weight``.

    Parameters
    ----------
    preparation : Preparation
        Fitted or not.
    model : estimator
        The last step, called ``model``.
    """
    from imblearn.pipeline import Pipeline

    return Pipeline([*preparation.steps, ("model", model)])


def _learned(name: str, estimator: Any, rows: Sampled) -> tuple[Sampled, tuple[str, ...]]:
    """Return training rows as a step makes them, having learnt from them, and its notes."""
    if hasattr(estimator, "fit_resample"):
        rows = sample(estimator, rows)
        return rows, rows.notes
    lowered = suit(name, estimator, rows.X, rows.y)
    return rows._replace(X=learn(estimator, rows.X, rows.y)), lowered


def _raw(names: Sequence[str]) -> list[Feature]:
    return [Feature(name, name) for name in names]


def _notes_of(estimator: Any) -> Iterator[str]:
    """Yield what the fitted parts of an estimator have to tell."""
    yield from getattr(estimator, "notes_", ())
    parts = [part for _, part, _ in getattr(estimator, "transformers_", ())]
    parts += [part for _, part in getattr(estimator, "steps", ())]
    for part in parts:
        yield from _notes_of(part)
