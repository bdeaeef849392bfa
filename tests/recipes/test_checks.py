"""What is wrong with a recipe is told before anything is fitted, all at once, by name."""

import pytest

from lab.base import LabError, Task
from lab.recipes import auto_recipe, check_recipe, make_preparation


def messages(recipe, data, *, task=Task.BINARY, **model):
    return [problem.message for problem in check_recipe(recipe, data.schema, task=task, **model)]


def test_a_category_without_encoding_is_a_problem(example, recipe, step):
    data = example.only("town")
    assert messages(recipe(), data) == [
        "column 'town' (category) reaches the model as it stands; add an encoding step"
    ]


def test_dates_and_text_name_the_step_they_need(example, recipe):
    data = example.only("joined", "note")
    assert messages(recipe(), data) == [
        "column 'joined' (date) reaches the model as it stands; add the step date_parts",
        "column 'note' (text) reaches the model as it stands; add the step tfidf",
    ]


def test_missing_values_are_a_problem_only_for_models_that_take_none(example, recipe):
    data = example.only("age")
    assert messages(recipe(), data) == [
        "column 'age' has missing values that the model does not take; fill them"
    ]
    assert messages(recipe(), data, takes_missing=True) == []


def test_a_complete_column_needs_no_filling(example, recipe):
    data = example.only("age").change(age=1.5)
    assert messages(recipe(), data) == []


def test_codes_that_stay_missing_count_as_missing(example, recipe, step):
    data = example.only("town")
    assert messages(recipe(step("ordinal")), data) == []
    assert len(messages(recipe(step("ordinal", missing="keep")), data)) == 1


def test_all_problems_come_at_once(example, recipe, step):
    found = messages(
        recipe(step("smote"), step("median_imputer", "weight")), example, task=Task.REGRESSION
    )
    assert "median_imputer: there is no column 'weight'" in found
    assert "median_imputer must come before smote" in found
    assert "smote balances classes; regression has none" in found
    assert sum("reaches the model" in message for message in found) == 4
    assert len(found) == len(set(found))


def test_a_step_on_a_named_column_of_another_kind_is_a_problem(example, recipe, step):
    found = messages(recipe(step("mean_imputer", "town"), step("one_hot")), example.only("town"))
    assert found == ["mean_imputer cannot be put on column 'town' (category)"]


def test_a_step_on_a_kind_that_it_cannot_take_is_a_problem(example, recipe, step):
    found = messages(recipe(step("one_hot", "category", "date")), example.only("town"))
    assert found == ["one_hot cannot be put on columns of kind date"]


def test_scaling_a_category_before_it_is_encoded_is_a_problem(example, recipe, step):
    own = recipe(step("standard_scaler", "town"), step("ordinal"))
    assert (
        "column 'town' is still category when it reaches standard_scaler"
        in (messages(own, example.only("town"))[0])
    )


def test_codes_can_be_scaled_and_one_hot_columns_cannot(example, recipe, step):
    data = example.only("town")
    assert messages(recipe(step("ordinal"), step("standard_scaler", "category")), data) == []
    found = messages(recipe(step("one_hot"), step("standard_scaler", "category")), data)
    assert "already turned into many columns" in found[0]


def test_two_encodings_of_one_column_are_a_problem(example, recipe, step):
    found = messages(recipe(step("ordinal"), step("one_hot")), example.only("town"))
    assert "column 'town' is still number when it reaches one_hot" in found[0]


def test_dropping_rows_must_come_first(example, recipe, step):
    own = recipe(step("mean_imputer"), step("drop_missing_rows"))
    assert "drop_missing_rows must be the first step" in messages(own, example.only("age"))


def test_the_same_sampler_twice_is_a_problem(example, recipe, step):
    own = recipe(step("mean_imputer"), step("smote"), step("smote"))
    assert "smote stands in the recipe twice" in messages(own, example.only("age"))


def test_smote_with_missing_values_left_is_a_problem(example, recipe, step):
    own = recipe(step("keep_missing"), step("smote"))
    found = messages(own, example.only("age", "income"), takes_missing=True)
    assert found == ["smote takes no missing values; fill 'age', 'income' before it"]


def test_smote_with_categories_needs_both_kinds(example, recipe, step):
    numbers = recipe(step("mean_imputer"), step("smote_nc"))
    assert "smote_nc needs a category; take smote instead" in messages(numbers, example.only("age"))
    levels = recipe(step("most_frequent_imputer"), step("smote_nc"), step("one_hot"))
    found = messages(levels, example.only("town"))
    assert "smote_nc needs a number column; take smote_n or random_over instead" in found


def test_smote_with_categories_stands_between_scaling_and_encoding(example, recipe, step):
    data = example.only("age", "town")
    fill = (step("mean_imputer"), step("most_frequent_imputer"))
    good = recipe(*fill, step("standard_scaler"), step("smote_nc"), step("one_hot"))
    assert messages(good, data) == []
    late = recipe(*fill, step("smote_nc"), step("standard_scaler"), step("one_hot"))
    assert "standard_scaler must come before smote_nc" in messages(late, data)
    encoded = recipe(*fill, step("one_hot"), step("smote_nc"))
    assert "smote_nc must come before one_hot" in messages(encoded, data)


def test_smote_with_categories_refuses_text_and_clashing_names(example, recipe, step):
    own = recipe(
        step("mean_imputer", add_indicator=True), step("most_frequent_imputer"),
        step("smote_nc"), step("one_hot"), step("tfidf"),
    )  # fmt: skip
    data = example.change(missingindicator_age=1.0)
    found = messages(own, data.only("age", "town", "note", "missingindicator_age"))
    assert any("smote_nc cannot make text" in message for message in found)
    assert any("'missingindicator_age' is called like one" in message for message in found)


def test_class_weights_need_a_model_that_takes_weights(example, recipe, step):
    own = recipe(step("mean_imputer"), step("class_weights"))
    data = example.only("age")
    assert messages(own, data) == []
    assert messages(own, data, takes_weights=False) == [
        "class_weights has no effect: the model takes no row weights"
    ]


@pytest.mark.parametrize("key", ["smote", "random_over", "random_under", "class_weights"])
def test_balancing_classes_makes_no_sense_for_numbers(example, recipe, step, key):
    own = recipe(step("mean_imputer"), step(key))
    assert messages(own, example.only("age"), task=Task.REGRESSION) == [
        f"{key} balances classes; regression has none"
    ]


def test_a_preparation_is_refused_with_every_problem(example, recipe):
    with pytest.raises(LabError) as caught:
        make_preparation(recipe(), example.schema, task=Task.BINARY, seed=0)
    assert {problem.field for problem in caught.value.problems} == {"town", "job", "joined", "note"}


def test_the_ready_recipes_have_no_problem_with_any_table(example):
    for key in ("linear", "trees", "minimal"):
        for takes_missing in (False, True):
            recipe = auto_recipe(key, takes_missing=takes_missing)
            for task in Task:
                assert messages(recipe, example, task=task, takes_missing=takes_missing) == []
