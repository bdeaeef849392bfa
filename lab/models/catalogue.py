"""The table of models, and how one is made and chosen."""

from collections.abc import Mapping
from typing import Any

from lab.base import Catalogue, Choice, LabError, Task
from lab.models.baselines import DUMMY
from lab.models.boosting import HIST_GRADIENT_BOOSTING, LIGHTGBM, XGBOOST
from lab.models.entry import ModelEntry
from lab.models.linear import LOGISTIC_REGRESSION, RIDGE
from lab.models.naive_bayes import GAUSSIAN_NB
from lab.models.neighbours import KNN
from lab.models.neural import MLP
from lab.models.support_vectors import LINEAR_SVM, RBF_SVM
from lab.models.trees import DECISION_TREE, EXTRA_TREES, RANDOM_FOREST

MODELS: Catalogue[ModelEntry] = Catalogue(
    "model",
    DUMMY,
    LOGISTIC_REGRESSION,
    RIDGE,
    KNN,
    GAUSSIAN_NB,
    DECISION_TREE,
    RANDOM_FOREST,
    EXTRA_TREES,
    HIST_GRADIENT_BOOSTING,
    XGBOOST,
    LIGHTGBM,
    LINEAR_SVM,
    RBF_SVM,
    MLP,
)

_LONGEST_SECONDS = 60.0
"""A model whose fit is expected to take longer is not chosen unasked."""

_MOST_ROWS = {"rbf_svm": 10_000, "knn": 100_000}
"""Nor are these on longer tables: their time grows with the square of the rows."""

_UNASKED = {"extra_trees", "linear_svm"}
"""They rarely tell more than the random forest and the linear model that are chosen."""


def models_for(task: Task) -> tuple[ModelEntry, ...]:
    """Return the models that can do a task, in the order of the catalogue."""
    return tuple(entry for entry in MODELS if task in entry.tasks)


def default_models(
    task: Task, n_rows: int, n_columns: int, *, has_weights: bool = False
) -> tuple[str, ...]:
    """Return the keys of models to compare when nothing is chosen: the baseline and each family.

    Left out are near doubles, and models whose single fit would take over a minute.

    Parameters
    ----------
    task : Task
        What is predicted.
    n_rows, n_columns : int
        Size of the table.
    has_weights : bool, default False
        Whether rows have weights, so that models that cannot take them are left out.
    """
    classes = {Task.BINARY: 2, Task.MULTICLASS: 5, Task.REGRESSION: 1}[task]
    return tuple(
        entry.key
        for entry in models_for(task)
        if entry.key not in _UNASKED
        and (entry.takes_weights or not has_weights)
        and n_rows <= _MOST_ROWS.get(entry.key, n_rows)
        and entry.fit_seconds(n_rows, n_columns, classes) <= _LONGEST_SECONDS
    )


def build_model(choice: Choice, task: Task, *, seed: int) -> Any:
    """Return the unfitted scikit-learn estimator of a choice, running in one thread.

    Parameters
    ----------
    choice : Choice
        A line of `MODELS` with its settings.
    task : Task
        What is predicted; classes are given to ``fit`` as integer codes.
    seed : int
        Of everything that is drawn; the same seed gives the same model.

    Raises
    ------
    LabError
        When the model cannot do the task.
    """
    entry = MODELS[choice.key]
    if task not in entry.tasks:
        others = ", ".join(other.key for other in models_for(task))
        raise LabError(
            f"{entry.title} cannot do {task.title.lower()}", hint=f"Those that can: {others}."
        )
    return entry.build(choice.settings, task, seed)


def tell_categories(
    choice: Choice, model: Any, places: tuple[int, ...], *, n_columns: int
) -> Mapping[str, Any]:
    """Tell an unfitted model which columns are categories; return what its ``fit`` must be given.

    Parameters
    ----------
    choice : Choice
        The line of `MODELS` that the model was built from.
    model : estimator
        Made by `build_model`; what can be set on it is set here.
    places : tuple of int
        Positions of the columns that hold codes of categories; without any nothing is told.
    n_columns : int
        Columns that it will be fitted on.

    Raises
    ------
    LabError
        When the model would take the codes for numbers.
    """
    entry = MODELS[choice.key]
    if not places:
        return {}
    if entry.tell_categories is None:
        others = ", ".join(other.key for other in MODELS if other.takes_categories)
        raise LabError(f"{entry.title} takes no categories", hint=f"Those that do: {others}.")
    return entry.tell_categories(model, places, n_columns)
