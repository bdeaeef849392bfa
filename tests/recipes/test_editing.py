from lab.base import ColumnKind, Selection
from lab.recipes import (
    STEPS,
    Family,
    Recipe,
    add_step,
    preset_recipe,
    replace_family,
)


def keys(recipe):
    return [step.choice.key for step in recipe.steps]


def grown(*names):
    recipe = Recipe(title="Mine", steps=())
    for name in names:
        recipe = add_step(recipe, STEPS.choose(name))
    return recipe


def test_steps_stand_in_the_order_of_their_families_however_they_are_added():
    recipe = grown("class_weights", "smote", "one_hot", "standard_scaler", "tfidf", "date_parts",
                   "median_imputer", "drop_missing_rows")  # fmt: skip
    assert keys(recipe) == [
        "drop_missing_rows", "median_imputer", "date_parts", "tfidf", "standard_scaler", "one_hot",
        "smote", "class_weights",
    ]  # fmt: skip


def test_smote_with_categories_comes_between_scaling_and_encoding():
    assert keys(grown("one_hot", "standard_scaler", "smote_nc")) == [
        "standard_scaler",
        "smote_nc",
        "one_hot",
    ]


def test_scaling_codes_comes_after_encoding():
    selection = Selection(kinds=(ColumnKind.CATEGORY,))
    recipe = add_step(grown("ordinal"), STEPS.choose("standard_scaler"), selection)
    assert keys(recipe) == ["ordinal", "standard_scaler"]


def test_a_step_takes_its_usual_columns_when_nothing_is_said():
    (step,) = grown("standard_scaler").steps
    assert step.selection.kinds == (ColumnKind.NUMBER, ColumnKind.DATE)


def test_the_recipe_that_was_changed_stays_as_it_was():
    before = preset_recipe("trees")
    after = add_step(before, STEPS.choose("standard_scaler"))
    assert before is preset_recipe("trees")
    assert len(after.steps) == len(before.steps) + 1
    assert after.title == "For trees, changed"
    assert replace_family(after, Family.SCALING, None).title == "For trees, changed"


def test_a_family_is_replaced_for_some_kinds_only():
    recipe = grown("most_frequent_imputer", "one_hot")
    mean = replace_family(
        recipe, Family.MISSING, STEPS.choose("constant_imputer"), (ColumnKind.CATEGORY,)
    )
    assert keys(mean) == ["most_frequent_imputer", "constant_imputer", "one_hot"]
    assert mean.steps[0].selection.kinds == (ColumnKind.BOOLEAN,)
    assert mean.steps[1].selection.kinds == (ColumnKind.CATEGORY,)


def test_a_family_is_taken_out():
    assert keys(replace_family(grown("one_hot", "smote"), Family.RESAMPLING, None)) == ["one_hot"]


def test_steps_for_named_columns_stay():
    named = add_step(grown(), STEPS.choose("ordinal"), Selection(names=("town",)))
    recipe = replace_family(named, Family.ENCODING, STEPS.choose("one_hot"))
    assert keys(recipe) == ["ordinal", "one_hot"]
