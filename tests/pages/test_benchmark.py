"""Benchmark: what competes, how it is judged, start and cancel."""

from dataclasses import replace

import pytest

from lab.base import from_json, to_json
from lab.benchmark import cancel, wait
from lab.experiments import Candidate, CellState, Experiment, Failure, FoldResult
from lab.models import MODELS
from lab.recipes import Recipe
from lab.store import JobState, open_store
from lab.validation import SPLITTERS, ValidationPlan
from pages._ui.contenders import _line
from pages._ui.draft import ARTIFACT, Draft, make_experiment
from pages._ui.taking_over import draft_of as draft_of_experiment


def draft_of(store, data):
    return from_json(Draft, store.load_artifact(ARTIFACT, data.id))


def box(app, contender):
    return app.checkbox(key=f"contender 0 {contender}")


def choose_only(app, *contenders):
    for item in app.checkbox:
        if item.key.startswith("contender"):
            item.set_value(item.key.split()[-1] in contenders)
    return app.run()


def test_the_start_tells_fits_and_time(visit, data, words):
    app = visit("benchmark", dataset=data.id)
    assert "roughly" in words(app)
    assert "training rows of a fold only" in words(app)
    assert not app.button(key="start").disabled


def test_models_are_chosen_by_check_boxes(visit, data, store):
    app = choose_only(visit("benchmark", dataset=data.id), "dummy", "knn")
    assert not app.exception
    assert [item.id for item in draft_of(store, data).chosen] == ["dummy", "knn"]


def test_without_a_model_nothing_can_be_started(visit, data):
    app = choose_only(visit("benchmark", dataset=data.id))
    assert app.button(key="start").disabled
    assert "No model was chosen" in app.warning[0].value


def test_a_plan_that_cannot_be_is_told_before_the_start(visit, data):
    app = visit("benchmark", dataset=data.id)
    folds = next(item for item in app.number_input if item.label == "Folds")
    folds.set_value(50).run()
    assert not app.exception
    assert app.button(key="start").disabled == bool(app.warning)


def test_a_cluster_is_kept_in_the_draft_and_told_when_it_can_be_none(visit, data, store):
    app = visit("benchmark", dataset=data.id)
    field = next(item for item in app.text_input if item.label == "Dask cluster")
    field.set_value(" http://host ").run()
    assert app.button(key="start").disabled
    assert "not the address of a Dask cluster" in app.warning[0].value
    next(item for item in app.text_input if item.label == "Dask cluster").set_value(
        "tcp://host:8786"
    ).run()
    assert not app.button(key="start").disabled
    assert draft_of(store, data).cluster == "tcp://host:8786"


def test_settings_make_another_candidate(visit, data, store):
    app = visit("benchmark", dataset=data.id)
    app.session_state["contender 0 knn settings"] = True
    app.run()
    neighbours = next(item for item in app.number_input if "knn n_neighbors" in item.key)
    neighbours.set_value(7).run()
    app.session_state["contender 0 knn settings"] = True
    app.button(key="contender 0 knn copy").click().run()
    assert not app.exception
    models = {item.id: item.model for item in draft_of(store, data).contenders}
    assert models["knn"].settings["n_neighbors"] == 7
    assert models["knn-2"] == models["knn"]
    assert "are the same model with the same recipe" in app.warning[0].value


@pytest.mark.parametrize("name", ["fast", "all", "none", "sensible"])
def test_a_whole_set_is_chosen_at_once(visit, data, store, name):
    app = visit("benchmark", dataset=data.id)
    app.get("segmented_control")[0].set_value(name).run()
    assert not app.exception
    chosen = draft_of(store, data).chosen
    assert (len(chosen) == 0) == (name == "none")


def test_a_start_runs_the_draft_and_shows_it(visit, data, store, words):
    app = choose_only(visit("benchmark", dataset=data.id), "dummy", "gaussian_nb")
    app.button(key="start").click().run()
    assert not app.exception
    experiment_id = app.query_params["experiment"]
    assert wait(store, experiment_id).state is JobState.DONE
    app.run()
    assert "Finished" in words(app)
    assert "This is the experiment above" in words(app)
    assert len(app.dataframe[0].value) == 2
    assert app.button(key="start").disabled


def test_a_race_tells_who_was_stopped_and_can_be_run_to_the_end(visit, data, store, words):
    app = choose_only(visit("benchmark", dataset=data.id), "dummy", "gaussian_nb")
    next(item for item in app.toggle if "racing" in item.label).set_value(True)
    next(item for item in app.number_input if item.label == "Repeats").set_value(4).run()
    assert draft_of(store, data).racing
    app.button(key="start").click().run()
    experiment_id = app.query_params["experiment"]
    wait(store, experiment_id)
    app.run()
    assert not app.exception
    last = app.dataframe[0].value.iloc[-1]
    assert "stopped early: ROC AUC" in last["note"]
    n_done, n_early = (last["folds"].count(mark) for mark in "●∅")
    assert n_early > 0
    assert last["finished"] == f"{n_done} of 20"
    told = f"{20 + n_done} of 40 fits finished, {n_early} stopped early"
    assert app.get("progress")[0].proto.text.startswith(told)
    app.switch_page("pages/leaderboard.py").run()
    assert "ruled out" in words(app)
    assert app.dataframe[0].value["standing"].tolist() == ["best", "ruled out"]
    app.switch_page("pages/benchmark.py").run()
    app.button(key="end race").click().run()
    wait(store, experiment_id)
    assert {record.state for record in store.records(experiment_id)} == {CellState.DONE}


def test_a_cancelled_run_says_so_and_can_be_resumed(visit, data, store, words):
    app = choose_only(visit("benchmark", dataset=data.id), "mlp", "random_forest", "rbf_svm")
    app.button(key="start").click().run()
    experiment_id = app.query_params["experiment"]
    cancel(store, experiment_id)
    wait(store, experiment_id)
    app.run()
    assert not app.exception
    state = store.job(experiment_id).state
    assert ("Stopped" in words(app)) == (state is JobState.CANCELLED)
    if state is JobState.CANCELLED:
        app.button(key="again").click().run()
        assert wait(store, experiment_id).state is JobState.DONE


def test_another_model_after_a_run_takes_over_what_is_finished(visit, finished, words):
    app = visit("benchmark", **finished["binary"])
    folds = next(item for item in app.number_input if item.label == "Folds")
    folds.set_value(3)
    app = choose_only(app, "dummy", "knn")
    assert not app.exception
    assert "Compare again" in [button.label for button in app.button]
    assert "models, 6 fits" in words(app)


def test_another_metric_is_shown_and_costs_no_fit(visit, finished, words):
    store = open_store()
    app = visit("benchmark", **finished["binary"])
    experiment_id = finished["binary"]["experiment"]
    before, ended = store.records(experiment_id), store.job(experiment_id).ended
    metrics = next(item for item in app.multiselect if item.label == "Metrics")
    metrics.set_value([*metrics.value, "matthews_corrcoef"]).run()
    assert "No fit is run" in words(app)
    app.button(key="start").click().run()
    assert not app.exception
    assert app.query_params["experiment"] == experiment_id
    assert "This is the experiment above" in words(app)
    assert store.load_experiment(experiment_id).metrics[-1] == "matthews_corrcoef"
    assert (store.records(experiment_id), store.job(experiment_id).ended) == (before, ended)


def test_other_limits_are_taken_by_what_failed_under_the_old_ones(visit, finished, words):
    store = open_store()
    experiment_id = finished["binary"]["experiment"]
    key = store.records(experiment_id)[0].cell.key
    failure = Failure(kind="timeout", message="took longer than 1 second and was stopped")
    result = to_json(FoldResult(state=CellState.TIMED_OUT, failure=failure))
    with store.database.writing() as connection:
        change = "UPDATE cell SET state = 'timed_out', result = ? WHERE key = ?"
        connection.execute(change, (result, key))
    app = visit("benchmark", **finished["binary"])
    assert app.button(key="start").disabled
    seconds = next(item for item in app.number_input if item.label == "Seconds for one fit")
    seconds.set_value(600).run()
    assert "1 new fit will be run" in words(app)
    app.button(key="start").click().run()
    assert wait(store, experiment_id).state is JobState.DONE
    assert {record.state for record in store.records(experiment_id)} == {CellState.DONE}
    assert store.load_experiment(experiment_id).limits.cell_seconds == 600


def test_an_experiment_without_a_draft_is_the_draft(finished, visit, words):
    app = visit("benchmark", **finished["multiclass"])
    assert not app.exception
    assert "This is the experiment above" in words(app)


def test_the_settings_of_an_experiment_are_taken_over_again(visit, finished, words):
    app = choose_only(visit("benchmark", **finished["regression"]), "dummy")
    assert "This is the experiment above" not in words(app)
    app.button(key="take over").click().run()
    assert not app.exception
    assert "This is the experiment above" in words(app)


def test_an_experiment_that_nobody_runs_can_be_started(visit, store, data, words):
    experiment = make_small(data)
    store.save_experiment(experiment)
    app = visit("benchmark", dataset=data.id, experiment=experiment.id)
    assert "Not started" in words(app)
    assert app.button(key="again").label == "Start the benchmark"


def test_fits_that_were_cancelled_are_not_told_as_finished(visit, store, data, words):
    experiment_id = store.save_experiment(replace(make_small(data), name="cancelled", seed=7))
    store.create_job(experiment_id, "benchmark", total=2)
    store.claim_job(experiment_id)
    store.finish_job(experiment_id, JobState.CANCELLED)
    app = visit("benchmark", dataset=data.id, experiment=experiment_id)
    assert "– cancelled" in words(app)
    assert app.dataframe[0].value["finished"].tolist() == ["0 of 2"]
    found = store.experiments()
    assert [info.n_done for info in found if info.id == experiment_id] == [0]


def make_small(data):
    return Experiment(
        name="small",
        dataset_id=data.id,
        task=data.roles.task,
        candidates=(
            Candidate(
                name="Guess", recipe=Recipe(title="none", steps=()), model=MODELS.choose("dummy")
            ),
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 2})),
        metrics=("roc_auc",),
    )


def test_a_draft_taken_from_an_experiment_makes_the_same_experiment(data):
    experiment = make_small(data)
    draft = draft_of_experiment(experiment, data)
    assert make_experiment(draft, data).id == experiment.id


def test_changed_settings_stand_beside_a_model_as_people_write_them(visit, data, store):
    visit("benchmark", dataset=data.id)
    (one,) = [one for one in draft_of(store, data).contenders if one.id == "logistic_regression"]
    changed = MODELS.choose("logistic_regression", {"C": 3.0})
    assert _line(replace(one, model=changed)).endswith("**freedom \\(C\\) 3**")
