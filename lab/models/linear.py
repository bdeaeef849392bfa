"""Linear models: a weight a column."""

from collections.abc import Mapping
from typing import Any

from lab.base import CLASSIFICATION, Number, Option, Task, Value
from lab.models.entry import ModelEntry


def _logistic_regression(settings: Mapping[str, Value], task: Task, seed: int) -> Any:  # noqa: ARG001
    from sklearn.linear_model import LogisticRegression

    lasso = settings["penalty"] == "l1"
    return LogisticRegression(
        C=settings["C"],
        l1_ratio=1.0 if lasso else 0.0,
        solver="saga" if lasso else "lbfgs",
        max_iter=settings["max_iter"],
        random_state=seed,
    )


def _ridge(settings: Mapping[str, Value], task: Task, seed: int) -> Any:  # noqa: ARG001
    from sklearn.linear_model import Ridge

    return Ridge(alpha=settings["alpha"], random_state=seed)


LOGISTIC_REGRESSION = ModelEntry(
    key="logistic_regression",
    title="Logistic regression",
    family="Linear",
    summary="A weighted sum of the columns turned into probabilities: fast, readable, well "
    "calibrated; the first model to try, and hard to beat on few rows.",
    tasks=CLASSIFICATION,
    build=_logistic_regression,
    module="sklearn.linear_model",
    preset="linear",
    takes_sparse=True,
    explainer="linear",
    # More classes also take more steps until the weights stand still.
    fit_seconds=lambda rows, columns, classes: (
        0.006 + 1.4e-7 * rows * columns * max(1, classes - 1) ** 1.8
    ),
    relative_seconds=lambda settings: 80.0 if settings["penalty"] == "l1" else 1.0,
    params=(
        Number(
            name="C",
            label="Freedom (C)",
            default=1.0,
            minimum=1e-5,
            maximum=1e5,
            log_scale=True,
            help="Inverse strength of the penalty on weights. Lower it when the training score is "
            "much better than the test score, raise it when both are poor. High values need more "
            "steps.",
        ),
        Option(
            name="penalty",
            label="Penalty",
            default="l2",
            options=(("l2", "Ridge (keeps all columns)"), ("l1", "Lasso (drops columns)")),
            help="Lasso sets weights of useless columns to exactly 0, which suits very many "
            "columns; it takes 10 to 100 times longer.",
        ),
        Number(
            name="max_iter",
            label="Most steps",
            default=1000,
            minimum=10,
            maximum=100_000,
            integer=True,
            log_scale=True,
            advanced=True,
            help="Where the solver gives up with a warning. Raise it when it did not converge, "
            "and scale the columns first: that helps more.",
        ),
    ),
)

RIDGE = ModelEntry(
    key="ridge",
    title="Ridge regression",
    family="Linear",
    summary="A weighted sum of the columns with a penalty on large weights: fast and readable; "
    "the first model to try for a number, and steady when columns are correlated.",
    tasks=frozenset({Task.REGRESSION}),
    build=_ridge,
    module="sklearn.linear_model",
    preset="linear",
    takes_sparse=True,
    explainer="linear",
    fit_seconds=lambda rows, columns, classes: 0.002 + 3e-9 * rows * columns**2,  # noqa: ARG005
    params=(
        Number(
            name="alpha",
            label="Penalty (alpha)",
            default=1.0,
            minimum=1e-6,
            maximum=1e6,
            log_scale=True,
            help="Strength of the penalty on weights. Raise it when there are many or correlated "
            "columns for few rows. Costs nothing.",
        ),
    ),
)
