"""What a line of the catalogue of models says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lab.base import Param, Task, Value

Builder = Callable[[Mapping[str, Value], Task, int], Any]
"""Settings, task and seed in, an unfitted scikit-learn estimator out, with one thread."""

CategoryTeller = Callable[[Any, tuple[int, ...], int], Mapping[str, Any]]
"""An unfitted estimator, the positions of categories and the number of columns in; what ``fit``
must be given besides rows and targets out. What can be set on the estimator is set."""


@dataclass(frozen=True, kw_only=True)
class ModelEntry:
    """One kind of model.

    Parameters
    ----------
    key, title : str
        Name for files and commands, and for people.
    family : str
        Heading under which it is listed.
    summary : str
        What it is and when to use it, in one line.
    tasks : frozenset of Task
        The tasks that it can do.
    build : Builder
        Makes the estimator. Heavy imports stand inside it.
    module : str
        What ``build`` imports, imported beforehand in processes that fit many models.
    preset : {"linear", "trees", "minimal"}
        The ready recipe that ``auto`` takes for it.
    slow_to_predict : bool, default False
        Whether answers for as many rows as it was fitted on cost more than the fit.
    takes_missing, takes_sparse, takes_weights : bool
        Whether it accepts missing numbers, sparse input, and row weights.
    fit_seconds : callable (rows, columns, classes) -> float
        Rough seconds of one fit with default settings on one core, for the order of work and the
        estimate before the start; learned durations correct it. Columns are those of the data
        set, before the model's ready recipe makes more of them; with predictions of a quarter as
        many rows.
    relative_seconds : callable (settings) -> float, default always 1
        How many times as long a fit with some settings takes as with the default ones, roughly.
    tell_categories : CategoryTeller, optional
        For models that take columns of category codes, gaps among them, as categories.
    explainer : {"tree", "linear", "any"}
        How SHAP values are computed.
    params : tuple of Param, default ()
        Its main settings.
    version : int, default 1
        Raised when its results change.
    """

    key: str
    title: str
    family: str
    summary: str
    tasks: frozenset[Task]
    build: Builder
    module: str
    preset: Literal["linear", "trees", "minimal"]
    fit_seconds: Callable[[int, int, int], float]
    relative_seconds: Callable[[Mapping[str, Value]], float] = lambda settings: 1.0  # noqa: ARG005
    slow_to_predict: bool = False
    takes_missing: bool = False
    takes_sparse: bool = False
    takes_weights: bool = True
    tell_categories: CategoryTeller | None = None
    explainer: Literal["tree", "linear", "any"] = "any"
    params: tuple[Param, ...] = ()
    version: int = 1

    @property
    def takes_categories(self) -> bool:
        """Whether it takes columns of category codes as categories."""
        return self.tell_categories is not None
