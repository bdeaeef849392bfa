"""Leaderboard, curves, explanations and report of a finished experiment."""

from dataclasses import replace

import pytest

from lab.base import Task
from lab.benchmark import start, wait
from lab.experiments import Candidate, Experiment
from lab.explain import explanation_id
from lab.metrics import METRICS, default_metrics
from lab.models import MODELS
from lab.recipes import preset_recipe
from lab.store import open_store
from lab.validation import SPLITTERS, ValidationPlan

HOSTILE = "![x](http://evil.example/x.png)"


def charts(app):
    return app.get("plotly_chart")


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_the_leaderboard_begins_with_the_verdict(visit, finished, task):
    app = visit("leaderboard", **finished[task])
    verdict = next(item.value for item in app.markdown if item.value.startswith("#####"))
    assert "Baseline" not in verdict.split(":")[0]
    frame = app.dataframe[0].value
    assert frame["candidate"].iloc[-1] == "Baseline"
    assert frame["standing"].iloc[0] == "best"
    assert list(frame.columns)[:2] == ["candidate", "score"]
    assert len(charts(app)) == 1


def test_another_metric_orders_the_leaderboard_and_stands_in_the_url(visit, finished):
    app = visit("leaderboard", **finished["binary"])
    app.selectbox(key="pick metric").select("log_loss").run()
    assert not app.exception
    assert app.query_params["metric"] == "log_loss"
    scores = app.dataframe[0].value["score"].dropna().tolist()
    assert scores == sorted(scores)
    assert not METRICS["log_loss"].greater_is_better


def test_a_metric_in_the_url_is_taken_over(visit, finished):
    app = visit("leaderboard", **finished["binary"], metric="log_loss")
    assert app.selectbox(key="pick metric").value == "log_loss"


def test_a_nonsense_metric_and_candidate_in_the_url_fall_back(visit, finished):
    app = visit("leaderboard", **finished["binary"], metric="nonsense", candidate="nobody")
    assert not app.exception
    app.switch_page("pages/explain.py").run()
    assert not app.exception


@pytest.mark.parametrize(
    ("task", "titles"),
    [
        ("binary", ["ROC curves", "Precision-recall curves", "Calibration", "Confusion matrix"]),
        (
            "multiclass",
            ["ROC curves", "Precision-recall curves", "Calibration", "Confusion matrix"],
        ),
        ("regression", ["Residuals", "Predicted against actual"]),
    ],
)
def test_every_curve_can_be_opened(visit, finished, task, titles):
    app = visit("curves", **finished[task])
    assert [tab.label for tab in app.tabs] == titles
    for title in titles:
        app.session_state["curve tabs"] = title
        app.run()
        assert not app.exception
        assert len(charts(app)) == 1


def test_curves_of_one_class_can_be_chosen(visit, finished):
    app = visit("curves", **finished["multiclass"])
    app.selectbox(key="class roc").select_index(2).run()
    assert not app.exception
    assert len(charts(app)) == 1


def test_without_a_candidate_the_curves_say_what_to_do(visit, finished, words):
    app = visit("curves", **finished["binary"])
    app.multiselect[0].set_value([]).run()
    assert not app.exception
    assert "Choose at least one candidate" in words(app)


def test_only_the_open_chart_is_computed(visit, finished):
    app = visit("leaderboard", **finished["binary"])
    for title in ("Differences to the best", "Fold by fold", "Time"):
        app.session_state["board tabs"] = title
        app.run()
        assert not app.exception
        assert len(charts(app)) == 1


def test_an_explanation_is_asked_for_awaited_and_shown(visit, finished, tmp_path, words):
    ids = finished["binary"]
    app = visit("explain", **ids)
    app.button(key="explain").click().run()
    assert not app.exception
    store = open_store()
    assert store.workspace.root.is_relative_to(tmp_path)
    name = app.query_params["candidate"]
    experiment = store.load_experiment(ids["experiment"])
    place = [candidate.name for candidate in experiment.candidates].index(name)
    wait(store, explanation_id(experiment, place))
    app.run()
    assert not app.exception
    assert "relies most on" in words(app) or "No single column" in words(app)
    assert len(charts(app)) == 1
    app.session_state["explain tabs"] = "SHAP summary"
    app.run()
    assert not app.exception
    assert len(charts(app)) == 1
    assert HOSTILE not in words(app)


def test_the_report_offers_every_file_and_a_choice_of_sections(visit, finished):
    app = visit("report", **finished["binary"])
    labels = [button.label for button in app.get("download_button")]
    assert labels == ["Download the report", "leaderboard.csv", "folds.csv", "predictions.csv",
                      "splits.csv", "experiment.json"]  # fmt: skip
    app.session_state["report preview"] = True
    app.run()
    assert not app.exception
    assert len(app.get("iframe")) == 1


def test_a_report_without_sections_says_so(visit, finished, words):
    app = visit("report", **finished["binary"])
    for item in app.checkbox:
        item.uncheck()
    app.run()
    assert "at least one section" in words(app)


def test_experiments_of_the_same_name_are_not_taken_for_each_other(visit, data, store):
    older = Experiment(
        name="the same",
        dataset_id=data.id,
        task=Task.BINARY,
        candidates=(
            Candidate(name="one", recipe=preset_recipe("linear"), model=MODELS.choose("dummy")),
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 2})),
        metrics=default_metrics(Task.BINARY),
    )
    newer = replace(older, seed=1)
    ids = [store.save_experiment(experiment) for experiment in (older, newer)]
    start(store, ids[0])
    wait(store, ids[0])
    app = visit("leaderboard", dataset=data.id, experiment=ids[0])
    app.run()
    assert app.query_params["experiment"] in (ids[0], [ids[0]])
    picked = next(item for item in app.selectbox if item.label == "Experiment")
    assert len(set(picked.options)) == 2
    assert picked.value == ids[0]
