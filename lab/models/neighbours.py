"""Nearest neighbours: answers of the most similar rows."""

from collections.abc import Mapping
from typing import Any

from lab.base import ALL_TASKS, Number, Option, Task, Value
from lab.models.entry import ModelEntry


def _knn(settings: Mapping[str, Value], task: Task, seed: int) -> Any:  # noqa: ARG001
    from lab.models.adapted_neighbours import QuickKNeighborsClassifier, QuickKNeighborsRegressor

    kind = QuickKNeighborsClassifier if task.is_classification else QuickKNeighborsRegressor
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
    module="lab.models.adapted_neighbours",
    preset="linear",
    slow_to_predict=True,
    takes_weights=False,
    # Nearly all of it is predicting: a quarter as many rows, and the sample of training rows.
    fit_seconds=lambda rows, columns, classes: (  # noqa: ARG005
        0.005 + 1e-10 * rows**2 * (columns + 2) + 2e-7 * rows * columns
    ),
    relative_seconds=lambda settings: 10.0 if settings["metric"] == "manhattan" else 1.0,
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
            help="The sum of differences is less ruled by one outlying column and about ten "
            "times slower.",
        ),
    ),
)
