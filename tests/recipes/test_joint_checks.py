"""What is wrong with steps that look across columns is told before anything is fitted."""

import pytest

from lab.base import Column, ColumnKind, Schema, Selection, Task
from lab.recipes import (
    STEPS,
    Family,
    Recipe,
    add_step,
    check_recipe,
    columns_of,
    default_selection,
    replace_family,
)


def messages(recipe, data, *, task=Task.BINARY, **model):
    schema = data if isinstance(data, Schema) else data.schema
    return [problem.message for problem in check_recipe(recipe, schema, task=task, **model)]


def keys(recipe):
    return [step.choice.key for step in recipe.steps]


def grown(*names):
    recipe = Recipe(title="Mine", steps=())
    for name in names:
        recipe = add_step(recipe, STEPS.choose(name))
    return recipe


def test_components_need_numbers_without_gaps(example, recipe, step):
    data = example.only("age", "town")
    found = messages(recipe(step("pca")), data)
    assert (
        "column 'town' is still category when it reaches pca; put an encoding step before pca"
        in found
    )
    assert "pca takes no missing values; fill 'age', 'town' before it" in found


def test_only_the_chosen_columns_must_be_complete(example, recipe, step):
    data = example.only("age", "income", "smoker")
    own = recipe(step("median_imputer"), step("pca", "number"))
    assert messages(own, data, takes_missing=True) == []
    assert len(messages(own, data)) == 1


def test_some_choices_take_gaps(example, recipe, step):
    data = example.only("age", "income")
    for key in ("variance_threshold", "tree_selection"):
        assert messages(recipe(step(key)), data, takes_missing=True) == []
    assert len(messages(recipe(step("l1_selection")), data, takes_missing=True)) == 1


def test_column_steps_come_before_steps_on_all_features(example, recipe, step):
    data = example.only("town")
    own = recipe(step("constant_imputer"), step("one_hot"), step("pca"), step("standard_scaler"))
    assert messages(own, data) == ["standard_scaler must come before pca"]


def test_merged_columns_cannot_be_scaled_one_by_one(example, recipe, step):
    data = example.only("age", "income")
    own = recipe(step("median_imputer"), step("polynomial"), step("standard_scaler", "age"))
    assert "column 'age' was already turned into many columns" in messages(own, data)[0]


def test_choice_comes_before_or_after_resampling_but_not_before_smote_nc(example, recipe, step):
    data = example.only("age", "town").change(age=1.5, town="x")
    rest = (step("one_hot"),)
    assert messages(recipe(*rest, step("pca"), step("smote")), data) == []
    assert messages(recipe(*rest, step("random_under"), step("pca")), data) == []
    assert "one_hot must come before pca" in messages(recipe(step("pca"), *rest), data)
    found = messages(recipe(*rest, step("pca"), step("smote_nc")), data)
    assert "smote_nc must come before pca" in found
    own = recipe(step("polynomial"), step("smote_nc"), *rest)
    assert messages(own, data) == []


def test_steps_that_need_classes_say_so(example, recipe, step):
    data = example.only("age").change(age=1.5)
    assert messages(recipe(step("lda")), data, task=Task.REGRESSION) == [
        "lda needs classes; regression has none"
    ]


def test_scores_and_rules_must_go_together(example, recipe, step):
    data = example.only("age").change(age=1.5)
    own = recipe(step("univariate_selection", score="chi2"))
    assert messages(own, data) == []
    assert "needs classes" in messages(own, data, task=Task.REGRESSION)[0]
    own = recipe(step("univariate_selection", score="mutual_info", rule="fdr"))
    assert "has no p-value" in messages(own, data)[0]


def test_too_many_products_are_refused(recipe, step):
    schema = Schema(columns=tuple(Column(name=f"x{i}", kind=ColumnKind.NUMBER) for i in range(100)))
    assert messages(recipe(step("polynomial", "x0", "x1")), schema) == []
    (found,) = messages(recipe(step("polynomial")), schema)
    assert found.startswith("polynomial would make 5,150 columns of 100, at most 5,000 are allowed")


def test_gaps_are_marked_once(example, recipe, step):
    data = example.only("age")
    own = recipe(step("missing_indicator"), step("median_imputer", add_indicator=True))
    assert messages(own, data) == [
        "median_imputer marks the gaps of 'age' again; let one step mark them"
    ]
    assert messages(recipe(step("missing_indicator"), step("median_imputer")), data) == []


def test_columns_that_were_coded_cannot_be_looked_at_raw(example, recipe, step):
    own = recipe(step("date_parts"), step("drop_columns"))
    assert messages(own, example.only("joined")) == [
        "drop_columns must come before the step that turns 'joined' into numbers"
    ]


def test_a_raw_column_called_like_an_indicator_is_told(example, recipe, step):
    data = example.only("age", "income").change(income=1.0)
    schema = Schema(
        columns=(
            *data.schema.columns,
            Column(name="missingindicator_age", kind=ColumnKind.NUMBER),
        )
    )
    own = recipe(step("median_imputer", add_indicator=True), step("polynomial"))
    (found,) = messages(own, schema)
    assert found.startswith("column 'missingindicator_age' is called like one that a step makes")
    assert found.endswith("rename it for polynomial")


def test_steps_find_their_place(example):
    recipe = grown(
        "smote", "pca", "variance_threshold", "one_hot", "polynomial", "row_normalizer",
        "standard_scaler", "median_imputer", "missing_indicator", "drop_columns",
    )  # fmt: skip
    assert keys(recipe) == [
        "drop_columns", "missing_indicator", "median_imputer", "standard_scaler", "row_normalizer",
        "polynomial", "one_hot", "variance_threshold", "pca", "smote",
    ]  # fmt: skip


def test_steps_on_features_are_for_all_of_them_until_columns_are_chosen(example):
    assert default_selection("pca") == Selection()
    (step,) = grown("pca").steps
    assert columns_of(step, example.schema) == example.schema.names
    chosen = add_step(grown(), STEPS.choose("pca"), Selection(kinds=(ColumnKind.NUMBER,)))
    assert columns_of(chosen.steps[0], example.schema) == ("age", "income")


def test_components_of_chosen_columns_come_before_encoding():
    selection = Selection(kinds=(ColumnKind.NUMBER,))
    recipe = add_step(grown("one_hot", "standard_scaler"), STEPS.choose("pca"), selection)
    assert keys(recipe) == ["standard_scaler", "pca", "one_hot"]


@pytest.mark.parametrize("key", ["missing_indicator", "drop_columns"])
def test_some_steps_stand_beside_those_that_fill(key):
    before = grown("median_imputer")
    kinds = default_selection(key).kinds
    both = replace_family(before, Family.MISSING, STEPS.choose(key), kinds)
    assert keys(both) == [key, "median_imputer"]
    other = replace_family(both, Family.MISSING, STEPS.choose("mean_imputer"), kinds[:1])
    assert keys(other) == [key, "mean_imputer"]
    assert keys(replace_family(both, Family.MISSING, None)) == []
