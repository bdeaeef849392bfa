import numpy as np

from lab.base import Task
from lab.recipes import check_recipe, preset_recipe, problems_by_step


def told(recipe, data, task=Task.BINARY, **model):
    found = problems_by_step(recipe, data.schema, task=task, **model)
    flat = {problem for step in found.of_steps for problem in step} | set(found.of_whole)
    assert flat == set(check_recipe(recipe, data.schema, task=task, **model))
    return found


def test_a_good_recipe_has_none(example):
    found = told(preset_recipe("linear"), example)
    assert found.is_none
    assert len(found.of_steps) == len(preset_recipe("linear").steps)


def test_a_step_that_comes_too_late_is_told_at_its_card(example, recipe, step):
    data = example.only("age", "income").change(age=1.5, income=2.5)
    own = recipe(step("standard_scaler"), step("smote"), step("min_max_scaler"))
    found = told(own, data)
    assert [len(problems) for problems in found.of_steps] == [0, 0, 1]
    assert found.of_steps[2][0].message == "min_max_scaler must come before smote"


def test_a_column_that_no_step_makes_a_number_is_the_whole_recipes_matter(example, recipe, step):
    found = told(recipe(step("standard_scaler")), example.only("age", "town"))
    assert found.of_steps == ((),)
    assert {problem.field for problem in found.of_whole} == {"age", "town"}


def test_each_copy_is_told_once(example, recipe, step):
    data = example.only("age").change(age=1.5)
    found = told(recipe(step("class_weights"), step("class_weights")), data)
    assert [len(problems) for problems in found.of_steps] == [0, 1]


def test_a_target_that_a_step_cannot_take_is_told_at_it(example, recipe, step):
    data = example.only("age").change(age=1.5)
    own = recipe(step("standard_scaler"), step("log_target"))
    found = told(own, data, Task.REGRESSION, y=np.array([3.0, -4.0]))
    assert "the smallest is -4" in found.of_steps[1][0].message
    assert found.of_whole == ()
