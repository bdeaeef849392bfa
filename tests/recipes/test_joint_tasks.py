"""Steps that look across columns on several selections, and for every task."""

import numpy as np
import pytest

from lab.base import Column, ColumnKind, Schema, Task
from lab.recipes import make_preparation


def test_two_reductions_of_different_columns_stand_side_by_side(example, recipe, step):
    data = example.only("age", "income", "smoker").change(
        weight=np.arange(240.0), height=np.arange(240.0) ** 2
    )
    numbers = {name: Column(name=name, kind=ColumnKind.NUMBER) for name in ("weight", "height")}
    schema = Schema(columns=tuple(numbers.get(one.name, one) for one in data.schema))
    own = recipe(
        step("median_imputer"), step("most_frequent_imputer"),
        step("pca", "age", "income", keep="count", n_components=1),
        step("pca", "weight", "height", keep="count", n_components=1),
    )  # fmt: skip
    preparation = make_preparation(own, schema, task=Task.BINARY, seed=0)
    preparation.fit(data.X, data.y)
    assert sorted(preparation.feature_names) == ["pca_1", "pca_1 (2)", "smoker"]
    assert set(preparation.sources) == {("smoker",), ("age", "income"), ("weight", "height")}


@pytest.mark.parametrize("task", [Task.MULTICLASS, Task.REGRESSION])
@pytest.mark.parametrize(
    "key",
    ["univariate_selection", "l1_selection", "tree_selection", "recursive_elimination",
     "sequential_selection", "shadow_selection", "permutation_selection"],
)  # fmt: skip
def test_columns_that_matter_are_kept_for_every_task(key, task, example, recipe, step):
    data = example.only("age", "income", "smoker", "town", "job")
    before = (
        step("median_imputer"), step("most_frequent_imputer", "boolean", "category"),
        step("standard_scaler"), step("one_hot", min_frequency=None, max_categories=None),
    )  # fmt: skip
    age = data.X["age"].fillna(data.X["age"].median()).to_numpy()
    y = age if task is Task.REGRESSION else np.digitize(age, [45, 55]).astype(np.int64)
    settings = {"k": 1} if key in {"univariate_selection", "sequential_selection"} else {}
    settings = {"rounds": 10} if key == "shadow_selection" else settings
    own = recipe(*before, step(key, **settings))
    preparation = make_preparation(own, data.schema, task=task, seed=0)
    preparation.fit(data.X, y)
    assert "age" in preparation.feature_names
    assert len(preparation.feature_names) < 25
