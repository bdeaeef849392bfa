"""What is shown of each step is what the pipeline makes."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from lab.base import LabError, Task
from lab.recipes import (
    STEPS,
    Acts,
    add_step,
    make_preparation,
    preset_recipe,
    step_effect,
    step_effects,
)
from lab.recipes.row_changes import changed_cells, row_labels
from tests.recipes.around import QUICKER


def effects(recipe, data, task=Task.BINARY, y=None):
    return step_effects(recipe, data.X, data.y if y is None else y, data.schema, task=task)


def test_each_step_of_a_ready_recipe_is_shown_in_turn(example):
    recipe = preset_recipe("linear")
    found = effects(recipe, example)
    assert len(found) == len(recipe.steps)
    for before, after in pairwise(found):
        assert before.n_columns[1] == after.n_columns[0]
        pd.testing.assert_frame_equal(before.after, after.before)
    assert found[0].before["town"].tolist() == example.X["town"].head(50).tolist()


def test_the_last_step_leaves_what_reaches_the_model(example):
    recipe = preset_recipe("linear")
    last = effects(recipe, example)[-1]
    preparation = make_preparation(recipe, example.schema, task=Task.BINARY, seed=0, dense=True)
    made = preparation.fit(example.X, example.y)
    names = list(preparation.feature_names)
    assert sorted(last.after.columns) == sorted(names)
    expected = pd.DataFrame(made.X[:50], columns=names)[list(last.after.columns)]
    np.testing.assert_allclose(last.after.to_numpy(np.float64), expected.to_numpy(), atol=1e-12)


def test_filling_changes_the_gaps_and_nothing_else(example, recipe, step):
    found = step_effect(
        recipe(step("median_imputer", "age")), 0, example.X, example.y, example.schema,
        task=Task.BINARY,
    )  # fmt: skip
    assert (found.changed, found.made, found.gone) == (("age",), (), ())
    gaps = example.X["age"].isna().head(50).to_numpy()
    assert gaps.any()
    np.testing.assert_array_equal(found.marks["age"].to_numpy(), gaps)
    assert set(found.after["age"][gaps]) == {example.X["age"].median()}
    assert found.after["town"].dropna().tolist() == example.X["town"].head(50).dropna().tolist()


def test_encoding_takes_the_column_away_and_makes_others(example, recipe, step):
    data = example.only("age", "job")
    own = recipe(step("mean_imputer", "age"), step("one_hot", "job"))
    found = effects(own, data)[1]
    assert found.gone == ("job",)
    assert set(found.made) == {"job_clerk", "job_nurse", "job_nan"}
    assert found.n_columns == (2, 4)
    assert found.marks[list(found.made)].to_numpy().all()


def test_rows_that_are_left_out_are_not_there_after_it(example, recipe, step):
    found = effects(recipe(step("drop_missing_rows", "age")), example.only("age"))[0]
    kept = np.flatnonzero(example.X["age"].notna())
    assert found.n_rows == (240, len(kept))
    assert found.after.index.tolist() == [str(row) for row in kept[:50]]
    assert not found.marks.to_numpy().any()


def test_rows_that_are_drawn_again_or_made_up_say_so(example, recipe, step):
    data = example.only("age", "income").change(age=example.X["age"].fillna(50))
    data = data.change(income=data.X["income"].fillna(1.0))
    over = effects(recipe(step("random_over")), data)[0]
    assert over.n_rows == (240, 2 * max(np.bincount(data.y)))
    assert any("again" in label for label in over.after.index)
    smote = effects(recipe(step("smote")), data)[0]
    new = [label for label in smote.after.index if label.startswith("new")]
    assert new
    assert smote.marks.loc[new].to_numpy().all()
    assert smote.after.loc[["0", "1"]].to_numpy().tolist() == data.X.head(2).to_numpy().tolist()


def test_the_target_is_shown_where_a_step_acts_on_it(example, recipe, step):
    data = example.only("age").change(age=1.5)
    y = np.linspace(0, 100, 240)
    found = effects(recipe(step("log_target")), data, Task.REGRESSION, y)[0]
    np.testing.assert_array_equal(found.before["target"], y[:50])
    np.testing.assert_allclose(found.after["target"], np.log1p(y[:50]))
    assert found.n_columns == (1, 1)


def test_class_weights_are_shown_as_weights(example, recipe, step):
    data = example.only("age").change(age=1.5)
    found = effects(recipe(step("class_weights")), data)[0]
    assert set(found.before["row weight"]) == {1.0}
    counts = np.bincount(data.y)
    expected = 240 / (2 * counts[data.y[:50]])  # scikit-learn's "balanced"
    np.testing.assert_allclose(found.after["row weight"], expected)


def test_they_stop_where_a_step_does_not_fit_and_it_says_why(example, recipe, step):
    own = recipe(step("median_imputer"), step("standard_scaler", "category"), step("one_hot"))
    assert len(effects(own, example)) == 1
    with pytest.raises(LabError, match="is still category"):
        step_effect(own, 1, example.X, example.y, example.schema, task=Task.BINARY)


@pytest.mark.parametrize("key", STEPS.keys)
def test_every_step_can_be_looked_at(example, key):
    entry = STEPS[key]
    task = Task.BINARY if Task.BINARY in entry.tasks else Task.REGRESSION
    data = example.only(*[name for name in example.X if name != "note"])
    recipe = add_step(preset_recipe("linear"), STEPS.choose(key, QUICKER.get(key, {})))
    place = [step.choice.key for step in recipe.steps].index(key)
    try:
        found = step_effect(recipe, place, data.X, data.y, data.schema, task=task)
    except LabError:  # another step of its family stands before it
        return
    assert found.after.index.is_unique
    assert found.after.columns.is_unique
    assert found.seconds >= 0
    if entry.acts is Acts.COLUMNS:
        assert found.n_rows == (240, 240)


def test_names_of_rows_are_unique():
    labels = row_labels(np.array([7, 7, -1, 7, -1]))
    assert labels == ["7", "7 again", "new 1", "7 again (2)", "new 2"]


def test_rows_of_which_a_sampler_tells_nothing_are_counted_anew(example, recipe, step, monkeypatch):
    data = example.only("age").change(age=example.X["age"].fillna(50))
    monkeypatch.setattr("imblearn.over_sampling.base.BaseOverSampler", type("Other", (), {}))
    shown = effects(recipe(step("smote")), data)[0]
    assert shown.after.index.tolist()[:2] == ["row 1", "row 2"]
    assert not shown.marks.to_numpy().any()
    assert shown.changed == ()
    assert "counted anew" in shown.notes[-1]


def test_cells_are_matched_by_row_and_column():
    before = pd.DataFrame({"a": [1.0, np.nan, 3.0], "b": ["x", None, "z"]}, index=list("pqr"))
    after = pd.DataFrame({"b": ["z", "y"], "a": [3.0, np.nan], "c": [0, 0]}, index=list("rq"))
    marks = changed_cells(before, after)
    assert marks.to_numpy().tolist() == [[False, False, True], [True, False, True]]
