"""What a preview of slow steps costs, told before anybody waits."""

import numpy as np
import pandas as pd
import pytest

from lab.base import ColumnKind, Task
from lab.recipes import STEPS, Recipe, Step, preset_recipe, preview_cost
from lab.recipes.steps.learning_time import sequential_seconds

SLOW = {
    "tree_selection", "recursive_elimination", "sequential_selection", "shadow_selection",
    "permutation_selection", "ica",
}  # fmt: skip


def step(key, **settings):
    return Step(choice=STEPS.choose(key, settings))


@pytest.fixture
def cost(example):
    """Return a function that tells the cost of a preview of some steps on the example."""

    def tell(*steps, times=1):
        X = pd.concat([example.X] * times, ignore_index=True)
        recipe = Recipe(title="Mine", steps=steps)
        y = np.tile(example.y, times)
        return preview_cost(recipe, X, y, example.schema, task=Task.BINARY)

    return tell


def test_the_steps_that_tell_how_long_they_take_are_the_slow_ones():
    assert {entry.key for entry in STEPS if entry.learning_seconds} == SLOW


@pytest.mark.parametrize("key", sorted(SLOW))
@pytest.mark.parametrize("task", list(Task))
def test_more_columns_and_rows_never_take_less(key, task):
    entry = STEPS[key]
    settings = STEPS.choose(key).settings
    times = [entry.learning_seconds(settings, rows, columns, task)
             for rows, columns in ((200, 10), (2_000, 10), (2_000, 40), (2_000, 400))]  # fmt: skip
    assert times == sorted(times)
    assert times[0] > 0


def test_a_step_is_told_with_the_columns_that_reach_it(cost):
    linear = preset_recipe("linear").steps
    found = cost(*linear, step("shadow_selection"), times=20)
    assert found.steps == (STEPS["shadow_selection"].title,)
    assert found.rows == 2_000
    settings = STEPS.choose("shadow_selection").settings
    told = STEPS["shadow_selection"].learning_seconds
    assert found.seconds == told(settings, 2_000, found.columns, Task.BINARY)


def test_slow_steps_add_up_and_quick_ones_cost_nothing(cost):
    linear = preset_recipe("linear").steps
    one, other = (cost(*linear, step(key)) for key in ("tree_selection", "shadow_selection"))
    both = cost(*linear, step("tree_selection"), step("shadow_selection"))
    assert both.seconds == pytest.approx(one.seconds + other.seconds)
    assert cost(*linear).seconds == 0
    assert cost(*linear).steps == ()


def test_what_cannot_be_prepared_costs_nothing(cost):
    assert cost(step("tree_selection"), step("one_hot")).seconds >= 0
    broken = cost(step("one_hot"), step("one_hot"), step("shadow_selection"))
    assert broken.seconds == 0


@pytest.mark.parametrize(
    ("direction", "fits"), [("forward", 3 * (10 + 9 + 8)), ("backward", 3 * sum(range(4, 11)))]
)
def test_the_fits_of_sequential_selection_are_counted(direction, fits):
    """Ten columns, three to keep, three folds; each fit a little longer with more columns."""
    settings = {"k": 3, "folds": 3, "direction": direction}
    seconds = sequential_seconds(settings, 2_000, 10, Task.BINARY)
    assert 0.004 * fits < seconds < 1.2 * 0.004 * fits


def test_columns_of_numbers_without_steps_before_are_counted(example):
    names = example.schema.of_kind(ColumnKind.NUMBER)
    only = example.only(*names)
    recipe = Recipe(title="Mine", steps=(step("tree_selection"),))
    found = preview_cost(recipe, only.X, only.y, only.schema, task=Task.BINARY)
    assert found.columns == len(names)
