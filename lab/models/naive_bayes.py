"""Naive Bayes: every column on its own."""

from collections.abc import Mapping
from typing import Any

from lab.base import CLASSIFICATION, Number, Task, Value
from lab.models.entry import ModelEntry


def _gaussian_nb(settings: Mapping[str, Value], task: Task, seed: int) -> Any:  # noqa: ARG001
    from lab.models.adapted_naive_bayes import BlockwiseGaussianNB

    return BlockwiseGaussianNB(var_smoothing=settings["var_smoothing"])


GAUSSIAN_NB = ModelEntry(
    key="gaussian_nb",
    title="Gaussian naive Bayes",
    family="Naive Bayes",
    summary="Takes every column as an independent bell curve within each class: instant, fair on "
    "very few rows; its probabilities are far too sure when columns are correlated.",
    tasks=CLASSIFICATION,
    build=_gaussian_nb,
    module="lab.models.adapted_naive_bayes",
    preset="linear",
    takes_sparse=True,
    fit_seconds=lambda rows, columns, classes: 0.002 + 4e-8 * rows * columns,  # noqa: ARG005
    params=(
        Number(
            name="var_smoothing",
            label="Smoothing",
            default=1e-9,
            minimum=1e-12,
            maximum=1.0,
            log_scale=True,
            help="Share of the largest column's variance added to every variance. Raise it when "
            "columns are constant within a class, as one-hot columns are. Costs nothing.",
        ),
    ),
)
