"""One step gone wrong, all others right: against the honest bench and plain code."""

import numpy as np
import pandas as pd
import pytest
from imblearn.under_sampling import RandomUnderSampler
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

from lab.base import LabError
from lab.benchmark import dataset_splits
from lab.experiments import fold_seed
from lab.leaking.one_step import judge_with_one_step_leaking
from lab.recipes import preset_recipe
from tests.leaking.plainly import honest, step


def with_one(dataset, experiment, key, metric="roc_auc"):
    """Return the scores of all folds with one step gone wrong."""
    candidate = experiment.candidates[0]
    results = [
        judge_with_one_step_leaking(dataset, experiment, candidate, split, key)
        for split in dataset_splits(dataset, experiment)
    ]
    return np.array([result.test_scores[metric] for result in results])


@pytest.fixture(scope="module")
def mixed(dataset_of):
    """Return 240 rows with gaps, levels and a column that is nearly always missing."""
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(rng.normal(size=(240, 3)).round(4), columns=list("abc"))
    frame["town"] = rng.choice(["Ulm", "Bonn", "Graz", "Lyon"], 240)
    frame["rarely"] = np.where(np.arange(240) == 3, 1.5, np.nan)
    frame.loc[::7, "a"], frame.loc[::11, "town"] = np.nan, None
    y = (frame["b"] + (frame["town"] == "Ulm") + rng.normal(0, 1, 240)) > 0.8
    return dataset_of(frame.assign(y=np.where(y, "yes", "no")))


RECIPES = {
    "linear": preset_recipe("linear").steps,
    "trees": preset_recipe("trees").steps,
    "encoded": (step("median_imputer"), step("most_frequent_imputer"), step("target_encoding")),
    "joint": (step("knn_imputer"), step("one_hot"), step("standard_scaler")),
    "reduced": (*preset_recipe("linear").steps, step("univariate_selection"), step("pca")),
    "resampled": (*preset_recipe("linear").steps, step("smote")),
    "mixed kinds": (step("median_imputer"), step("most_frequent_imputer"), step("smote_nc"),
                    step("one_hot")),
    "undersampled": (*preset_recipe("linear").steps, step("random_under")),
    "weighted": (*preset_recipe("linear").steps, step("class_weights")),
}  # fmt: skip


@pytest.mark.parametrize("name", RECIPES)
def test_with_no_step_gone_wrong_the_score_is_the_honest_one(mixed, experiment_of, name):
    experiment = experiment_of(mixed, "logistic_regression", *RECIPES[name])
    np.testing.assert_allclose(
        with_one(mixed, experiment, ""), honest(mixed, experiment), atol=1e-9, rtol=0
    )


def test_scaling_alone_equals_plain_code_that_makes_the_mistake(rare, dataset_of, experiment_of):
    dataset = dataset_of(rare)
    experiment = experiment_of(dataset, "knn", step("standard_scaler"), step("random_under"))
    scores = []
    for split in dataset_splits(dataset, experiment):
        seed = fold_seed(experiment.seed, split.repeat, split.fold)
        both = np.concatenate([split.train, split.test])
        scaler = StandardScaler().fit(dataset.X.iloc[both])
        X, test = (scaler.transform(dataset.X.iloc[rows]) for rows in (split.train, split.test))
        X, y = RandomUnderSampler(random_state=seed).fit_resample(X, dataset.y[split.train])
        chances = KNeighborsClassifier(5).fit(X, y).predict_proba(test)[:, 1]
        scores.append(roc_auc_score(dataset.y[split.test], chances))
    found = with_one(dataset, experiment, "standard_scaler")
    np.testing.assert_allclose(found, scores, atol=1e-9, rtol=0)


def test_selecting_alone_equals_plain_code_and_shows_what_is_not_there(
    noise, dataset_of, experiment_of
):
    dataset = dataset_of(noise)
    steps = (step("standard_scaler"), step("univariate_selection"))
    experiment = experiment_of(dataset, "knn", *steps, n_neighbors=1)
    scores = []
    for split in dataset_splits(dataset, experiment):
        both = np.concatenate([split.train, split.test])
        scaled = StandardScaler().fit(dataset.X.iloc[split.train]).transform(dataset.X)
        chosen = SelectKBest(f_classif, k=10).fit(scaled[both], dataset.y[both]).transform(scaled)
        model = KNeighborsClassifier(1).fit(chosen[split.train], dataset.y[split.train])
        chances = model.predict_proba(chosen[split.test])[:, 1]
        scores.append(roc_auc_score(dataset.y[split.test], chances))
    found = with_one(dataset, experiment, "univariate_selection")
    np.testing.assert_allclose(found, scores, atol=1e-9, rtol=0)
    assert found.mean() > 0.8
    assert abs(with_one(dataset, experiment, "standard_scaler").mean() - 0.5) < 0.2


def test_repeated_rows_fall_on_both_sides_and_others_stay_where_they_are(
    rare, dataset_of, experiment_of
):
    dataset = dataset_of(rare)
    steps = (step("standard_scaler"), step("random_over"))
    experiment = experiment_of(dataset, "decision_tree", *steps, max_depth=None)
    assert with_one(dataset, experiment, "random_over").mean() > 0.9
    assert abs(with_one(dataset, experiment, "standard_scaler").mean() - 0.5) < 0.12


def test_encoding_levels_of_noise_by_the_target_leaks_by_itself(levels, dataset_of, experiment_of):
    dataset = dataset_of(levels)
    steps = (step("target_encoding", smooth=0), step("standard_scaler"))
    experiment = experiment_of(dataset, "logistic_regression", *steps)
    assert with_one(dataset, experiment, "target_encoding").mean() > 0.8
    assert abs(with_one(dataset, experiment, "standard_scaler").mean() - 0.5) < 0.12


@pytest.mark.parametrize("name", RECIPES)
def test_every_step_can_go_wrong_alone(mixed, experiment_of, name):
    experiment = experiment_of(mixed, "logistic_regression", *RECIPES[name])
    for one in RECIPES[name]:
        assert np.isfinite(with_one(mixed, experiment, one.choice.key)).all()


def test_made_rows_have_no_group_and_copies_go_with_theirs(rare, dataset_of, experiment_of):
    dataset = dataset_of(rare.assign(who=np.arange(300) // 3), group="who")
    made = experiment_of(dataset, "knn", step("smote"), splitter="group")
    with pytest.raises(LabError, match="have no group to divide them by"):
        with_one(dataset, made, "smote")
    copied = experiment_of(dataset, "knn", step("random_over"), splitter="group", n_neighbors=1)
    assert abs(np.nanmean(with_one(dataset, copied, "random_over")) - 0.5) < 0.12
