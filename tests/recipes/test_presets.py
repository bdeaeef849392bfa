import numpy as np
import pytest

from lab.base import ColumnKind, LabError, Task
from lab.recipes import PRESETS, auto_recipe, make_preparation, preset_recipe


@pytest.mark.parametrize("key", PRESETS.keys)
def test_a_ready_recipe_prepares_every_kind_of_column(example, key):
    preparation = make_preparation(preset_recipe(key), example.schema, task=Task.BINARY, seed=0)
    prepared = preparation.fit(example.X, example.y)
    dense = prepared.X if isinstance(prepared.X, np.ndarray) else prepared.X.toarray()
    assert np.isfinite(dense).all()
    assert set(preparation.origins) == set(example.X.columns)


def test_models_of_one_sort_share_one_recipe():
    assert auto_recipe("linear", takes_missing=True) is auto_recipe("linear", takes_missing=False)
    assert auto_recipe("trees", takes_missing=True) is auto_recipe("trees", takes_missing=True)
    recipes = {auto_recipe(key, takes_missing=t).id for key in PRESETS.keys for t in (0, 1)}
    assert len(recipes) == 4


def test_trees_that_take_missing_numbers_get_them(example):
    recipe = auto_recipe("trees", takes_missing=True)
    numbers = example.only("age", "smoker", "joined")
    preparation = make_preparation(recipe, numbers.schema, task=Task.BINARY, seed=0)
    X = preparation.fit(numbers.X, numbers.y).X
    np.testing.assert_array_equal(np.isnan(X[:, 0]), numbers.X["age"].isna())
    assert np.isnan(X).any(axis=0).all()


def test_an_unknown_ready_recipe_is_told_with_the_nearest():
    with pytest.raises(LabError, match="there is no ready recipe 'tree'"):
        preset_recipe("tree")


def test_no_ready_recipe_changes_rows():
    for entry in PRESETS:
        for recipe in (entry.recipe, entry.keeping_missing):
            kinds = {kind for step in recipe.steps for kind in step.selection.kinds}
            assert kinds == set(ColumnKind) - {ColumnKind.IDENTIFIER}
