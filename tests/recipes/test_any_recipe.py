"""A recipe in which no problem is found can be fitted, whatever its steps."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lab.base import ColumnKind, Selection, Task
from lab.recipes import STEPS, Recipe, Step, add_step, check_recipe, make_preparation, rows_changed

KINDS = [kind for kind in ColumnKind if kind is not ColumnKind.IDENTIFIER]


@st.composite
def recipes(draw):
    """Draw steps that cover every kind, a few more on any columns, in a sensible order or not."""
    own = Recipe(title="", steps=())
    needed = ["date_parts", "tfidf", draw(st.sampled_from(["one_hot", "ordinal"]))]
    extra = draw(st.lists(st.sampled_from(STEPS.keys), max_size=4))
    for key in draw(st.permutations(needed + extra)):
        choice = STEPS.choose(key)
        kinds = draw(st.none() | st.lists(st.sampled_from(KINDS), min_size=1, max_size=2))
        selection = Selection(kinds=tuple(kinds)) if kinds and key not in needed else None
        if draw(st.integers(0, 9)):
            own = add_step(own, choice, selection)
        else:
            step = Step(choice=choice, selection=selection or Selection())
            own = Recipe(title="", steps=(*own.steps, step))
    return own


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(recipe=recipes(), task=st.sampled_from(Task), seed=st.integers(0, 5))
def test_a_recipe_without_problems_can_be_fitted(example, recipe, task, seed):
    names = [name for name in example.X if name != "note" or "smote_nc" not in str(recipe)]
    data = example.only(*names).in_order()
    if check_recipe(recipe, data.schema, task=task, takes_missing=True):
        return
    y = {
        Task.BINARY: data.y,
        Task.MULTICLASS: data.y + np.arange(240) % 2,
        Task.REGRESSION: np.linspace(0, 1, 240),
    }[task]
    preparation = make_preparation(recipe, data.schema, task=task, seed=seed)
    prepared = preparation.fit(data.X, y)
    with rows_changed():
        test = preparation.transform(data.X)
    assert prepared.X.shape == (len(prepared.y), len(preparation.feature_names))
    assert test.shape == (240, len(preparation.feature_names))
    complete = not check_recipe(recipe, data.schema, task=task)
    values = test if isinstance(test, np.ndarray) else test.data
    assert np.isfinite(values).all() or not complete
