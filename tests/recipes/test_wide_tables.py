"""A thousand columns: every step prepares them, and each column is still told apart."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from lab.base import Column, ColumnKind, LabError, Schema, Task
from lab.recipes import (
    STEPS,
    Family,
    Recipe,
    Step,
    check_recipe,
    make_preparation,
    preset_recipe,
)
from lab.recipes.column_paths import (
    columns_of,
    first_states,
    last_states,
    state_after,
    states_along,
)
from tests.recipes.around import recipe_with, task_of

N_ROWS = 24
FEWER = {
    # A regression a column on all others, ten rounds of them: a minute and more for 1,000.
    "iterative_imputer": 100,
    # For each column that it adds it tries all that are left, one fit a fold: the time goes with
    # their number and that of their columns. 60 columns tell whether it finds its way.
    "sequential_selection": 60,
    # A shuffle of each column and a prediction of the whole forest for it: 13 seconds for 1,000.
    "permutation_selection": 200,
    # It refuses more than 5,000 products, which are the pairs of 98 columns; see below.
    "polynomial": 98,
}
"""Columns for steps that cannot be quick with a thousand."""


def kinds_for(key):
    """Return the kinds of columns that a step is tried on."""
    special = {"smote_n": (ColumnKind.CATEGORY,), "smote_nc": tuple(ColumnKind)[:3]}
    entry = STEPS[key]
    return special.get(key) or entry.default_kinds or entry.kinds or (ColumnKind.NUMBER,)


@pytest.fixture(scope="module")
def wide(example):
    """Return a maker of tables of so many different columns of some kinds, with their schema."""
    known = example.schema

    @cache
    def make(kinds, n):
        sources = [name for name in example.X if known[name].kind in kinds]
        whole = {name: example.X[name].bfill().ffill().array for name in sources}
        values, columns = {}, []
        for i in range(n // len(sources)):
            rows = (7 * i + np.arange(N_ROWS)) % len(example.y)
            for source in sources:
                name = f"{source} {i}"
                values[name] = whole[source][rows]
                columns.append(replace(known[source], name=name, has_missing=False))
        return pd.DataFrame(values), Schema(columns=tuple(columns))

    return make


@pytest.mark.parametrize("key", STEPS.keys)
def test_a_thousand_columns_are_no_error(key, wide):
    X, schema = wide(kinds_for(key), FEWER.get(key, 1_000))
    if STEPS[key].needs_order:
        schema = replace(schema, time="when", group="shop")
        X = X.assign(when=1.0, shop="Ulm")
    preparation = make_preparation(recipe_with(key), schema, task=task_of(key), seed=0)
    prepared = preparation.fit(X, np.arange(N_ROWS) % 3 // 2)
    reached = {name for sources in preparation.sources for name in sources}
    mixes = STEPS[key].family in {Family.SELECTION, Family.REDUCTION}
    assert reached == set(X) or (mixes and reached < set(X))
    assert prepared.X.shape[1] == len(set(preparation.feature_names))
    assert preparation.transform(X).shape == (N_ROWS, prepared.X.shape[1])


def test_products_of_a_thousand_columns_are_refused_in_plain_words(wide):
    _, schema = wide((ColumnKind.NUMBER,), 1_000)
    (problem,) = check_recipe(recipe_with("polynomial"), schema, task=Task.BINARY)
    assert "would make 501,500 columns of 1,000, at most 5,000 are allowed" in problem.message
    with pytest.raises(LabError, match="choose fewer columns or a lower degree"):
        make_preparation(recipe_with("polynomial"), schema, task=Task.BINARY, seed=0)


def test_a_column_of_a_thousand_is_found_by_its_name():
    schema = Schema(
        columns=tuple(Column(name=f"c{i}", kind=ColumnKind.NUMBER) for i in range(1_000))
    )
    assert schema["c999"] is schema.columns[999]
    with pytest.raises(LabError, match="there is no column 'c1000'"):
        schema["c1000"]


@pytest.mark.parametrize("key", ["truncated_svd", "recursive_elimination", "feature_agglomeration"])
def test_a_step_that_wants_several_columns_says_so_of_one(key):
    schema = Schema(columns=(Column(name="a", kind=ColumnKind.NUMBER, n_levels=40),))
    recipe = Recipe(title="", steps=(Step(choice=STEPS.choose(key)),))
    made = make_preparation(recipe, schema, task=Task.BINARY, seed=0)
    frame = pd.DataFrame({"a": np.arange(40.0)})
    with pytest.raises(LabError, match=f"{key} needs at least 2 columns, there is 1"):
        made.fit(frame, np.arange(40) % 2)


def test_all_changes_of_a_wide_table_are_checked_as_one_by_one_was():
    kinds = (ColumnKind.NUMBER, ColumnKind.CATEGORY, ColumnKind.BOOLEAN)
    schema = Schema(columns=tuple(
        Column(name=f"c{n}", kind=kinds[n % 3], has_missing=n % 5 == 0, n_levels=2 + n % 7)
        for n in range(90)
    ))  # fmt: skip
    recipe = preset_recipe("linear")
    for step, _, states in states_along(recipe, schema):
        chosen = columns_of(step, schema)
        assert set(chosen) <= set(states) == set(schema.names)
        assert all(schema[name].kind in STEPS[step.choice.key].kinds for name in chosen)
    before = first_states(schema)
    for step in recipe.steps:
        entry = STEPS[step.choice.key]
        for name in columns_of(step, schema):
            before[name] = state_after(before[name], entry, step.choice.settings)
    assert last_states(recipe, schema) == before
