"""What a recipe had to change of a split is told; weights by class name reach the model."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

from lab.base import ColumnKind, LabError, Selection, Task
from lab.benchmark.fitting import fit_candidate, prepare_split
from lab.benchmark.prepared import read_prepared
from lab.data import Roles, make_dataset, read_table
from lab.experiments import Candidate
from lab.models import MODELS
from lab.recipes import STEPS, Recipe, Step

NUMBERS = Selection(kinds=(ColumnKind.NUMBER,))


@pytest.fixture(scope="module")
def sizes(tmp_path_factory):
    """Return a data set whose last rows hold sizes that are not positive."""
    size = np.append(np.arange(1.0, 51.0), [0.0, -3.0, -5.5, 2.5])
    bought = np.where(np.arange(54) % 3 == 0, "yes", "no")
    frame = pd.DataFrame({"size": size, "bought": bought})
    path = tmp_path_factory.mktemp("sizes") / "sizes.csv"
    frame.to_csv(path, index=False)
    table = read_table(path)
    return make_dataset(table, Roles(target="bought", task=Task.BINARY))


def recipe(key, **settings):
    step = Step(choice=STEPS.choose(key, settings), selection=NUMBERS)
    return Recipe(title="", steps=(step,))


def test_rows_to_predict_that_a_step_could_not_take_stand_in_the_notes(sizes, tmp_path):
    own = recipe("power_transform", method="box-cox")
    prepare = partial(prepare_split, sizes, own, seed=0, folder=tmp_path)
    facts = prepare(np.arange(50), np.arange(50, 54))
    told = "Box-Cox took 3 values that are not positive as the smallest training value"
    assert facts.notes == (told,)
    assert np.isfinite(read_prepared(tmp_path).test.X).all()
    assert prepare(np.arange(40), np.arange(40, 50)).notes == ()


def test_training_rows_that_a_step_refuses_are_told_with_their_column(sizes, tmp_path):
    own = recipe("power_transform", method="box-cox")
    with pytest.raises(LabError, match=r"column 'size' has -5\.5"):
        prepare_split(sizes, own, np.arange(10, 54), np.arange(10), seed=0, folder=tmp_path)


def test_costs_by_class_name_make_the_model_of_those_class_weights(sizes):
    from sklearn.linear_model import LogisticRegression

    own = recipe("class_costs", weights="yes: 4, no: 1")
    candidate = Candidate(
        name="", recipe=own, model=MODELS.choose("logistic_regression", {"C": 1.0})
    )
    model = fit_candidate(sizes, candidate, np.arange(54), seed=0).model
    plain = LogisticRegression(C=1.0, class_weight={0: 1, 1: 4}, max_iter=5000)
    plain.fit(sizes.X[["size"]].to_numpy(), sizes.y)
    np.testing.assert_allclose(model.coef_, plain.coef_, rtol=1e-3)
