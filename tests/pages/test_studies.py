"""Studies: the form, a run, what is read from it, and other pages with a study open."""

from dataclasses import replace

import pandas as pd
import pytest
import streamlit as st

from lab.benchmark import wait, worker_count
from lab.experiments import (
    CellRecord,
    CellState,
    FoldResult,
    StudyKind,
    make_cells,
    validation_curve,
)
from lab.models import MODELS
from lab.store import open_store
from lab.validation import fold_keys
from pages._ui import cached
from pages._ui.cached import Results
from pages._ui.study_form import cost_of
from pages._ui.study_view import missing_points

HOSTILE = "![x](http://evil.example/x.png)"
OTHERS = ("home", "data", "profile", "recipe", "benchmark", "leaderboard", "curves", "explain",
          "report")  # fmt: skip


def begin(app):
    """Press Start, wait for the run, and return the study."""
    app.button(key="study").click().run()
    assert not app.exception
    assert not app.error
    study_id = app.query_params["experiment"]
    wait(open_store(), study_id)
    app.run()
    assert not app.exception
    return open_store().load_experiment(study_id)


@pytest.fixture(scope="module")
def learning_once(visit, studied, finished_ids):
    return studied(
        lambda: begin(visit("studies", **finished_ids["binary"], candidate="Decision tree"))
    )


@pytest.fixture
def learning(learning_once, taken_over):
    """Return the ids of a finished learning curve of the tree."""
    return taken_over(learning_once)


def test_a_learning_curve_is_started_awaited_and_read(visit, finished, words):
    app = visit("studies", **finished["binary"], candidate="Decision tree")
    assert "18 fits, 3 of them finished already" in words(app) or "all finished" in words(app)
    study = begin(app)
    assert study.study.kind is StudyKind.LEARNING
    assert study.study.of == finished["binary"]["experiment"]
    assert len(app.get("plotly_chart")) == 1
    verdict = next(item.value for item in app.markdown if item.value.startswith("#####"))
    assert "ore data would" in verdict
    assert "Back to the experiment" in [link.proto.label for link in app.get("page_link")]


def test_a_validation_curve_of_a_chosen_setting(visit, finished):
    app = visit("studies", **finished["binary"], candidate="Logistic regression")
    app.radio(key="study kind").set_value(1).run()
    app.selectbox(key="study setting logistic_regression").select("penalty").run()
    study = begin(app)
    assert study.study.points == ("l2", "l1")
    verdict = next(item.value for item in app.markdown if item.value.startswith("#####"))
    assert "present" in verdict


def test_the_estimate_heeds_the_setting_that_is_varied(finished):
    st.cache_resource.clear()
    found = cached.results(finished["binary"]["experiment"])
    done = FoldResult(state=CellState.DONE, fit_seconds=1.0)
    model = MODELS.choose("lightgbm")
    candidate = replace(found.experiment.candidates[0], model=model)
    experiment = replace(found.experiment, candidates=(candidate,))
    records = tuple(
        CellRecord(cell=cell, state=CellState.DONE, result=done)
        for cell in make_cells(experiment, fold_keys(experiment.plan))
    )
    found = Results(token="one", experiment=experiment, records=records)
    own = model.settings["n_estimators"]
    more, less = (
        cost_of(validation_curve(experiment, 0, "n_estimators", values=[trees]), found, 0).seconds
        for trees in (10 * own, own // 10)
    )
    workers = worker_count(experiment.limits.workers)
    assert more - less == pytest.approx(len(records) * (10 - 0.1) / workers)


def test_points_that_were_cancelled_are_told_in_one_line():
    reasons = ["Cancelled", "", "Cancelled (in 4 of 5 folds)", "too slow", "too slow"]
    curve = pd.DataFrame({"label": ["10", "22", "46", "100", "215"], "reason": reasons})
    assert missing_points(curve, "Trees") == [
        "Cancelled before all folds were fitted: Trees 10, 46",
        "Trees 100, 215: too slow",
    ]


def test_an_empty_range_is_told(visit, finished):
    app = visit("studies", **finished["binary"], candidate="Logistic regression")
    app.radio(key="study kind").set_value(1).run()
    next(item for item in app.number_input if item.label == "From").set_value(1000.0).run()
    assert not app.exception
    assert "range of the setting is empty" in app.error[0].value


def test_repeated_seeds_of_a_regression(visit, finished):
    app = visit("studies", **finished["regression"], candidate="Decision tree")
    app.radio(key="study kind").set_value(2).run()
    app.number_input(key="study seeds").set_value(3).run()
    study = begin(app)
    assert len(study.candidates) == 3
    verdict = next(item.value for item in app.markdown if item.value.startswith("#####"))
    assert "seeds" in verdict


def test_another_study_starts_from_the_same_experiment(visit, learning, finished):
    app = visit("studies", **learning, candidate="Baseline")
    study = begin(app)
    assert study.study.of == finished["binary"]["experiment"]
    assert study.study.candidate == "Baseline"
    labels = [link.proto.label for link in app.get("page_link")]
    assert any("Learning curve of Decision tree" in label for label in labels)


def test_too_few_shares_are_told(visit, finished):
    app = visit("studies", **finished["binary"])
    app.multiselect(key="study shares").set_value([]).run()
    assert not app.exception
    assert "a single point makes no curve" in app.error[0].value.lower()


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_page_shows_a_study_as_any_experiment(visit, learning, name, words):
    app = visit(name, **learning)
    assert not app.exception
    assert not app.error
    assert HOSTILE not in words(app)


def test_taking_over_a_study_drafts_its_candidate_once(visit, learning):
    app = visit("benchmark", **learning)
    app.button(key="take over").click().run()
    assert not app.exception
    chosen = [item.label for item in app.checkbox if item.value and "Decision tree" in item.label]
    assert len(chosen) == 1


def test_the_list_of_experiments_leaves_studies_to_their_page(visit, learning, finished):
    app = visit("leaderboard", **finished["binary"])
    assert "Experiment" not in [item.label for item in app.selectbox]
    app = visit("leaderboard", **learning)
    chosen = next(item for item in app.selectbox if item.label == "Experiment")
    assert len(chosen.options) == 2
