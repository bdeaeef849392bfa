"""A made-up table with a known story, and experiments on it."""

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from lab.base import Task
from lab.benchmark import dataset_splits
from lab.data import Roles, make_dataset, read_table
from lab.experiments import Candidate, Experiment
from lab.explain.fitted_fold import fit_fold
from lab.metrics import default_metrics
from lab.models import MODELS
from lab.recipes import Recipe, auto_recipe, preset_recipe
from lab.validation import SPLITTERS, ValidationPlan

TARGETS = {Task.BINARY: "paid", Task.MULTICLASS: "kind", Task.REGRESSION: "size"}

QUICK = {"mlp": {"hidden_units": 20, "learning_rate": 0.01, "alpha": 1.0}}
"""Settings with which a model converges on so few rows."""


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """Keep numerical libraries from starting a thread a core for a table of 240 rows."""
    import sklearn.ensemble  # noqa: F401  - loads the libraries that are to be limited

    with threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def datasets(tmp_path_factory):
    """Give a data set by task; ``weighted`` is the binary one with row weights."""
    path = tmp_path_factory.mktemp("tables") / "table.csv"
    story().to_csv(path, index=False)
    table = read_table(path)
    made = {}
    for task, target in TARGETS.items():
        others = tuple(name for name in (*TARGETS.values(), "weight") if name != target)
        made[task] = make_dataset(table, Roles(target=target, task=task, ignored=others))
    roles = Roles(target="paid", task=Task.BINARY, weight="weight", ignored=("kind", "size"))
    return {**made, "weighted": make_dataset(table, roles)}


def story() -> pd.DataFrame:
    """Return 240 rows whose targets follow age and town, little else, and never the noise."""
    rng = np.random.default_rng(5)
    n = 240
    age, income = rng.normal(40, 10, n).round(1), rng.gamma(3, 1_000, n).round()
    town = rng.choice(["Aarhus", "Bergen", "Cork"], n)
    signal = (age - 40) / 10 + (town == "Cork") * 1.5 + rng.normal(0, 0.4, n)
    return pd.DataFrame(
        {
            "age": np.where(rng.random(n) < 0.1, np.nan, age),
            "income": income,
            "town": np.where(rng.random(n) < 0.05, None, town),
            "noise": rng.normal(size=n).round(3),
            "size": (10_000 + 500 * signal + income / 10).round(2),
            "kind": np.select([signal < -0.5, signal < 1], ["low", "middle"], "high"),
            "paid": np.where(signal > 0.8, "yes", "no"),
            "weight": rng.choice([0.5, 1.0, 4.0], n),
        }
    )


@pytest.fixture(scope="session")
def experiment_on():
    """Give a maker of experiments with one candidate."""

    def make(
        dataset, model, *, recipe="auto", splitter="kfold", metrics=(), dataset_id="", **settings
    ):
        entry, task = MODELS[model], dataset.roles.task
        auto = auto_recipe(entry.preset, takes_missing=entry.takes_missing)
        candidate = Candidate(
            name=model,
            recipe=_recipe(recipe) or auto,
            model=MODELS.choose(model, {**QUICK.get(model, {}), **settings}),
        )
        folds = {} if splitter == "holdout" else {"folds": 3}
        return Experiment(
            name="made",
            dataset_id=dataset_id,
            task=task,
            candidates=(candidate,),
            plan=ValidationPlan(splitter=SPLITTERS.choose(splitter, folds)),
            metrics=metrics or default_metrics(task),
        )

    return make


def _recipe(named):
    """Return a recipe, or the ready one of a name; None for ``auto``."""
    if isinstance(named, Recipe):
        return named
    return None if named == "auto" else preset_recipe(named)


@pytest.fixture(scope="session")
def fold_of(experiment_on):
    """Give a maker of fitted folds."""

    def make(dataset, model, **choices):
        experiment = experiment_on(dataset, model, **choices)
        return fit_fold(dataset, experiment, 0, dataset_splits(dataset, experiment)[0])

    return make
