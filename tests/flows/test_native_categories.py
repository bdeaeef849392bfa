"""Boosted trees that are told of categories equal each library used as its manual says.

In the loops here a table is read with pandas, categories are columns of pandas' type ``category``,
and scikit-learn makes the folds. Ours hands over arrays of codes and tells their places.
"""

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier, LGBMRegressor
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.metrics import log_loss, mean_absolute_error, r2_score, roc_auc_score
from sklearn.model_selection import KFold, StratifiedKFold
from threadpoolctl import threadpool_limits
from xgboost import XGBClassifier, XGBRegressor

from lab.base import Task, Workspace
from lab.benchmark import dataset_splits, fit_prepared, start, wait
from lab.benchmark.fitting import prepare_split
from lab.benchmark.prepared import read_prepared
from lab.data import Roles, make_dataset, read_table
from lab.experiments import Candidate, Experiment
from lab.models import MODELS
from lab.recipes import STEPS, Recipe, Step
from lab.store import JobState, Store
from lab.validation import SPLITTERS, ValidationPlan

SEED, N_TREES = 3, 12
TARGETS = {Task.BINARY: "paid", Task.MULTICLASS: "kind", Task.REGRESSION: "price"}
CATEGORIES = ["town", "street"]
LEAST = {"min_samples_leaf": 5}
SETTINGS = {"hist_gradient_boosting": LEAST, "lightgbm": LEAST, "xgboost": {}}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Return a file with a category of 30 levels and one of over 255, many seen once, with gaps."""
    rng = np.random.default_rng(8)
    n = 900
    age, town = rng.normal(40, 10, n).round(1), rng.integers(0, 30, n)
    street = rng.geometric(0.006, n)
    push = (age - 40) / 10 + (town % 4 == 1) * 2 + (street % 3 == 0) + rng.normal(0, 0.5, n)
    frame = pd.DataFrame(
        {
            "age": np.where(rng.random(n) < 0.1, np.nan, age),
            "noise": rng.normal(size=n).round(3),
            "town": np.where(rng.random(n) < 0.1, None, [f"town {place}" for place in town]),
            "street": np.where(rng.random(n) < 0.05, None, [f"no {place}" for place in street]),
            "paid": np.where(push > 1, "yes", "no"),
            "kind": np.select([push < 0, push < 1.5], ["low", "middle"], "high"),
            "price": np.exp(push / 2).round(4),
        }
    )
    assert frame["street"].nunique() > 300
    path = tmp_path_factory.mktemp("tables") / "table.csv"
    frame.to_csv(path, index=False)
    return path


def made(path, task):
    """Return the data set of a task, and an experiment with the three models on it."""
    others = tuple(name for name in TARGETS.values() if name != TARGETS[task])
    dataset = make_dataset(read_table(path), Roles(target=TARGETS[task], task=task, ignored=others))
    keys = ("native_category", "log_target") if task is Task.REGRESSION else ("native_category",)
    recipe = Recipe(title="", steps=tuple(Step(choice=STEPS.choose(key)) for key in keys))
    splitter = "kfold" if task is Task.REGRESSION else "stratified"
    experiment = Experiment(
        name="native",
        dataset_id=dataset.id,
        task=task,
        candidates=tuple(
            Candidate(
                name=key, recipe=recipe, model=MODELS.choose(key, {**more, "n_estimators": N_TREES})
            )
            for key, more in SETTINGS.items()
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose(splitter, {"folds": 3}), seed=SEED),
        metrics=("r2",) if task is Task.REGRESSION else ("log_loss",),
    )
    return dataset, experiment


def run(folder, dataset, experiment):
    """Run the three in the real bench; return their results in order."""
    store = Store(Workspace(root=folder))
    store.save_dataset(dataset)
    experiment_id = store.save_experiment(experiment)
    start(store, experiment_id)
    job = wait(store, experiment_id)
    assert job.state is JobState.DONE, job.message
    for record in store.records(experiment_id):
        assert record.result.failure is None, record.result.failure
        yield experiment.candidates[record.cell.candidate].name, record.result


def fit_each(folder, dataset, experiment):
    """Do what the bench's processes do, in this one: prepared rows go through files."""
    recipe = experiment.candidates[0].recipe
    for split in dataset_splits(dataset, experiment):
        place = folder / str(split.fold)
        facts = prepare_split(dataset, recipe, split.train, split.test, seed=1, folder=place)
        assert "rarest levels of column 'street' share one code" in " ".join(facts.notes)
        for candidate in experiment.candidates:
            read = read_prepared(place)
            n_classes = len(dataset.labels)
            with threadpool_limits(1):
                _, result = fit_prepared(
                    read, candidate, experiment.task, n_classes=n_classes, seed=1
                )
            yield candidate.name, result


def as_categories(train, test):
    """Return a column of two parts as pandas categories; of 256 levels and more, 254 stay apart."""
    counts = train.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    kept = counts.index if len(counts) <= 255 else counts.index[:254]
    rare = dict.fromkeys(counts.index.difference(kept), "~rare")
    kind = pd.CategoricalDtype(sorted({*kept, *rare.values()}))
    parts = [part.replace(rare) for part in (train, test)]
    return [part.where(part.isin(kind.categories)).astype(kind) for part in parts]


def plain_models(task):
    """Return each library's estimator by our key, every setting that matters written out."""
    shared = {"n_estimators": N_TREES, "learning_rate": 0.1, "n_jobs": 1}
    trees = {"max_leaf_nodes": 31, "min_samples_leaf": 5, "categorical_features": "from_dtype"}
    hist = {"max_iter": N_TREES, "learning_rate": 0.1, "early_stopping": False, **trees}
    xgb = {**shared, "max_depth": 6, "tree_method": "hist", "enable_categorical": True}
    light = {**shared, "num_leaves": 31, "min_child_samples": 5, "verbosity": -1}
    light |= {"deterministic": True, "force_row_wise": True}
    if task is Task.REGRESSION:
        kinds = (HistGradientBoostingRegressor(**hist), XGBRegressor(**xgb), LGBMRegressor(**light))
        logs = [
            TransformedTargetRegressor(one, func=np.log1p, inverse_func=np.expm1) for one in kinds
        ]
        return dict(zip(("hist_gradient_boosting", "xgboost", "lightgbm"), logs, strict=True))
    return {
        "hist_gradient_boosting": HistGradientBoostingClassifier(**hist),
        "xgboost": XGBClassifier(**xgb),
        "lightgbm": LGBMClassifier(**light),
    }


def plain_scores(path, task):
    """Return scores by model, metric and fold, from a loop without the playground."""
    frame = pd.read_csv(path, keep_default_na=True)
    y = frame[TARGETS[task]]
    y = y.to_numpy() if task is Task.REGRESSION else pd.Categorical(y).codes
    folds = KFold if task is Task.REGRESSION else StratifiedKFold
    found = {}
    for train, test in folds(3, shuffle=True, random_state=SEED).split(frame, y):
        parts = [frame.iloc[rows][["age", "noise", *CATEGORIES]].copy() for rows in (train, test)]
        for name in CATEGORIES:
            made = as_categories(parts[0][name], parts[1][name])
            parts = [
                part.assign(**{name: column}) for part, column in zip(parts, made, strict=True)
            ]
        for key, model in plain_models(task).items():
            with threadpool_limits(1):
                model.fit(parts[0], y[train])
            for metric, value in scores(model, parts[1], y[test], task).items():
                found.setdefault((key, metric), []).append(value)
    return found


def scores(model, X, truth, task):
    if task is Task.REGRESSION:
        predicted = model.predict(X)
        return {"r2": r2_score(truth, predicted), "mae": mean_absolute_error(truth, predicted)}
    chances = model.predict_proba(X).astype(np.float64)  # XGBoost's have half the digits
    if task is Task.BINARY:
        chances[:, 0] = 1 - chances[:, 1]
    chances /= chances.sum(axis=1, keepdims=True)
    auc = roc_auc_score(truth, chances[:, 1] if task is Task.BINARY else chances, multi_class="ovr")
    return {"log_loss": log_loss(truth, chances), "roc_auc": auc}


@pytest.mark.parametrize(
    ("task", "fitted"),
    [(Task.BINARY, fit_each), (Task.MULTICLASS, fit_each), (Task.REGRESSION, run)],
)
def test_scores_of_every_fold_equal_those_of_the_libraries_used_plainly(
    tmp_path, path, task, fitted
):
    ours = {}
    for key, result in fitted(tmp_path, *made(path, task)):
        for metric, value in result.test_scores.items():
            ours.setdefault((key, metric), []).append(value)
    for (key, metric), expected in plain_scores(path, task).items():
        message = f"{key} {metric}"
        np.testing.assert_allclose(ours[key, metric], expected, rtol=0, atol=1e-9, err_msg=message)
