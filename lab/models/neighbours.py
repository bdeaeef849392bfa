"""Nearest neighbours: answers of the most similar rows."""

from collections.abc import Mapping
from typing import Any

from lab.base import ALL_TASKS, Number, Option, Task, Value
from lab.models.entry import ModelEntry


def _knn(settings: Mapping[str, Value], task: Task, seed: int) -> Any:  # noqa: ARG001
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

    kind = KNeighborsClassifier if task.is_classification else KNeighborsRegressor
    return kind(
        n_neighbors=settings["n_neighbors"],
        weights=settings["weights"],
        metric=settings["metric"],
        n_jobs=1,
    )


KNN = ModelEntry(
    key="knn",
    title="k nearest neighbours",
    family="Neighbours",
    summary="Answers as the most similar training rows do: no assumption about shape, good on few "
    "scaled columns, slow to predict on many rows.",
    tasks=ALL_TASKS,
    build=_knn,
    module="sklearn.neighbors",
    preset="linear",
    takes_weights=False,
    # Nearly all of it is predicting a quarter as many rows.
    fit_seconds=lambda rows, columns, classes: 0.005 + 1.2e-11 * rows**2 * (columns + 50),  # noqa: ARG005
    params=(
        Number(
            name="n_neighbors",
            label="Neighbours",
            default=5,
            minimum=1,
            maximum=500,
            integer=True,
            log_scale=True,
            help="How many rows vote. More give smoother answers and finer probabilities; fewer "
            "follow small structures and noise. There must be at least as many training rows.",
        ),
        Option(
            name="weights",
            label="Votes",
            default="uniform",
            options=(("uniform", "All equal"), ("distance", "Nearer counts more")),
            help="Weighting by nearness helps with many neighbours; the training score is then "
            "always perfect and says nothing.",
        ),
        Option(
            name="metric",
            label="Distance",
            default="euclidean",
            options=(("euclidean", "Straight line"), ("manhattan", "Sum of differences")),
            advanced=True,
            help="The sum of differences is less ruled by one outlying column and two to three "
            "times slower.",
        ),
    ),
)
