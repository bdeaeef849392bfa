"""The rows that a candidate learns from when it is given a share of them."""

import numpy as np
import pandas as pd
import pytest

from lab.base import Task
from lab.benchmark import dataset_splits, training_rows
from lab.data import Roles, make_dataset, read_table
from lab.experiments import Candidate, Experiment, fold_seed
from lab.explain.fitted_fold import fit_fold
from lab.models import MODELS
from lab.recipes import auto_recipe
from lab.validation import SPLITTERS, ValidationPlan

RECIPE = auto_recipe("trees", takes_missing=False)


@pytest.fixture
def visits(tmp_path):
    """Return a function that makes a data set of visits by some people on some days."""
    random = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "person": np.repeat(np.arange(40), 6),
            "day": random.permutation(240),
            "age": random.normal(40, 10, 240).round(1),
            "spent": random.normal(100, 20, 240).round(2),
        }
    )
    frame.to_csv(tmp_path / "visits.csv", index=False)

    def make(**roles):
        table = read_table(tmp_path / "visits.csv")
        return make_dataset(table, Roles(target="spent", task=Task.REGRESSION, **roles))

    return make


def experiment_on(data, splitter, **candidate):
    tree = Candidate(name="Tree", recipe=RECIPE, model=MODELS.choose("decision_tree"), **candidate)
    return Experiment(
        name="visits",
        dataset_id=data.id,
        task=Task.REGRESSION,
        candidates=(tree,),
        plan=ValidationPlan(splitter=SPLITTERS.choose(splitter, {"folds": 3})),
        metrics=("r2",),
    )


def chosen(data, experiment, share):
    for split in dataset_splits(data, experiment):
        seed = fold_seed(experiment.seed, split.repeat, split.fold)
        rows = training_rows(data, experiment.plan, split.train, share, seed=seed)
        yield split.train, rows


def test_the_rows_of_a_person_stay_together(visits):
    data = visits(group="person")
    for train, rows in chosen(data, experiment_on(data, "group"), 0.3):
        people = np.unique(data.groups[rows])
        np.testing.assert_array_equal(rows, train[np.isin(data.groups[train], people)])
        assert 0.3 <= len(rows) / len(train) <= 0.4


def test_the_latest_days_are_kept(visits):
    data = visits(time="day")
    for train, rows in chosen(data, experiment_on(data, "time"), 0.25):
        assert len(rows) == round(0.25 * len(train))
        assert data.times[rows].min() > data.times[np.setdiff1d(train, rows)].max()


def test_an_explanation_is_about_the_model_of_the_bench(visits):
    data = visits()
    experiment = experiment_on(data, "kfold", train_share=0.5, seed=4)
    split = dataset_splits(data, experiment)[1]
    fold = fit_fold(data, experiment, 0, split)
    seed = fold_seed(experiment.seed, split.repeat, split.fold)
    rows = training_rows(data, experiment.plan, split.train, 0.5, seed=seed)
    np.testing.assert_array_equal(fold.split.train, rows)
    assert fold.fitted.model.get_params()["random_state"] == seed + 4
    assert fold.fitted.model.tree_.n_node_samples[0] == len(rows) == 80
