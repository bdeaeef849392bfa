import numpy as np
import pandas as pd
import pytest

from lab.base import LabError, Task
from lab.recipes import preset_recipe, preview


def test_it_shows_the_same_rows_before_and_after(example):
    shown = preview(
        preset_recipe("linear"), example.X, example.y, example.schema, task=Task.BINARY, rows=20
    )
    assert list(shown.before.index) == list(shown.after.index) == list(range(20))
    assert list(shown.before.columns) == list(example.X.columns)
    assert tuple(shown.after.columns) == shown.feature_names
    assert (shown.rows_in, shown.rows_out) == (240, 240)
    assert shown.after.notna().to_numpy().all()
    assert shown.notes == ()
    assert shown.seconds > 0


def test_it_learns_from_a_sample_of_a_large_table_and_says_so(example):
    X = pd.concat([example.X] * 40, ignore_index=True)
    y = np.tile(example.y, 40)
    schema = example.schema
    shown = preview(preset_recipe("trees"), X, y, schema, task=Task.BINARY)
    assert shown.rows_in == 2_000
    assert len(shown.before) == len(shown.after) == 200
    assert "Learnt from 2,000 of 9,600 rows" in shown.notes[0]
    pd.testing.assert_frame_equal(shown.before, X.iloc[shown.before.index], check_names=False)


def test_a_rare_class_is_in_the_sample(example, recipe, step):
    X = pd.DataFrame({"age": np.linspace(0, 1, 10_000)})
    y = np.zeros(10_000, dtype=np.int64)
    y[::1000] = 1
    schema = example.only("age").schema
    own = recipe(step("mean_imputer"), step("random_over"))
    shown = preview(own, X, y, schema, task=Task.BINARY)
    assert (shown.rows_in, shown.rows_out) == (2_000, 2 * 1_998)
    assert list(shown.after.index) == list(range(200))


def test_it_refuses_what_cannot_be_prepared(example, recipe):
    with pytest.raises(LabError, match="reaches the model as it stands"):
        preview(recipe(), example.X, example.y, example.schema, task=Task.BINARY)
