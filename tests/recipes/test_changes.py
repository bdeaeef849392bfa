"""Single changes of a recipe."""

import pytest

from lab.base import Column, ColumnKind, LabError, Schema, Selection, Task
from lab.recipes import (
    STEPS,
    Recipe,
    RecipeChange,
    Step,
    add_step,
    changed_recipe,
    check_recipe,
    possible_changes,
    preset_recipe,
)

NUMBER, CATEGORY = ColumnKind.NUMBER, ColumnKind.CATEGORY
SCHEMA = Schema(
    columns=(
        Column(name="age", kind=NUMBER, has_missing=True, n_levels=50),
        Column(name="income", kind=NUMBER, n_levels=90),
        Column(name="town", kind=CATEGORY, n_levels=5),
    )
)
LINEAR = preset_recipe("linear")
WITH_SMOTE = add_step(LINEAR, STEPS.choose("smote"))


def keys(recipe):
    return [step.choice.key for step in recipe.steps]


def test_leaving_a_step_out_leaves_the_others_alone():
    changed = changed_recipe(WITH_SMOTE, RecipeChange(step="smote"))
    assert changed.id == LINEAR.id
    assert changed.title == "For linear models, changed, without SMOTE"


def test_adding_a_step_and_leaving_it_out_is_the_same_recipe():
    added = changed_recipe(LINEAR, RecipeChange(instead="smote"))
    assert added.id == WITH_SMOTE.id
    assert changed_recipe(added, RecipeChange(step="smote")).id == LINEAR.id


def test_another_step_takes_over_place_and_columns():
    changed = changed_recipe(LINEAR, RecipeChange(step="standard_scaler", instead="robust_scaler"))
    before = LINEAR.steps[keys(LINEAR).index("standard_scaler")]
    after = changed.steps[keys(LINEAR).index("standard_scaler")]
    assert after.choice == STEPS.choose("robust_scaler")
    assert after.selection == before.selection
    others = [step for step in changed.steps if step is not after]
    assert others == [step for step in LINEAR.steps if step is not before]


def test_a_selection_that_says_nothing_is_said_when_another_step_takes_over():
    recipe = Recipe(title="Mine", steps=(Step(choice=STEPS.choose("constant_imputer")),))
    change = RecipeChange(step="constant_imputer", instead="most_frequent_imputer")
    assert changed_recipe(recipe, change).steps[0].selection == Selection(kinds=(CATEGORY,))


def test_one_setting_changes_and_the_others_stay():
    own = STEPS.choose("smote", {"k_neighbors": 7, "ratio": 0.5})
    recipe = add_step(LINEAR, own)
    change = RecipeChange(step="smote", instead="smote", settings={"k_neighbors": "3"})
    changed = changed_recipe(recipe, change)
    assert changed.steps[-1].choice.settings == {"k_neighbors": 3, "ratio": 0.5}
    assert change.title == "SMOTE: neighbours = 3"


def test_a_step_on_rows_comes_where_its_family_belongs():
    changed = changed_recipe(WITH_SMOTE, RecipeChange(step="smote", instead="smote_nc"))
    assert keys(changed).index("smote_nc") < keys(changed).index("one_hot")
    assert "smote" not in keys(changed)


def test_adding_moves_no_step_of_a_recipe_in_unusual_order():
    scaled_first = Recipe(
        title="Own",
        steps=(
            Step(choice=STEPS.choose("standard_scaler"), selection=Selection(names=("income",))),
            *preset_recipe("minimal").steps,
        ),
    )
    changed = changed_recipe(scaled_first, RecipeChange(instead="smote"))
    assert [key for key in keys(changed) if key != "smote"] == keys(scaled_first)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: changed_recipe(LINEAR, RecipeChange(step="smote")), "has no step smote"),
        (lambda: changed_recipe(LINEAR, RecipeChange(instead="one_hot")), "already"),
        (lambda: RecipeChange(step="smot"), "there is no step 'smot'"),
        (lambda: RecipeChange(instead="smote", settings={"k": 1}), "no setting 'k'"),
        (RecipeChange, "names no step"),
        (lambda: RecipeChange(step="smote", instead="smote"), "changes nothing"),
    ],
)
def test_what_cannot_be_changed_is_told(change, words):
    with pytest.raises(LabError, match=words):
        change()


def test_what_is_possible_has_work_in_the_table_and_changes_the_recipe():
    changes = list(possible_changes(WITH_SMOTE, SCHEMA, Task.BINARY))
    left_out = {change.step for change in changes if change.leaves_out}
    assert left_out == {
        "median_imputer", "constant_imputer", "standard_scaler", "one_hot", "smote",
    }  # fmt: skip
    assert "smote" not in {change.instead for change in changes if not change.step}
    assert RecipeChange(step="smote", instead="class_weights") in changes
    assert all(changed_recipe(WITH_SMOTE, change).id != WITH_SMOTE.id for change in changes)


def test_nothing_against_unequal_classes_is_possible_where_there_are_none():
    changes = list(possible_changes(LINEAR, SCHEMA, Task.REGRESSION))
    assert not {"smote", "class_weights"} & {change.instead for change in changes}


def test_an_encoder_cannot_be_left_out_but_another_can_take_its_place():
    without = changed_recipe(LINEAR, RecipeChange(step="one_hot"))
    assert check_recipe(without, SCHEMA, task=Task.BINARY)
    other = changed_recipe(LINEAR, RecipeChange(step="one_hot", instead="target_encoding"))
    assert check_recipe(other, SCHEMA, task=Task.BINARY) == ()
