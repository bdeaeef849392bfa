"""Support vector machines: the widest margin between classes, or the narrowest tube."""

from collections.abc import Mapping
from typing import Any

from lab.base import ALL_TASKS, Number, Task, Value
from lab.models.entry import ModelEntry
from lab.models.targets import on_standard_target

_C = Number(
    name="C",
    label="Freedom (C)",
    default=1.0,
    minimum=1e-4,
    maximum=1e4,
    log_scale=True,
    help="How much an error on the training rows costs. Lower it when the training score is much "
    "better than the test score; high values take much longer.",
)
_EPSILON = Number(
    name="epsilon",
    label="Free error (numbers only)",
    default=0.1,
    minimum=0.0,
    maximum=2.0,
    advanced=True,
    help="Errors below this many standard deviations of the target cost nothing. Larger values "
    "are faster and coarser.",
)


def _linear_svm(settings: Mapping[str, Value], task: Task, seed: int) -> Any:
    from sklearn.svm import LinearSVC, LinearSVR

    shared = {"C": settings["C"], "dual": "auto", "random_state": seed, "max_iter": 10_000}
    if task.is_classification:
        return LinearSVC(**shared)
    regressor = LinearSVR(loss="squared_epsilon_insensitive", epsilon=settings["epsilon"], **shared)
    return on_standard_target(regressor)


def _rbf_svm(settings: Mapping[str, Value], task: Task, seed: int) -> Any:
    from sklearn.svm import SVC, SVR

    gamma = "scale" if settings["gamma"] is None else settings["gamma"]
    shared = {"C": settings["C"], "gamma": gamma, "cache_size": 400}
    if task.is_classification:
        return SVC(random_state=seed, **shared)
    return on_standard_target(SVR(epsilon=settings["epsilon"], **shared))


LINEAR_SVM = ModelEntry(
    key="linear_svm",
    title="Linear SVM",
    family="Support vectors",
    summary="A straight border with the widest margin: as good as logistic regression on many "
    "columns; gives decision values, not probabilities.",
    tasks=ALL_TASKS,
    build=_linear_svm,
    module="sklearn.svm",
    preset="linear",
    takes_sparse=True,
    explainer="linear",
    fit_seconds=lambda rows, columns, classes: (
        0.005 + 2.2e-8 * rows**1.25 * columns * max(1, classes - 1)
    ),
    params=(_C, _EPSILON),
)

RBF_SVM = ModelEntry(
    key="rbf_svm",
    title="RBF SVM",
    family="Support vectors",
    summary="A curved border: often the best on a few thousand scaled rows; time grows with the "
    "square of the rows (a minute at 50,000), and it gives decision values, not probabilities.",
    tasks=ALL_TASKS,
    build=_rbf_svm,
    module="sklearn.svm",
    preset="linear",
    slow_to_predict=True,
    takes_sparse=True,
    fit_seconds=lambda rows, columns, classes: 0.005 + 1.2e-8 * rows**2 * (1 + columns / 10),  # noqa: ARG005
    params=(
        _C,
        Number(
            name="gamma",
            label="Reach (gamma)",
            default=None,
            minimum=1e-6,
            maximum=100.0,
            log_scale=True,
            none_label="from the columns' variance",
            help="How near a row must be to count. Higher values bend the border around single "
            "rows; the default suits scaled columns.",
        ),
        _EPSILON,
    ),
)
