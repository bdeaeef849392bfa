"""The wrong way shows what is known of it, and equals plain code that makes the mistake."""

import numpy as np
import pandas as pd
import pytest
from imblearn.over_sampling import RandomOverSampler
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

from lab.base import LabError, Selection
from lab.leaking.wrong_way import (
    divide_what_was_prepared,
    judge_what_leaked,
    prepare_before_the_split,
)
from lab.recipes import STEPS, Recipe, Step
from tests.leaking.plainly import honest, step

TREE = {"max_depth": None}


def wrong(dataset, experiment, metric="roc_auc"):
    """Return the scores of all folds, gone the wrong way."""
    candidate = experiment.candidates[0]
    rows = prepare_before_the_split(dataset, candidate.recipe, seed=experiment.seed)
    splits = divide_what_was_prepared(dataset, experiment, rows)
    results = [judge_what_leaked(dataset, experiment, candidate, rows, split) for split in splits]
    return np.array([result.test_scores[metric] for result in results])


def test_selecting_columns_of_noise_before_the_split_shows_what_is_not_there(
    noise, dataset_of, experiment_of
):
    """Hastie, Tibshirani & Friedman, section 7.10.2: 50 rows of noise, the best few columns."""
    dataset = dataset_of(noise)
    experiment = experiment_of(dataset, "knn", step("univariate_selection"), n_neighbors=1)
    assert wrong(dataset, experiment).mean() > 0.8
    assert abs(honest(dataset, experiment).mean() - 0.5) < 0.2


def test_encoding_levels_of_noise_by_the_target_before_the_split_shows_what_is_not_there(
    levels, dataset_of, experiment_of
):
    dataset = dataset_of(levels)
    experiment = experiment_of(dataset, "logistic_regression", step("target_encoding", smooth=0))
    assert wrong(dataset, experiment).mean() > 0.8
    assert abs(honest(dataset, experiment).mean() - 0.5) < 0.12


@pytest.mark.parametrize(
    ("model", "settings"), [("decision_tree", TREE), ("knn", {"n_neighbors": 1})]
)
def test_repeating_rows_of_noise_before_the_split_puts_copies_on_both_sides(
    rare, dataset_of, experiment_of, model, settings
):
    dataset = dataset_of(rare)
    experiment = experiment_of(dataset, model, step("random_over"), **settings)
    assert wrong(dataset, experiment).mean() > 0.9
    assert abs(honest(dataset, experiment).mean() - 0.5) < 0.12


def test_it_equals_plain_code_that_makes_the_mistake(rare, dataset_of, experiment_of):
    dataset = dataset_of(rare)
    experiment = experiment_of(dataset, "knn", step("standard_scaler"), step("random_over"))
    X = StandardScaler().fit_transform(dataset.X)
    X, y = RandomOverSampler(random_state=experiment.seed).fit_resample(X, dataset.y)
    scores = []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(X, y):
        model = KNeighborsClassifier(5).fit(X[np.sort(train)], y[np.sort(train)])
        scores.append(roc_auc_score(y[test], model.predict_proba(X[test])[:, 1]))
    np.testing.assert_allclose(wrong(dataset, experiment), scores, atol=1e-9, rtol=0)


def test_steps_that_learn_nothing_leak_nothing(rare, dataset_of, experiment_of):
    dataset = dataset_of(rare)
    experiment = experiment_of(dataset, "logistic_regression")
    np.testing.assert_allclose(
        wrong(dataset, experiment), honest(dataset, experiment), atol=1e-9, rtol=0
    )


def test_class_weights_come_from_the_training_rows_as_always(rare, dataset_of, experiment_of):
    dataset = dataset_of(rare)
    experiment = experiment_of(dataset, "logistic_regression", step("class_weights"))
    np.testing.assert_allclose(
        wrong(dataset, experiment), honest(dataset, experiment), atol=1e-9, rtol=0
    )


def test_copies_keep_the_group_of_their_row_and_made_rows_have_none(
    rare, dataset_of, experiment_of
):
    frame = rare.assign(who=np.arange(300) // 3)
    dataset = dataset_of(frame, group="who")
    copied = experiment_of(dataset, "knn", step("random_over"), splitter="group")
    rows = prepare_before_the_split(dataset, copied.candidates[0].recipe, seed=0)
    groups = np.asarray(dataset.groups)[rows.origin]
    for split in divide_what_was_prepared(dataset, copied, rows):
        assert not set(groups[split.train]) & set(groups[split.test])
    made = experiment_of(dataset, "knn", step("smote"), splitter="group")
    rows = prepare_before_the_split(dataset, made.candidates[0].recipe, seed=0)
    with pytest.raises(LabError, match="have no group to divide them by"):
        divide_what_was_prepared(dataset, made, rows)


def test_rows_left_out_for_missing_values_and_weights_go_with_their_rows(
    rare, dataset_of, experiment_of
):
    frame = rare.assign(w=np.arange(300) % 4 + 1.0)
    frame.loc[::7, "a"] = np.nan
    dataset = dataset_of(frame, weight="w")
    recipe = experiment_of(dataset, "knn", step("drop_missing_rows")).candidates[0].recipe
    rows = prepare_before_the_split(dataset, recipe, seed=0)
    kept = np.flatnonzero(pd.notna(frame["a"]))
    np.testing.assert_array_equal(rows.origin, kept)
    np.testing.assert_array_equal(rows.weight, frame["w"][kept])


def test_one_column_of_a_recipe_can_leak_alone(levels, dataset_of, experiment_of):
    dataset = dataset_of(levels)
    encoding = step("target_encoding", smooth=0)
    one = Step(choice=encoding.choice, selection=Selection(names=("code0",)))
    rest = Step(choice=STEPS.choose("one_hot"), selection=Selection(names=("code1", "code2")))
    experiment = experiment_of(dataset, "logistic_regression", one, rest)
    assert wrong(dataset, experiment).mean() > honest(dataset, experiment).mean() + 0.1


def test_filling_in_time_before_the_split_takes_values_from_test_rows(dataset_of):
    x = np.where(np.arange(60) % 3 == 2, np.nan, np.arange(60.0))
    frame = pd.DataFrame({"x": x, "day": np.arange(60), "y": ["yes", "no"] * 30})
    dataset = dataset_of(frame, time="day", ignored=("day",))
    recipe = Recipe(title="", steps=(step("forward_fill"),))
    made = prepare_before_the_split(dataset, recipe, seed=0)
    np.testing.assert_array_equal(made.X[:, 0], frame["x"].ffill())


def test_the_model_is_told_of_categories_as_it_is_the_honest_way(dataset_of, experiment_of):
    """With all levels in every fold nothing can leak, and a group of levels is what counts."""
    rng = np.random.default_rng(4)
    levels = rng.choice(list("abcdefgh"), 400)
    chance = np.where(np.isin(levels, list("bdfh")), 0.8, 0.2)
    frame = pd.DataFrame({"level": levels, "y": np.where(rng.random(400) < chance, "yes", "no")})
    dataset = dataset_of(frame)
    settings = {"n_estimators": 2, "max_leaf_nodes": 2, "min_samples_leaf": 1}
    told = experiment_of(dataset, "lightgbm", step("native_category"), **settings)
    found = wrong(dataset, told)
    np.testing.assert_allclose(found, honest(dataset, told), atol=1e-9, rtol=0)
    by_order = experiment_of(dataset, "lightgbm", step("ordinal"), **settings)
    assert found.mean() > wrong(dataset, by_order).mean() + 0.1
