from dataclasses import replace

import pytest

from lab.base import Column, ColumnKind, LabError, Task, to_json, to_plain
from lab.cli.planning import request_dataset, request_experiment
from lab.cli.request import RunRequest
from lab.data import Dataset, Table, read_table
from lab.experiments import Experiment
from lab.metrics import default_metrics
from lab.models import MODELS, default_models
from lab.recipes import auto_recipe, preset_recipe, recipe_to_json

BUYS = RunRequest(name="people", target="buys", models=("dummy", "knn"))


@pytest.fixture(scope="module")
def table(people_csv) -> Table:
    return read_table(people_csv)


def planned(table: Table, request: RunRequest) -> Experiment:
    return request_experiment(request_dataset(table, request), request)


def refused(table: Table, request: RunRequest) -> LabError:
    with pytest.raises(LabError) as caught:
        planned(table, request)
    return caught.value


def test_what_is_not_asked_for_is_proposed(table):
    experiment = planned(table, RunRequest(name="people", target="buys"))
    assert experiment.task is Task.BINARY
    assert [c.model.key for c in experiment.candidates] == list(default_models(Task.BINARY, 120, 4))
    assert experiment.metrics == default_metrics(Task.BINARY)
    assert experiment.plan.splitter.key == "stratified"
    assert experiment.plan.splitter.settings["folds"] == 5


def test_the_recipe_auto_suits_each_model(table):
    for candidate in planned(table, RunRequest(name="people", target="buys")).candidates:
        entry = MODELS[candidate.model.key]
        suited = auto_recipe(entry.preset, takes_missing=entry.takes_missing)
        assert candidate.recipe == suited


def test_one_ready_recipe_serves_all_when_it_is_named(table):
    experiment = planned(table, replace(BUYS, recipe="trees"))
    assert {c.recipe.id for c in experiment.candidates} == {preset_recipe("trees").id}


def test_a_recipe_is_read_from_a_file(table, tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(recipe_to_json(preset_recipe("minimal")))
    experiment = planned(table, replace(BUYS, recipe=str(path)))
    assert experiment.candidates[0].recipe.id == preset_recipe("minimal").id


def test_each_model_meets_its_recipe_of_an_experiment_that_is_named(table, tmp_path):
    own = replace(preset_recipe("trees"), title="Mine")
    run = planned(table, BUYS)
    run = replace(run, candidates=(run.candidates[0], replace(run.candidates[1], recipe=own)))
    path = tmp_path / "experiment.json"
    path.write_text(to_json({"format": 1, "experiment": to_plain(run)}))
    request = replace(BUYS, recipe=str(path))
    made = planned(table, request).candidates
    assert [one.recipe for one in made] == [one.recipe for one in run.candidates]
    assert planned(table, replace(request, models=())).candidates == made
    error = refused(table, replace(request, models=("decision_tree",)))
    assert "no recipe for decision_tree" in str(error)
    assert "It has those of dummy, knn." in str(error)
    both = (
        *run.candidates,
        replace(run.candidates[1], name="other", recipe=preset_recipe("linear")),
    )
    path.write_text(to_json({"experiment": to_plain(replace(run, candidates=both))}))
    assert "several recipes for knn" in str(refused(table, request))


def test_candidates_are_called_by_their_keys_so_that_files_can_be_joined(table):
    assert [c.name for c in planned(table, BUYS).candidates] == ["dummy", "knn"]


def test_settings_reach_their_model_and_splitter(table):
    request = replace(BUYS, settings=("knn.n_neighbors=9",))
    assert planned(table, request).candidates[1].model.settings["n_neighbors"] == 9
    request = replace(BUYS, splitter="holdout", settings=("holdout.test_share=0.4",))
    assert planned(table, request).plan.splitter.settings["test_share"] == 0.4


def test_the_seed_serves_plan_and_models(table):
    experiment = planned(table, replace(BUYS, seed=5, repeats=2, folds=3))
    assert (experiment.seed, experiment.plan.seed, experiment.plan.repeats) == (5, 5, 2)


def test_the_first_metric_ranks(table):
    assert planned(table, replace(BUYS, metrics=("f1", "accuracy"))).metrics == ("f1", "accuracy")


def test_groups_are_kept_together_when_a_group_is_named(table):
    assert planned(table, replace(BUYS, group="household")).plan.splitter.key == "group"


def test_a_task_can_be_chosen(table):
    dataset = request_dataset(table, replace(BUYS, target="household", task="regression"))
    assert dataset.roles.task is Task.REGRESSION


def test_the_positive_class_can_be_chosen(table):
    usual = request_dataset(table, BUYS)
    assert request_dataset(table, replace(BUYS, positive="no")).labels == ("yes", "no")
    assert request_dataset(table, replace(BUYS, positive="yes")).id == usual.id


def test_only_a_binary_task_has_a_positive_class(table):
    for target, title in (("spend", "regression"), ("town", "multiclass classification")):
        error = refused(table, replace(BUYS, target=target, positive="yes"))
        assert error.message == f"{title} has no positive class"


def test_columns_left_out_are_no_features(table):
    dataset: Dataset = request_dataset(table, replace(BUYS, ignored=("spend", "town")))
    assert dataset.features.names == ("income", "household")


def test_a_name_that_its_commas_took_apart_is_told_with_the_way_to_write_it(people_csv, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(people_csv.read_text().replace("spend", '"spend, a year"', 1))
    table = read_table(path)
    error = refused(table, replace(BUYS, ignored=("town", "spend", "a year")))
    assert error.message == "there is no column 'spend'"
    assert error.hint.endswith("""--ignore '"spend, a year"'.""")
    whole = request_dataset(table, replace(BUYS, ignored=("town", "spend, a year")))
    assert whole.features.names == ("income", "household")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"target": "bys"}, "no column 'bys'"),
        ({"positive": "maybe"}, "no class 'maybe' in the target 'buys'. Its classes are 'no' and"),
        ({"task": "clustering"}, "no task 'clustering'"),
        ({"ignored": ("gone",)}, "gone"),
        ({"group": "gone"}, "gone"),
        ({"models": ("xgbost",)}, "Did you mean 'xgboost'"),
        ({"models": ("ridge",)}, "ridge cannot do binary classification"),
        ({"models": ("dummy", "dummy")}, "two candidates are called 'dummy'"),
        ({"settings": ("knn.n_neighbors=0",)}, "n_neighbors is 0"),
        ({"settings": ("knn.colour=red",)}, "knn has no setting 'colour'"),
        ({"splitter": "loo"}, "no splitter 'loo'"),
        ({"splitter": "group"}, "needs a group column"),
        ({"splitter": "holdout", "folds": 3}, "holdout has no setting 'folds'"),
        ({"folds": 1}, "folds is 1"),
        ({"metrics": ("r2",)}, "r2 does not judge binary classification"),
        ({"metrics": ("auc",)}, "no metric 'auc'"),
        ({"recipe": "nope"}, "no recipe and no file 'nope'"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_name(table, changes, words):
    assert words in str(refused(table, replace(BUYS, **changes)))


def test_everything_that_is_wrong_is_told_at_once(table):
    error = refused(
        table, replace(BUYS, models=("xgbost",), metrics=("auc",), folds=1, recipe="nope")
    )
    fields = {problem.field for problem in error.problems}
    assert fields == {"--models", "--metrics", "--cv", "--recipe"}


def test_a_recipe_file_that_is_no_recipe_is_told(table, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text('{"title": "x", "steps": [{"choice": {"key": "nope"}}]}')
    assert "nope" in str(refused(table, replace(BUYS, recipe=str(path))))
    path.write_text("not json")
    assert refused(table, replace(BUYS, recipe=str(path))).message


def test_a_recipe_that_does_not_suit_the_columns_is_told(table, tmp_path):
    path = tmp_path / "empty.json"
    path.write_text('{"title": "Nothing", "steps": []}')
    error = refused(table, replace(BUYS, recipe=str(path), models=("knn",)))
    assert "'Nothing' does not suit knn" in error.message


def test_the_example_columns_are_what_these_tests_take_them_for(table):
    assert table.schema["income"] == Column(
        name="income", kind=ColumnKind.NUMBER, has_missing=True, n_levels=106
    )


def test_kinds_and_weights_of_columns_can_be_said(table):
    asked = replace(BUYS, kinds={"household": ColumnKind.CATEGORY}, weight="spend")
    dataset = request_dataset(table, asked)
    assert dataset.features["household"].kind is ColumnKind.CATEGORY
    assert dataset.roles.weight == "spend"
    assert "spend" not in dataset.features.names


def test_with_weights_models_that_cannot_take_them_are_not_proposed(table):
    asked = replace(BUYS, models=(), weight="spend")
    experiment = request_experiment(request_dataset(table, asked), asked)
    keys = [candidate.model.key for candidate in experiment.candidates]
    assert "random_forest" in keys
    assert all(MODELS[key].takes_weights for key in keys)
