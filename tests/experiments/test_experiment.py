from dataclasses import replace

import pytest

from lab.base import LabError, Task, from_json, to_json
from lab.experiments import Candidate, Experiment, Limits
from lab.models import MODELS
from lab.recipes import preset_recipe
from lab.validation import SPLITTERS, ValidationPlan


def candidate(key: str, name: str = "") -> Candidate:
    return Candidate(
        name=name or key, recipe=preset_recipe(MODELS[key].preset), model=MODELS.choose(key)
    )


EXPERIMENT = Experiment(
    name="Churn",
    dataset_id="d" * 32,
    task=Task.BINARY,
    candidates=(candidate("dummy"), candidate("knn")),
    plan=ValidationPlan(splitter=SPLITTERS.choose("stratified")),
    metrics=("roc_auc", "accuracy"),
)


def test_an_experiment_comes_back_equal_from_its_json():
    back = from_json(Experiment, to_json(EXPERIMENT))
    assert back == EXPERIMENT
    assert back.id == EXPERIMENT.id


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Another"},
        {"metrics": ("accuracy",)},
        {"limits": Limits(cell_seconds=5, workers=1)},
        {"candidates": (candidate("dummy", "Baseline"), candidate("knn"))},
    ],
)
def test_what_changes_no_prediction_changes_no_id(changes):
    assert replace(EXPERIMENT, **changes).id == EXPERIMENT.id


@pytest.mark.parametrize(
    "changes",
    [
        {"dataset_id": "e" * 32},
        {"seed": 1},
        {"candidates": (candidate("dummy"),)},
        {"plan": ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 3}))},
        {"plan": ValidationPlan(splitter=SPLITTERS.choose("stratified"), repeats=2)},
        {"plan": ValidationPlan(splitter=SPLITTERS.choose("stratified"), seed=1)},
    ],
)
def test_what_changes_a_prediction_changes_the_id(changes):
    assert replace(EXPERIMENT, **changes).id != EXPERIMENT.id


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"candidates": ()}, "no model was chosen"),
        ({"metrics": ()}, "no metric was chosen"),
        (
            {"candidates": (candidate("dummy", "A"), candidate("knn", "A"))},
            "two candidates are called 'A'",
        ),
        (
            {"candidates": (candidate("knn", "A"), candidate("knn", "B"))},
            "'B' and 'A' are the same model with the same recipe",
        ),
    ],
)
def test_an_experiment_that_cannot_be_read_is_refused(changes, message):
    with pytest.raises(LabError, match=message):
        replace(EXPERIMENT, **changes)
