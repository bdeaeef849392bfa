import pytest

from lab.base import LabError, Selection
from lab.recipes import (
    STEPS,
    columns_of,
    duplicate_step,
    except_columns,
    make_preparation,
    move_step,
    put_step,
    remove_step,
)


def keys(recipe):
    return [step.choice.key for step in recipe.steps]


@pytest.fixture
def abc(recipe, step):
    return recipe(step("mean_imputer"), step("standard_scaler"), step("one_hot"))


def test_a_step_moves_and_the_others_keep_their_order(abc):
    assert keys(move_step(abc, 0, 2)) == ["standard_scaler", "one_hot", "mean_imputer"]
    assert keys(move_step(abc, 2, 0)) == ["one_hot", "mean_imputer", "standard_scaler"]
    assert keys(move_step(abc, 1, -5)) == ["standard_scaler", "mean_imputer", "one_hot"]
    assert keys(move_step(abc, 1, 99)) == ["mean_imputer", "one_hot", "standard_scaler"]


def test_a_step_is_doubled_behind_itself_and_removed(abc):
    twice = duplicate_step(abc, 1)
    assert keys(twice) == ["mean_imputer", "standard_scaler", "standard_scaler", "one_hot"]
    assert remove_step(twice, 2) == abc
    assert keys(abc) == ["mean_imputer", "standard_scaler", "one_hot"]


def test_a_new_step_leaves_the_order_of_the_others(abc):
    own = move_step(abc, 0, 1)
    longer, place = put_step(own, STEPS.choose("median_imputer"))
    assert keys(longer) == ["standard_scaler", "mean_imputer", "median_imputer", "one_hot"]
    assert place == 2
    assert longer.title == own.title


def test_the_first_of_its_family_stands_where_the_family_acts(abc):
    longer, place = put_step(abc, STEPS.choose("tfidf"))
    assert (place, keys(longer)[1]) == (1, "tfidf")
    assert put_step(abc, STEPS.choose("drop_missing_rows"))[1] == 0


def test_some_columns_get_a_step_of_their_own(example, recipe, step):
    schema = example.schema
    own = recipe(
        step("constant_imputer", "category"), step("most_frequent_imputer", "boolean"),
        step("mean_imputer", "number"), step("one_hot"), step("date_parts"), step("tfidf"),
    )  # fmt: skip
    made = except_columns(own, 3, ("town",), STEPS.choose("ordinal"), schema)
    assert keys(made)[3:5] == ["one_hot", "ordinal"]
    assert columns_of(made.steps[3], schema) == ("job",)
    assert made.steps[4].selection == Selection(names=("town",))
    preparation = make_preparation(made, schema, task="binary", seed=0)
    preparation.fit(example.X, example.y)
    assert preparation.origins.count("town") == 1
    assert preparation.origins.count("job") == 3


def test_all_columns_of_a_step_can_go(example, recipe, step):
    own = recipe(step("one_hot"))
    made = except_columns(own, 0, ("town", "job"), STEPS.choose("ordinal"), example.schema)
    assert keys(made) == ["ordinal"]


@pytest.mark.parametrize(
    ("names", "other"), [((), "ordinal"), (("age",), "ordinal"), (("town",), "mean_imputer")]
)
def test_what_makes_no_sense_is_refused(example, recipe, step, names, other):
    with pytest.raises(LabError):
        except_columns(recipe(step("one_hot")), 0, names, STEPS.choose(other), example.schema)
