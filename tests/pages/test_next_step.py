"""The next step: on the card and at the end of the page, and what a changed draft does to it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from lab.base import to_json
from lab.benchmark import start, wait
from lab.experiments import Candidate, Experiment
from lab.models import MODELS
from lab.recipes import preset_recipe
from lab.store import JobState, Store, open_store
from lab.validation import SPLITTERS, ValidationPlan
from pages._ui.draft import ARTIFACT, make_experiment, summary
from pages._ui.own_recipes import own_recipe, own_recipes
from pages._ui.taking_over import draft_of, with_own_recipe

ROOT = Path(__file__).parents[2]
PAGES = sorted(p.stem for p in (ROOT / "pages").glob("*.py") if p.stem not in {"__init__", "home"})


def on_card(app):
    return [b.label for b in app.sidebar.button if str(b.key).startswith("next step")]


def at_end(app):
    links = app.main.get("page_link")
    return str(links[-1].proto.label) if links else ""


@pytest.mark.parametrize(
    ("page", "label"),
    [
        ("recipe", "See the leaderboard"),
        ("leaderboard", "See the curves"),
        ("explain", "Make the report"),
    ],
)
def test_the_next_step_stands_on_the_card_and_at_the_end_of_the_page(visit, finished, page, label):
    app = visit(page, **finished["binary"])
    assert on_card(app) == [label]
    assert at_end(app) == label


def test_without_a_run_it_is_to_compare_models(visit, data):
    app = visit("recipe", dataset=data.id)
    assert on_card(app) == [at_end(app)] == ["Compare models"]


@pytest.mark.parametrize("page", PAGES)
def test_while_it_runs_the_step_is_to_watch_it(visit, finished, page, monkeypatch):
    looked_up = Store.job

    def running(store, job_id):
        job = looked_up(store, job_id)
        return job and replace(job, state=JobState.RUNNING, pid=os.getpid())

    monkeypatch.setattr(Store, "job", running)
    app = visit(page, **finished["binary"])
    assert not app.exception
    watched_here = page in {"benchmark", "studies"}
    assert on_card(app) == ([] if watched_here else ["Watch the run"])


def test_a_changed_recipe_is_compared_first(visit, finished):
    app = visit("recipe", **finished["binary"])
    assert app.radio[0].value == "linear"
    app = app.radio[0].set_value("trees").run()
    assert on_card(app) == [at_end(app)] == ["Compare with the changed recipe"]
    app = app.radio[0].set_value("linear").run()
    assert on_card(app) == [at_end(app)] == ["See the leaderboard"]


def test_the_step_that_a_page_has_changed_can_be_taken(visit, finished):
    app = visit("recipe", **finished["binary"])
    app = app.radio[0].set_value("trees").run()
    app.button(key="next step Compare with the changed recipe").click().run()
    assert not app.exception
    assert app.title[0].value == "Benchmark"
    assert on_card(app) == []


def test_other_changes_of_the_draft_are_compared_again(visit, finished):
    app = visit("benchmark", **finished["binary"])
    next(item for item in app.number_input if item.label == "Folds").set_value(4).run()
    assert on_card(app) == []
    app = app.switch_page("pages/recipe.py").run()
    assert on_card(app) == ["Compare again"]


def test_other_metrics_are_compared_again_and_another_finished_run_is_not(visit, finished):
    ids, store = finished["binary"], open_store()
    shown = store.load_experiment(ids["experiment"])
    app = visit("recipe", **ids)
    keep = replace(draft_of(shown, store.load_dataset(ids["dataset"])), metrics=("accuracy",))
    store.save_artifact(ARTIFACT, ids["dataset"], to_json(keep).encode())
    assert on_card(visit("recipe", **ids)) == ["Compare again"]
    other = replace(shown, seed=1, plan=replace(shown.plan, seed=1), metrics=("roc_auc",))
    start(store, store.save_experiment(other))
    wait(store, other.id)
    keep = draft_of(other, store.load_dataset(ids["dataset"]))
    store.save_artifact(ARTIFACT, ids["dataset"], to_json(keep).encode())
    app = visit("recipe", **ids)
    assert not app.exception
    assert on_card(app) == ["See the leaderboard"]


def test_a_recipe_that_a_command_brought_is_the_drafts_and_can_be_changed(data):
    recipe = replace(preset_recipe("linear"), steps=preset_recipe("linear").steps[:-1])
    made = make(data, "dummy", "decision_tree")
    brought = replace(
        made, candidates=tuple(replace(item, recipe=recipe) for item in made.candidates)
    )
    looked_at = draft_of(brought, data)
    assert own_recipes() == {}  # to look at an experiment keeps nothing
    draft = with_own_recipe(looked_at)
    assert with_own_recipe(draft) == draft
    assert draft_of(brought, data).recipe == draft.recipe
    assert own_recipe(draft.recipe).id == recipe.id
    assert make_experiment(draft, data).id == brought.id
    changed = make_experiment(replace(draft, recipe="trees"), data)
    assert {item.recipe.title for item in changed.candidates} == {preset_recipe("trees").title}


def test_a_mix_of_recipes_stays_with_its_models(data):
    experiment = make(data, "dummy", "decision_tree")
    first, second = experiment.candidates
    mixed = replace(
        experiment, candidates=(first, replace(second, recipe=preset_recipe("minimal")))
    )
    draft = draft_of(mixed, data)
    assert draft.recipe == "auto"
    assert make_experiment(draft, data).id == mixed.id
    assert summary(draft)[0] == "Several recipes"
    assert "several recipes" in make_experiment(draft, data).name.lower()


def make(data, *models):
    return Experiment(
        name="a first look",
        dataset_id=data.id,
        task=data.roles.task,
        candidates=tuple(
            Candidate(name=key, recipe=preset_recipe("linear"), model=MODELS.choose(key))
            for key in models
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 3})),
        metrics=("roc_auc",),
    )
