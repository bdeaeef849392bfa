import numpy as np

from lab.base import Task
from lab.recipes import make_preparation
from lab.recipes.features import Feature, unique_names


def fitted(recipe, data, task=Task.BINARY):
    preparation = make_preparation(recipe, data.schema, task=task, seed=0)
    preparation.fit(data.X, data.y)
    return preparation


def test_names_say_column_and_level(example, recipe, step):
    preparation = fitted(recipe(step("constant_imputer"), step("one_hot")), example.only("job"))
    assert preparation.feature_names == ("job_clerk", "job_missing", "job_nurse")
    assert preparation.origins == ("job",) * 3


def test_rare_levels_share_a_column(example, recipe, step):
    preparation = fitted(recipe(step("one_hot", max_categories=3)), example.only("town", "job"))
    assert preparation.feature_names[2] == "town_infrequent_sklearn"
    assert preparation.origins == ("town",) * 3 + ("job",) * 3


def test_one_column_is_enough_for_two_levels(example, recipe, step):
    data = example.only("town", "job").change(job=np.where(example.y, "yes", "no"))
    own = recipe(step("one_hot", drop_binary=True, max_categories=4))
    preparation = fitted(own, data)
    assert preparation.feature_names[-1] == "job_yes"
    assert preparation.origins == ("town",) * 4 + ("job",)
    unseen = data.X.assign(job="perhaps")
    assert preparation.transform(unseen)[:, -1].sum() == 0


def test_indicators_come_from_the_column_that_had_gaps(example, recipe, step):
    data = example.only("age", "income").change(age=1.0)
    preparation = fitted(recipe(step("median_imputer", add_indicator=True)), data)
    assert preparation.feature_names == ("age", "income", "missingindicator_income")
    assert preparation.origins == ("age", "income", "income")


def test_target_means_of_several_classes_name_the_class(example, recipe, step):
    data = example.only("town")
    y = np.arange(240) % 3
    own = recipe(step("target_encoding"))
    preparation = make_preparation(own, data.schema, task=Task.MULTICLASS, seed=0)
    preparation.fit(data.X, y)
    assert preparation.feature_names == ("town_0", "town_1", "town_2")
    assert preparation.origins == ("town",) * 3


def test_equal_names_are_told_apart(example, recipe, step):
    assert unique_names([Feature("a", "a"), Feature("a", "b"), Feature("a (2)", "c")]) == (
        "a",
        "a (3)",
        "a (2)",
    )
    data = example.only("town").change(town="x", town_x="1")
    own = recipe(step("one_hot", "town"), step("ordinal", "town_x"))
    assert fitted(own, data).feature_names == ("town_x", "town_x (2)")
    assert fitted(own, data).origins == ("town", "town_x")
