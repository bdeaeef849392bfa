"""Ablations: candidates with and without single choices."""

import pytest

from lab.base import Column, ColumnKind, LabError, Schema, Task, from_json, to_json
from lab.experiments import Candidate, Experiment, StudyKind, ablation, make_cells, unfit_reason
from lab.models import MODELS
from lab.recipes import STEPS, RecipeChange, add_step, preset_recipe
from lab.validation import SPLITTERS, ValidationPlan, fold_keys

SCHEMA = Schema(
    columns=(
        Column(name="age", kind=ColumnKind.NUMBER, has_missing=True, n_levels=50),
        Column(name="town", kind=ColumnKind.CATEGORY, n_levels=5),
    )
)
LINEAR, TREES = preset_recipe("linear"), preset_recipe("trees")
LOGISTIC, TREE = (
    Candidate(name=key, recipe=recipe, model=MODELS.choose(key))
    for key, recipe in (("logistic_regression", LINEAR), ("decision_tree", TREES))
)
EXPERIMENT = Experiment(
    name="Churn",
    dataset_id="d" * 32,
    task=Task.BINARY,
    candidates=(LOGISTIC, TREE),
    plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 3})),
    metrics=("roc_auc",),
    racing=True,
)
NO_SCALER = RecipeChange(step="standard_scaler")
SMOTE = RecipeChange(instead="smote")


def cells(experiment):
    return {cell.key for cell in make_cells(experiment, fold_keys(experiment.plan))}


def make(*changes, places=(0, 1), experiment=EXPERIMENT, **more):
    return ablation(experiment, places, changes, features=SCHEMA, **more)


def test_an_ablation_holds_each_model_once_and_a_version_a_change():
    study = make(NO_SCALER, SMOTE)
    assert [item.name for item in study.candidates] == [
        "logistic_regression",
        "logistic_regression, without Standardise",
        "logistic_regression, with SMOTE",
        "decision_tree",
        "decision_tree, with SMOTE",
    ]
    assert study.study.kind is StudyKind.ABLATION
    assert study.study.points == ("", "without Standardise", "with SMOTE", "", "with SMOTE")
    assert not study.racing


def test_the_effect_of_a_step_left_out_is_that_of_having_it():
    study = make(NO_SCALER, SMOTE)
    pairs = [(one.choice, one.model, one.having, one.lacking) for one in study.study.contrasts]
    assert pairs == [
        ("Standardise", "logistic_regression", 0, 1),
        ("SMOTE", "logistic_regression", 2, 0),
        ("SMOTE", "decision_tree", 4, 3),
    ]


def test_the_cells_of_models_as_they_are_are_those_of_the_experiment():
    study = make(NO_SCALER, SMOTE)
    assert cells(EXPERIMENT) <= cells(study)
    assert len(cells(study)) == 5 * 3


def test_what_stands_there_already_is_not_made_twice():
    changed = make(SMOTE, places=(0,)).candidates[1]
    both = Experiment(
        name="Both",
        dataset_id="d" * 32,
        task=Task.BINARY,
        candidates=(LOGISTIC, changed),
        plan=EXPERIMENT.plan,
        metrics=("roc_auc",),
    )
    study = make(SMOTE, NO_SCALER, experiment=both)
    ids = [item.id for item in study.candidates]
    assert len(set(ids)) == len(ids)
    assert len({item.name for item in study.candidates}) == len(ids)
    assert study.study.contrasts[0].having == 1
    assert "SMOTE" in study.study.notes[0]


def test_a_recipe_of_ones_own_is_where_all_models_start():
    own = add_step(LINEAR, STEPS.choose("smote"))
    study = make(RecipeChange(step="smote"), recipe=own)
    assert study.candidates[0].recipe == study.candidates[2].recipe == own
    assert study.candidates[1].recipe.id == LINEAR.id
    assert [one.choice for one in study.study.contrasts] == ["SMOTE", "SMOTE"]


def test_what_does_not_fit_a_model_is_noted_with_the_reason():
    study = make(RecipeChange(step="one_hot"), SMOTE)
    assert len(study.study.contrasts) == 2
    (note,) = study.study.notes
    assert note.startswith("One-hot is not compared for logistic_regression: column 'town'")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ((RecipeChange(step="one_hot"),), "reaches the model as it stands"),
        ((RecipeChange(step="date_parts"),), "has no column here"),
        ((RecipeChange(step="random_under"),), "has no step random_under"),
        ((), "no choice to compare"),
    ],
)
def test_when_nothing_can_be_compared_the_reasons_are_told(changes, words):
    with pytest.raises(LabError, match=words):
        make(*changes)


def test_a_setting_that_is_so_already_is_no_difference():
    change = RecipeChange(step="one_hot", instead="one_hot", settings={"min_frequency": 2})
    assert unfit_reason(EXPERIMENT, LOGISTIC, change, SCHEMA) == "it is so already"


def test_an_ablation_survives_json_and_older_studies_are_read():
    study = make(NO_SCALER, SMOTE)
    again = from_json(Experiment, to_json(study))
    assert again == study
    assert again.id == study.id
    old = to_json(study).replace(',"notes":[]', "")
    assert from_json(Experiment, old) == study
