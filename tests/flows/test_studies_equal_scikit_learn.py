"""Studies run on the bench equal scikit-learn's own learning and validation curves."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import Ridge
from sklearn.model_selection import learning_curve as plain_learning_curve
from sklearn.model_selection import validation_curve as plain_validation_curve
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from lab.base import Task, Workspace
from lab.benchmark import cancel, dataset_splits, start, training_rows, wait
from lab.comparison import learning_trend, study_curve
from lab.data import Roles, load_sample, make_dataset
from lab.experiments import (
    Candidate,
    CellState,
    Experiment,
    fold_seed,
    learning_curve,
    repeated_seeds,
    validation_curve,
)
from lab.models import MODELS
from lab.recipes import STEPS, Recipe, Step
from lab.store import JobState, Store
from lab.validation import SPLITTERS, ValidationPlan

SHARES = (0.1, 0.3, 0.6, 1.0)
TREES = 10
TOLERANCE = 1e-9


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store(Workspace(root=tmp_path_factory.mktemp("studies")))


@pytest.fixture(scope="module")
def concrete():
    return make_dataset(
        load_sample("concrete_strength"), Roles(target="compressive_strength", task=Task.REGRESSION)
    )


@pytest.fixture(scope="module")
def experiment(store, concrete):
    """Return a finished experiment of a ridge and of a forest on scaled columns."""
    scaled = Recipe(title="Scaled", steps=(Step(choice=STEPS.choose("standard_scaler")),))
    forest = MODELS.choose("random_forest", {"n_estimators": TREES})
    made = Experiment(
        name="concrete",
        dataset_id=store.save_dataset(concrete),
        task=Task.REGRESSION,
        candidates=(
            Candidate(name="Ridge", recipe=scaled, model=MODELS.choose("ridge")),
            Candidate(name="Forest", recipe=scaled, model=forest),
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose("kfold", {"folds": 5})),
        metrics=("r2", "rmse"),
    )
    run(store, made)
    return made


def run(store, made):
    """Run an experiment and return its test and training scores, a line a candidate."""
    start(store, store.save_experiment(made))
    job = wait(store, made.id)
    assert job.state is JobState.DONE, job.message
    records = store.records(made.id)
    assert all(record.state is CellState.DONE for record in records)
    results = [record.result for record in records]
    shape = (len(made.candidates), -1)
    test, train = (
        np.array([scores["r2"] for scores in side]).reshape(shape)
        for side in (
            [result.test_scores for result in results],
            [result.train_scores for result in results],
        )
    )
    return test, train


def predictions(store):
    folder = store.workspace.root / "predictions"
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*.npz")}


def growing(concrete, experiment, split):
    """Return the training rows of a split, those of smaller shares first, and the sizes."""
    seed = fold_seed(experiment.seed, split.repeat, split.fold)
    order = np.array([], dtype=np.int64)
    sizes = []
    for share in SHARES:
        rows = training_rows(concrete, experiment.plan, split.train, share, seed=seed)
        assert np.isin(order, rows).all()
        order = np.concatenate([order, np.setdiff1d(rows, order)])
        sizes.append(len(order))
    return order, sizes


def test_a_learning_curve_is_scikit_learns_on_the_same_rows(store, concrete, experiment):
    before = predictions(store)
    test, train = run(store, learning_curve(experiment, 0, shares=SHARES))
    splits = dataset_splits(concrete, experiment)
    grown = [growing(concrete, experiment, split) for split in splits]
    assert len({tuple(sizes) for _, sizes in grown}) == 1
    sizes, plain_train, plain_test = plain_learning_curve(
        make_pipeline(StandardScaler(), Ridge()),
        concrete.X,
        concrete.y,
        train_sizes=grown[0][1],
        cv=[(order, split.test) for (order, _), split in zip(grown, splits, strict=True)],
        scoring="r2",
    )
    assert list(sizes) == grown[0][1]
    np.testing.assert_allclose(test, plain_test, atol=TOLERANCE, rtol=0)
    np.testing.assert_allclose(train, plain_train, atol=TOLERANCE, rtol=0)
    after = predictions(store)
    assert before.items() <= after.items()
    assert len(after) - len(before) == 3 * len(splits)


def test_a_validation_curve_is_scikit_learns(store, concrete, experiment):
    before = predictions(store)
    values = (0.01, 1.0, 100.0)
    test, train = run(store, validation_curve(experiment, 0, "alpha", values=values))
    splits = dataset_splits(concrete, experiment)
    plain_train, plain_test = plain_validation_curve(
        make_pipeline(StandardScaler(), Ridge()),
        concrete.X,
        concrete.y,
        param_name="ridge__alpha",
        param_range=values,
        cv=[(split.train, split.test) for split in splits],
        scoring="r2",
    )
    np.testing.assert_allclose(test, plain_test, atol=TOLERANCE, rtol=0)
    np.testing.assert_allclose(train, plain_train, atol=TOLERANCE, rtol=0)
    after = predictions(store)
    assert before.items() <= after.items()
    assert len(after) - len(before) == 2 * len(splits)


def test_repeated_seeds_shift_the_seed_of_the_model_and_nothing_else(store, concrete, experiment):
    before = predictions(store)
    test, _ = run(store, repeated_seeds(experiment, 1, n=3))
    assert len(predictions(store)) - len(before) == 2 * 5
    X, y = concrete.X.to_numpy(), concrete.y
    for split in dataset_splits(concrete, experiment):
        seed = fold_seed(experiment.seed, split.repeat, split.fold)
        for shift in range(3):
            forest = make_pipeline(
                StandardScaler(),
                RandomForestRegressor(
                    n_estimators=TREES,
                    max_features=1 / 3,
                    random_state=seed + shift,
                ),
            ).fit(X[split.train], y[split.train])
            score = forest.score(X[split.test], y[split.test])
            assert test[shift, split.fold] == pytest.approx(score, abs=TOLERANCE)


def test_shares_without_rows_fail_alone_and_say_why(store, experiment):
    study = learning_curve(experiment, 0, shares=(0.0005, 1.0))
    start(store, store.save_experiment(study))
    assert wait(store, study.id).state is JobState.DONE
    for record in store.records(study.id):
        if record.cell.candidate == 0:
            assert record.state is CellState.FAILED
            assert "too few to learn from" in record.result.failure.message
        else:
            assert record.state is CellState.DONE


def test_on_a_single_split_intervals_come_from_its_rows_and_no_trend_is_drawn(store, experiment):
    plan = ValidationPlan(splitter=SPLITTERS.choose("holdout"))
    study = learning_curve(replace(experiment, plan=plan), 0, shares=SHARES)
    run(store, study)
    records = store.records(study.id)
    curve = study_curve(
        study, records, "r2", outputs=lambda cell: store.load_predictions(cell.key).test
    )
    assert (curve["low"] < curve["mean"]).all()
    assert (curve["mean"] < curve["high"]).all()
    trend = learning_trend(study, records, "r2")
    assert trend.frame.empty
    assert "the scores of 1 fold" in trend.advice


def test_a_study_that_is_cancelled_goes_on_where_it_was(store, experiment):
    study = repeated_seeds(experiment, 1, n=6)
    start(store, store.save_experiment(study))
    cancel(store, study.id)
    assert wait(store, study.id).state is JobState.CANCELLED
    assert any(record.state is not CellState.DONE for record in store.records(study.id))
    stamps = predictions(store)
    test, _ = run(store, study)
    assert stamps.items() <= predictions(store).items()
    assert np.isfinite(test).all()
