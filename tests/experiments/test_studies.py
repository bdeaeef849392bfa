from dataclasses import replace

import pytest

from lab.base import Choice, LabError, Number, Option, Task, Toggle, from_json, to_json
from lab.experiments import (
    SHARES,
    Candidate,
    Experiment,
    StudyKind,
    candidate_key,
    learning_curve,
    make_cells,
    repeated_seeds,
    validation_curve,
    values_of,
    varied_params,
)
from lab.models import MODELS
from lab.recipes import Recipe, preset_recipe
from lab.validation import SPLITTERS, ValidationPlan, fold_keys

PLAN = ValidationPlan(splitter=SPLITTERS.choose("kfold", {"folds": 3}))
RIDGE, TREE = (
    Candidate(name=key, recipe=preset_recipe("linear"), model=MODELS.choose(key))
    for key in ("ridge", "decision_tree")
)
EXPERIMENT = Experiment(
    name="Prices",
    dataset_id="d" * 32,
    task=Task.REGRESSION,
    candidates=(RIDGE, TREE),
    plan=PLAN,
    metrics=("r2",),
    seed=7,
)
C = Number(name="C", label="C", default=1, minimum=1e-5, maximum=1e5, log_scale=True)
DEPTH = Number(
    name="depth", label="Depth", default=None, minimum=1, maximum=100, integer=True,
    none_label="no limit",
)  # fmt: skip
STUDIES = (
    learning_curve(EXPERIMENT, 0),
    validation_curve(EXPERIMENT, 0, "alpha", values=(0.1, 10)),
    repeated_seeds(EXPERIMENT, 1, n=3),
)
every_study = pytest.mark.parametrize("study", STUDIES, ids=lambda item: item.study.kind)


def keys(experiment):
    return {cell.key for cell in make_cells(experiment, fold_keys(experiment.plan))}


def test_keys_of_plain_experiments_are_those_of_before_there_were_studies(monkeypatch):
    """The literals were computed by the version without shares and seeds."""
    monkeypatch.setattr("lab.experiments.cells.library_versions", lambda: {"numpy": "2.0"})
    monkeypatch.setattr("lab.experiments.cells.CELL_VERSION", 1)
    plain = Experiment(
        name="",
        dataset_id="d",
        task=Task.BINARY,
        candidates=(
            Candidate(
                name="A",
                recipe=Recipe(title="", steps=()),
                model=Choice(key="dummy", settings={"answer": "usual"}),
            ),
        ),
        plan=ValidationPlan(splitter=Choice(key="kfold", settings={"folds": 2})),
        metrics=("roc_auc",),
    )
    assert plain.candidates[0].id == "2b9fab64f8e002a6233b9bb824bc7ea3"
    assert candidate_key(plain, 0) == "f23589c3082c1d03d866eb5f435ceb4d"
    assert plain.id == "674f3f063b987d6f12ed53bc6184c74b"
    assert make_cells(plain, [(0, 1)])[0].key == "cfe1428aa1db106a4526a4c26253730b"


@every_study
def test_a_study_shares_the_cells_of_its_candidate_and_nothing_else(study):
    shared = keys(study) & keys(EXPERIMENT)
    assert len(shared) == len(fold_keys(PLAN))
    assert len(keys(study)) == len(study.candidates) * len(fold_keys(PLAN))


@every_study
def test_a_study_keeps_data_splits_metrics_and_seed(study):
    for name in ("dataset_id", "task", "plan", "metrics", "seed", "limits"):
        assert getattr(study, name) == getattr(EXPERIMENT, name)
    assert study.study.of == EXPERIMENT.id
    assert study.study.own in study.study.points


@every_study
def test_a_study_survives_json(study):
    again = from_json(Experiment, to_json(study))
    assert again == study
    assert again.id == study.id
    assert [type(value) for value in again.study.points] == [
        type(value) for value in study.study.points
    ]


def test_an_experiment_written_before_there_were_studies_is_read():
    old = to_json(EXPERIMENT).replace(',"study":null', "")
    old = old.replace(',"train_share":1.0,"seed":0', "")
    assert "study" not in old
    assert "train_share" not in old
    assert from_json(Experiment, old) == EXPERIMENT


def test_a_study_never_takes_the_place_of_an_experiment_with_the_same_candidates():
    study = STUDIES[1]
    plain = replace(study, study=None)
    assert plain.id != study.id
    assert keys(plain) == keys(study)


def test_a_learning_curve_has_growing_shares_up_to_all_rows():
    study = STUDIES[0]
    assert study.study.kind is StudyKind.LEARNING
    assert tuple(item.train_share for item in study.candidates) == SHARES == study.study.points
    assert study.candidates[1].name == "ridge, 16 % of rows"


def test_a_validation_curve_holds_the_own_value_among_the_given():
    study = STUDIES[1]
    assert study.study.points == (0.1, 1.0, 10.0)
    assert [item.model.settings["alpha"] for item in study.candidates] == [0.1, 1.0, 10.0]
    assert study.candidates[2].name == "ridge, penalty (alpha) 10"


def test_no_limit_stands_behind_the_numbers():
    study = validation_curve(EXPERIMENT, 1, "max_depth", values=(8, None, 2))
    assert study.study.points == (2, 8, None)
    assert study.candidates[-1].name.endswith("no limit")


def test_repeated_seeds_begin_with_the_own_one():
    assert [item.seed for item in STUDIES[2].candidates] == [0, 1, 2]


@pytest.mark.parametrize(
    "make",
    [
        lambda: validation_curve(EXPERIMENT, 0, "nonsense", values=(1, 2)),
        lambda: validation_curve(EXPERIMENT, 0, "alpha", values=(1e9,)),
        lambda: validation_curve(EXPERIMENT, 0, "alpha", values=(1.0,)),
        lambda: learning_curve(EXPERIMENT, 0, shares=(2.0,)),
        lambda: repeated_seeds(EXPERIMENT, 0, n=1),
    ],
)
def test_what_makes_no_curve_is_refused(make):
    with pytest.raises(LabError):
        make()


def test_values_of_a_log_scale_stand_in_equal_ratios_around_the_own_one():
    assert values_of(C, 1.0, n=5) == (0.01, 0.1, 1.0, 10.0, 100.0)
    assert values_of(C, 3.0, n=3, low=1, high=100) == (1.0, 3.0, 10.0, 100.0)


def test_values_of_a_limit_begin_low_and_end_without_one():
    values = values_of(DEPTH, None, n=5)
    assert values == (1, 9, 17, 25, 33, None)
    assert all(isinstance(value, int) for value in values[:-1])


def test_all_options_and_both_toggles_are_taken():
    option = Option(name="o", label="O", default="a", options=(("a", "A"), ("b", "B")))
    assert values_of(option, "b") == ("a", "b")
    assert values_of(Toggle(name="t", label="T", default=True), True) == (False, True)


@pytest.mark.parametrize("entry", list(MODELS), ids=lambda entry: entry.key)
def test_every_setting_of_every_model_has_allowed_values_with_its_own_among_them(entry):
    for param in varied_params(entry.params):
        values = values_of(param, param.default)
        assert param.default in values
        assert [param.clean(value) for value in values] == list(values)
        assert len(set(values)) == len(values) >= 2
