"""Runs: the list, what can be done to a run, and what is taken of the disk."""

from dataclasses import replace

import pytest
import streamlit as st

from lab.benchmark import cancel, pause, start, wait
from lab.experiments import Candidate, Experiment
from lab.models import MODELS
from lab.recipes import preset_recipe
from lab.store import JobState
from lab.validation import SPLITTERS, ValidationPlan

SLOW = {"n_estimators": 5000}


@pytest.fixture(autouse=True)
def _fresh():
    st.cache_resource.clear()


def make(data, name, model="dummy", **settings):
    recipe = preset_recipe("linear")
    candidate = Candidate(name=name, recipe=recipe, model=MODELS.choose(model, settings))
    return Experiment(
        name=name,
        dataset_id=data.id,
        task=data.roles.task,
        candidates=(candidate,),
        plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 2})),
        metrics=("roc_auc",),
    )


def choose(app, row):
    """Choose a row of the list of runs."""
    chosen = {"rows": [row], "columns": [], "cells": []}
    app.session_state[app.dataframe[0].key] = {"selection": chosen}
    return app.run()


def buttons(app):
    return {button.label for button in app.button}


def test_without_runs_the_page_says_so_and_shows_the_disk(visit, home, words):
    app = visit("runs")
    assert "Nothing has been run" in words(app)
    assert "Disk use" in words(app)


def test_a_line_tells_state_score_size_and_date(finished, visit):
    app = visit("runs", **finished["binary"])
    frame = app.dataframe[0].value
    assert len(frame) == 3
    assert set(frame["state"]) == {"finished"}
    assert set(frame["progress"]) == {100.0}
    assert frame["best"].str.contains("ROC AUC|log|RMSE|R²|MAE|.").all()
    assert (frame["size"] > 0.001).all()  # in MB


@pytest.fixture
def queued(store, data):
    """Start two runs, of which the second waits for the first, and return their ids."""
    slow = store.save_experiment(make(data, "slow", "random_forest", **SLOW))
    quick = store.save_experiment(make(data, "quick"))
    start(store, slow)
    start(store, quick)
    yield slow, quick
    for experiment_id in (quick, slow):
        cancel(store, experiment_id)
        wait(store, experiment_id)


def test_a_run_that_waits_tells_how_many_are_before_it(queued, store, visit, words, home):
    app = visit("runs")
    frame = app.dataframe[0].value
    states = dict(zip(frame["name"], frame["state"], strict=True))
    assert states["quick"] == "waits for 1"
    assert states["slow"] in {"starting", "running"}
    data_id = store.load_experiment(queued[1]).dataset_id
    panel = visit("benchmark", dataset=data_id, experiment=queued[1])
    assert "Waiting for its turn, 1 run before it" in words(panel)
    assert {"Pause", "Cancel"} <= buttons(panel)


def test_the_panel_pauses_and_resumes_a_run(queued, store, visit, words):
    slow, quick = queued
    data_id = store.load_experiment(slow).dataset_id
    app = visit("benchmark", dataset=data_id, experiment=slow)
    app.button(key="pause").click().run()
    assert wait(store, slow).state is JobState.PAUSED
    app.run()
    assert "Paused: what was finished is kept" in words(app)
    assert wait(store, quick).state is JobState.DONE
    app.button(key="again").click().run()
    assert not app.exception
    assert store.job(slow).state.is_active


def test_what_can_be_done_to_the_chosen_run(queued, store, visit, words):
    _, quick = queued
    app = visit("runs")
    names = list(app.dataframe[0].value["name"])
    app = choose(app, names.index("quick"))
    assert {"Open", "Pause", "Cancel", "Delete"} <= buttons(app)
    assert app.button(key="delete").disabled
    pause(store, quick)
    wait(store, quick)
    st.cache_resource.clear()
    app = choose(visit("runs"), names.index("quick"))
    assert {"Open", "Resume", "Delete"} <= buttons(app)
    assert not app.button(key="delete").disabled


def test_a_run_that_is_started_or_cancelled_in_the_list_is_shown_so_at_once(store, data, visit):
    experiment_id = store.save_experiment(make(data, "slow", "random_forest", **SLOW))
    app = choose(visit("runs"), 0)
    assert {"Open", "Start the benchmark", "Delete"} <= buttons(app)
    app.button(key="again").click().run()
    assert not app.exception
    assert app.dataframe[0].value["state"].tolist()[0] in {"starting", "running"}
    assert {"Open", "Pause", "Cancel"} <= buttons(app)
    app.button(key="cancel").click().run()
    assert not app.exception
    assert app.dataframe[0].value["state"].tolist()[0] in {"stopping", "stopped"}
    wait(store, experiment_id)


def test_cleaning_shows_first_what_would_go(store, data, visit, words):
    experiment_id = store.save_experiment(make(data, "![x](http://evil.example/x.png)"))
    start(store, experiment_id)
    wait(store, experiment_id)
    app = visit("runs")
    days = next(item for item in app.number_input if "days" in item.label)
    days.set_value(0)
    next(item for item in app.button if item.label == "Show what would go").click().run()
    assert not app.exception
    assert "1 run; 1 data set; 2 results of fits" in words(app)
    assert "![x]" not in words(app)
    assert len(store.experiments()) == 1
    app.button(key="clean").click().run()
    assert "freed" in words(app)
    assert (store.experiments(), store.datasets()) == ((), ())
    assert "Nothing has been run" in words(app)


def test_what_would_go_is_a_list_with_a_line_for_each_run(store, data, visit, words):
    for number in range(22):
        store.save_experiment(replace(make(data, f"dummy, knn, trees {number}"), seed=number))
    app = visit("runs")
    next(item for item in app.number_input if "days" in item.label).set_value(0)
    next(item for item in app.button if item.label == "Show what would go").click().run()
    told = next(item.value for item in app.caption if item.value.startswith("Runs:"))
    lines = told.splitlines()
    named = [line for line in lines if line.startswith("- dummy, knn, trees ")]
    assert len(named) == 20
    assert all(" · shoppers" in line for line in named)
    assert lines[-1] == "- and 2 more"


def test_a_store_that_fails_is_told_on_the_page_in_a_sentence(store, data, visit):
    store.database.path.write_bytes(b"no database" * 1000)
    for name in ("runs", "home", "benchmark"):
        app = visit(name, dataset=data.id)
        assert not app.exception
        assert "is damaged" in app.error[0].value
