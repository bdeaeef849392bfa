"""A small neural network."""

import math
from collections.abc import Mapping
from typing import Any

from lab.base import ALL_TASKS, Number, Task, Toggle, Value
from lab.models.entry import ModelEntry
from lab.models.targets import on_standard_target

STOPS_EARLY_FROM = 1_000
"""Training rows, as `lab.models.adapted_mlp` decides, which is too heavy to ask here."""


def _mlp(settings: Mapping[str, Value], task: Task, seed: int) -> Any:
    from lab.models.adapted_mlp import WatchedMLPClassifier, WatchedMLPRegressor

    shared = {
        "hidden_layer_sizes": (settings["hidden_units"],) * int(settings["hidden_layers"] or 1),
        "alpha": settings["alpha"],
        "learning_rate_init": settings["learning_rate"],
        "max_iter": settings["max_iter"],
        "early_stopping": settings["early_stopping"],
        "random_state": seed,
    }
    if task.is_classification:
        return WatchedMLPClassifier(**shared)
    return on_standard_target(WatchedMLPRegressor(**shared))


def _seconds(rows: int, columns: int, classes: int) -> float:
    if rows < STOPS_EARLY_FROM:
        return 0.03 + 6e-4 * rows
    return 0.02 + 2.1e-5 * rows * (1 + columns / 50) * (1 + classes / 10)


def _relative_seconds(settings: Mapping[str, Value]) -> float:
    units = math.pow(float(settings["hidden_units"] or 1) / 100, 0.45)
    layers = 1 + 0.3 * (float(settings["hidden_layers"] or 1) - 1)
    return units * layers * (1.0 if settings["early_stopping"] else 12.0)


MLP = ModelEntry(
    key="mlp",
    title="Neural network (MLP)",
    family="Neural",
    summary="Layers of weighted sums with bends between them: smooth answers on thousands of "
    "scaled rows; needs tuning, and boosted trees often do better on tables.",
    tasks=ALL_TASKS,
    build=_mlp,
    module="lab.models.adapted_mlp",
    preset="linear",
    takes_sparse=True,
    fit_seconds=_seconds,
    relative_seconds=_relative_seconds,
    params=(
        Number(
            name="hidden_units",
            label="Units a layer",
            default=100,
            minimum=1,
            maximum=2_000,
            integer=True,
            log_scale=True,
            help="Width of each layer. More can follow finer shapes, need more rows and take "
            "longer in proportion.",
        ),
        Number(
            name="hidden_layers",
            label="Layers",
            default=1,
            minimum=1,
            maximum=5,
            integer=True,
            help="One is enough for most tables; two help with many rows and interactions.",
        ),
        Number(
            name="alpha",
            label="Penalty (alpha)",
            default=1e-4,
            minimum=1e-7,
            maximum=100.0,
            log_scale=True,
            help="Strength of the penalty on weights. Raise it when the training score is much "
            "better than the test score. Costs nothing.",
        ),
        Number(
            name="learning_rate",
            label="Learning rate",
            default=0.001,
            minimum=1e-5,
            maximum=0.1,
            log_scale=True,
            advanced=True,
            help="Length of the steps. Higher is faster and less steady.",
        ),
        Number(
            name="max_iter",
            label="Most passes over the rows",
            default=1_000,
            minimum=1,
            maximum=10_000,
            integer=True,
            log_scale=True,
            advanced=True,
            help="Where it gives up with a warning that it did not converge. Time grows with it "
            "when early stopping is off.",
        ),
        Toggle(
            name="early_stopping",
            label="Stop early",
            default=True,
            advanced=True,
            help="From 1,000 training rows on, holds a tenth of them apart and stops when they no "
            "longer gain: five times faster and less overfitting. Fewer rows are always all used.",
        ),
    ),
)
