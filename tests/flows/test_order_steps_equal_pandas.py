"""A run that fills in time order within groups scores as pandas and scikit-learn written by hand.

Nothing of the playground stands in the loops: gaps of training rows are filled by ``groupby`` and
``ffill``, those of test rows by an as-of join on the training rows of the fold.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error
from sklearn.model_selection import GroupKFold, KFold, TimeSeriesSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from lab.base import Task, Workspace
from lab.benchmark import start, wait
from lab.data import Roles, make_dataset, read_table
from lab.experiments import Candidate, Experiment
from lab.models import MODELS
from lab.recipes import STEPS, Recipe, Step
from lab.store import JobState, Store
from lab.validation import SPLITTERS, ValidationPlan

FILE = Path(__file__).resolve().parents[2] / "datasets" / "chicago_ridership.csv"
SEED, TOLERANCE = 7, 1e-9
COLUMNS = ["Austin", "Quincy_Wells", "Belmont", "Clark_Lake", "temp", "humidity", "wind"]
FOLDS = {
    "time": TimeSeriesSplit(n_splits=4),
    "kfold": KFold(4, shuffle=True, random_state=SEED),
    "group": GroupKFold(n_splits=4, shuffle=True, random_state=SEED),
}


@pytest.fixture(scope="module")
def ridership(tmp_path_factory):
    """Return the daily ridership with gaps of some days on end, its rows in no order, and file."""
    rng = np.random.default_rng(0)
    frame = pd.read_csv(FILE)[["ridership", *COLUMNS, "date"]]
    for name in COLUMNS:
        for first in rng.integers(0, len(frame) - 20, 90):
            frame.loc[first : first + int(rng.integers(1, 20)), name] = np.nan
    frame["weekday"] = pd.to_datetime(frame["date"]).dt.day_name()
    frame = frame.sample(frac=1, random_state=1).reset_index(drop=True)
    path = tmp_path_factory.mktemp("gaps") / "ridership.csv"
    frame.to_csv(path, index=False)
    return path, frame.assign(date=pd.to_datetime(frame["date"]))


def scores_of_a_run(folder, path, key, splitter):
    """Return the fold scores that the real bench computes, by metric."""
    store = Store(Workspace(root=folder))
    roles = Roles(
        target="ridership",
        task=Task.REGRESSION,
        time="date",
        group="weekday",
        ignored=("date",),
    )
    dataset = make_dataset(read_table(path), roles)
    steps = tuple(Step(choice=STEPS.choose(name)) for name in (key, "standard_scaler"))
    candidate = Candidate(
        name=key,
        recipe=Recipe(title=key, steps=steps),
        model=MODELS.choose("ridge", {"alpha": 2.0}),
    )
    experiment = Experiment(
        name="in order",
        dataset_id=store.save_dataset(dataset),
        task=Task.REGRESSION,
        candidates=(candidate,),
        plan=ValidationPlan(splitter=SPLITTERS.choose(splitter, {"folds": 4}), seed=SEED),
        metrics=("r2", "rmse", "mae"),
    )
    experiment_id = store.save_experiment(experiment)
    start(store, experiment_id)
    job = wait(store, experiment_id)
    assert job.state is JobState.DONE, job.message
    found = {metric: [] for metric in experiment.metrics}
    for record in store.records(experiment_id):
        for metric, values in found.items():
            values.append(record.result.test_scores[metric])
    return found


def filled(train, test, key):
    """Return the columns of both parts without gaps, learnt from the training part."""
    placed = train.sort_values("date", kind="stable")
    groups = placed.groupby("weekday")[COLUMNS]
    carried = groups.ffill() if key == "forward_fill" else groups.bfill()
    medians, joined = train[COLUMNS].median(), test[COLUMNS].copy()
    asked = test.reset_index().sort_values("date")[["index", "date", "weekday"]]
    for name in COLUMNS:
        known = placed.dropna(subset=[name])[["date", "weekday", name]]
        direction = "backward" if key == "forward_fill" else "forward"
        found = pd.merge_asof(asked, known, on="date", by="weekday", direction=direction)
        joined[name] = joined[name].fillna(found.set_index("index")[name])
    return train[COLUMNS].fillna(carried).fillna(medians), joined.fillna(medians)


def divided(frame, splitter):
    """Yield training and test positions as scikit-learn divides the rows."""
    folds = FOLDS[splitter]
    if splitter == "time":
        order = np.argsort(frame["date"].to_numpy())
        for train, test in folds.split(order):
            yield np.sort(order[train]), np.sort(order[test])
    elif splitter == "group":
        codes, _ = pd.factorize(frame["weekday"])
        yield from folds.split(frame, groups=codes)
    else:
        yield from folds.split(frame)


def scores_by_hand(frame, key, splitter):
    rows = {"r2": [], "rmse": [], "mae": []}
    y = frame["ridership"].to_numpy()
    for train, test in divided(frame, splitter):
        X_train, X_test = filled(frame.iloc[train], frame.iloc[test], key)
        with threadpool_limits(1):
            model = make_pipeline(StandardScaler(), Ridge(alpha=2.0)).fit(X_train, y[train])
            predicted = model.predict(X_test)
        rows["r2"].append(r2_score(y[test], predicted))
        rows["rmse"].append(root_mean_squared_error(y[test], predicted))
        rows["mae"].append(mean_absolute_error(y[test], predicted))
    return rows


@pytest.mark.parametrize("key", ["forward_fill", "backward_fill"])
@pytest.mark.parametrize("splitter", list(FOLDS))
def test_fold_scores_equal_a_loop_written_by_hand(ridership, tmp_path, key, splitter):
    path, frame = ridership
    found = scores_of_a_run(tmp_path, path, key, splitter)
    expected = scores_by_hand(frame, key, splitter)
    for metric, values in expected.items():
        np.testing.assert_allclose(found[metric], values, rtol=0, atol=TOLERANCE)
    if splitter == "kfold":  # the groups are seen
        as_one = scores_by_hand(frame.assign(weekday="all"), key, splitter)
        assert not np.allclose(as_one["rmse"], expected["rmse"], rtol=1e-3)
