"""The fold ledger: what each fold's recipe is given and makes."""

import numpy as np
import pandas as pd
import pytest

from lab.base import ColumnKind, LabError, Selection, Task
from lab.benchmark import fold_ledger
from lab.data import Roles, make_dataset, read_table
from lab.recipes import STEPS, Recipe, Step, add_step, preset_recipe
from lab.validation import SPLITTERS, ValidationPlan

PLAN = ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 4}))


@pytest.fixture
def data(tmp_path):
    rng = np.random.default_rng(0)
    n = 200
    town = np.where(np.arange(n) < 1, "Rare", rng.choice(["Ulm", "Bonn"], n))
    frame = pd.DataFrame(
        {
            "age": np.where(rng.random(n) < 0.1, np.nan, rng.normal(40, 9, n).round(1)),
            "town": town,
            "paid": np.where(rng.random(n) < 0.25, "yes", "no"),
        }
    )
    frame.to_csv(tmp_path / "table.csv", index=False)
    roles = Roles(target="paid", task=Task.BINARY)
    return make_dataset(read_table(tmp_path / "table.csv"), roles)


def test_rows_and_columns_of_each_fold_are_those_of_its_split(data):
    ledger = fold_ledger(data, preset_recipe("linear"), PLAN, seed=0)
    assert [(line.repeat, line.fold) for line in ledger.lines] == [(0, fold) for fold in range(4)]
    assert sum(line.n_test for line in ledger.lines) == data.n_rows
    for line in ledger.lines:
        assert line.n_train + line.n_test == data.n_rows
        assert line.n_fitted == line.n_learned == line.n_train
        assert line.n_transformed == line.n_test
        assert line.n_columns >= 4
        assert not line.failure
    assert ledger.notes == ()


def test_resampling_and_dropping_touch_training_rows_only(data):
    recipe = add_step(preset_recipe("linear"), STEPS.choose("random_over"))
    recipe = add_step(recipe, STEPS.choose("drop_missing_rows"))
    complete = data.X["age"].notna().to_numpy()
    for line in fold_ledger(data, recipe, PLAN, seed=0).lines:
        assert line.n_transformed == line.n_test
        assert line.n_learned % 2 == 0
        assert line.n_learned != line.n_train
    assert not complete.all()


def test_what_a_fold_learns_that_others_do_not_is_named(data):
    one_hot = STEPS.choose("one_hot", {"min_frequency": None})
    numbers = Selection(kinds=(ColumnKind.NUMBER,))
    filling = Step(choice=STEPS.choose("median_imputer"), selection=numbers)
    recipe = Recipe(title="", steps=(filling, Step(choice=one_hot)))
    plan = ValidationPlan(splitter=SPLITTERS.choose("kfold", {"folds": 4}))
    lines = fold_ledger(data, recipe, plan, seed=0).lines
    # One row has the rare level: the fold that tests it never meets it.
    (without,) = [line for line in lines if line.only_elsewhere]
    assert without.only_elsewhere == ("town_Rare",)
    assert (without.n_columns, without.only_here) == (3, ())
    others = [line for line in lines if line is not without]
    assert {(line.n_columns, line.only_here) for line in others} == {(4, ("town_Rare",))}


def test_a_column_without_a_value_in_a_fold_is_named(tmp_path):
    frame = pd.DataFrame({"a": np.arange(40.0), "b": [1.5, *[None] * 39], "y": ["u", "v"] * 20})
    frame.to_csv(tmp_path / "t.csv", index=False)
    data = make_dataset(read_table(tmp_path / "t.csv"), Roles(target="y", task=Task.BINARY))
    plan = ValidationPlan(splitter=SPLITTERS.choose("kfold", {"folds": 4}))
    recipe = Recipe(title="", steps=(Step(choice=STEPS.choose("median_imputer")),))
    lines = fold_ledger(data, recipe, plan, seed=0).lines
    assert sorted(line.left_out for line in lines) == [(), (), (), ("b",)]


def test_a_fold_that_cannot_be_fitted_is_a_line_that_says_why(tmp_path):
    frame = pd.DataFrame({"a": np.arange(60.0), "y": ["u"] * 58 + ["v"] * 2})
    frame.to_csv(tmp_path / "t.csv", index=False)
    data = make_dataset(read_table(tmp_path / "t.csv"), Roles(target="y", task=Task.BINARY))
    plan = ValidationPlan(splitter=SPLITTERS.choose("kfold", {"folds": 3}), seed=2)
    recipe = Recipe(title="", steps=(Step(choice=STEPS.choose("smote")),))
    lines = fold_ledger(data, recipe, plan, seed=0).lines
    failed = [line for line in lines if line.failure]
    assert len(failed) == 2  # in which one of the two rare rows is tested
    for line in failed:
        assert "at least 2 training rows of each class" in line.failure
        assert line.n_columns == line.n_learned == 0


def test_of_many_rows_it_takes_a_share_and_says_so(data):
    ledger = fold_ledger(data, preset_recipe("linear"), PLAN, seed=0, most_rows=100)
    assert ledger.share == 0.5
    for line in ledger.lines:
        assert abs(line.n_fitted - line.n_train / 2) <= 2
        assert line.n_transformed < line.n_test
    assert "50.0% of the rows" in ledger.notes[0]


def test_it_begins_no_fold_after_its_time(data):
    ledger = fold_ledger(data, preset_recipe("linear"), PLAN, seed=0, most_seconds=0.0)
    assert len(ledger.lines) == 1
    assert ledger.notes == ("The first 1 of 4 folds",)


def test_a_recipe_that_does_not_fit_the_table_is_refused(data):
    with pytest.raises(LabError, match="reaches the model as it stands"):
        fold_ledger(data, Recipe(title="", steps=()), PLAN, seed=0)


@pytest.mark.parametrize(("key", "told"), [("forward_fill", 0), ("backward_fill", 4)])
def test_gaps_that_find_no_row_in_time_are_told_fold_by_fold(tmp_path, key, told):
    """Splits by time leave no later training row, so filling backward finds none at all."""
    sold = np.where(np.arange(100) % 4 == 1, np.nan, np.arange(100.0))
    frame = pd.DataFrame({"sold": sold, "day": np.arange(100), "y": ["u", "v"] * 50})
    frame.to_csv(tmp_path / "t.csv", index=False)
    roles = Roles(target="y", task=Task.BINARY, time="day")
    data = make_dataset(read_table(tmp_path / "t.csv"), roles)
    plan = ValidationPlan(splitter=SPLITTERS.choose("time", {"folds": 4}))
    recipe = Recipe(title="", steps=(Step(choice=STEPS.choose(key)),))
    lines = fold_ledger(data, recipe, plan, seed=0).lines
    notes = [note for line in lines for note in line.notes]
    assert len(notes) == told
    assert all(note.endswith("for 5 of 5 gaps: they got the median or most frequent value")
               for note in notes)  # fmt: skip
    assert all(line.n_transformed == 20 for line in lines)
