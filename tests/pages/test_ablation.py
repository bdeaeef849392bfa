"""Ablation: the form, a run, what is read from it, and what leaking would have shown."""

import pytest

from lab.benchmark import wait
from lab.experiments import StudyKind
from lab.leaking import leak_id
from lab.store import open_store

HOSTILE = "![x](http://evil.example/x.png)"
OTHERS = ("home", "data", "profile", "recipe", "benchmark", "runs", "leaderboard", "curves",
          "explain", "studies", "report")  # fmt: skip


def begin(app):
    """Press Compare, wait for the run, and return the ablation."""
    app.button(key="ablate").click().run()
    assert not app.exception
    assert not app.error
    study_id = app.query_params["experiment"]
    wait(open_store(), study_id)
    app.run()
    assert not app.exception
    assert not app.error
    return open_store().load_experiment(study_id)


def field(app, label):
    return next(item for item in app.multiselect if item.label == label)


def headline(app):
    return next(item.value for item in app.markdown if item.value.startswith("#####"))


@pytest.fixture(scope="module")
def ablated_once(visit, studied, finished_ids):
    return studied(lambda: begin(visit("ablation", **finished_ids["binary"])))


@pytest.fixture
def ablated(ablated_once, taken_over):
    """Return the ids of a finished ablation of two models."""
    return taken_over(ablated_once)


def test_each_step_that_can_be_left_out_is_offered_and_compared(visit, finished, words):
    app = visit("ablation", **finished["binary"])
    assert "Standardise" in field(app, "Leave out").value
    assert "One-hot" not in field(app, "Leave out").options
    assert "Ordinal codes instead of One-hot" in field(app, "Put another in its place").options
    assert "finished already" in words(app)
    study = begin(app)
    assert study.study.kind is StudyKind.ABLATION
    assert study.study.of == finished["binary"]["experiment"]
    assert "Standardise" in headline(app)
    assert len(app.get("plotly_chart")) == 1
    assert "over 2 models" in words(app)
    assert "Back to the experiment" in [link.proto.label for link in app.get("page_link")]


def test_added_replaced_and_set_otherwise(visit, finished):
    app = visit("ablation", **finished["binary"])
    field(app, "Models").set_value(["Logistic regression"]).run()
    field(app, "Leave out").set_value([]).run()
    field(app, "Add").set_value(["SMOTE"]).run()
    field(app, "Put another in its place").set_value(["Target mean instead of One-hot"]).run()
    app.selectbox(key="ablation setting").select(
        "One-hot: smallest number of rows for a column of its own"
    ).run()
    field(app, "Instead of 2").set_value(["no grouping"]).run()
    study = begin(app)
    assert study.study.notes == ()
    assert {contrast.choice for contrast in study.study.contrasts} == {
        "SMOTE",
        "Target mean instead of One-hot",
        "One-hot: smallest number of rows for a column of its own = no grouping",
    }


def test_a_ready_recipe_for_all_models(visit, finished):
    app = visit("ablation", **finished["regression"])
    app.selectbox(key="ablation recipe").select("minimal").run()
    assert "SMOTE" not in field(app, "Add").options
    field(app, "Add").set_value(["Standardise"]).run()
    study = begin(app)
    places = [place for place, point in enumerate(study.study.points) if not point]
    assert {study.candidates[place].recipe.title for place in places} == {"Minimal"}
    added = {one.lacking for one in study.study.contrasts if one.choice == "Standardise"}
    assert added == set(places)


def test_with_nothing_chosen_the_form_says_so(visit, finished):
    app = visit("ablation", **finished["binary"])
    field(app, "Leave out").set_value([]).run()
    assert not app.exception
    assert "o choice to compare" in app.error[0].value
    field(app, "Models").set_value([]).run()
    assert not app.exception
    assert "o model was chosen" in app.error[0].value


def test_what_matters_can_be_named(visit, ablated):
    app = visit("ablation", **ablated)
    app.number_input(key="worth roc_auc").set_value(0.9).run()
    assert not app.exception
    assert "oo small to matter" in headline(app) or "akes no difference" in headline(app)


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_page_shows_an_ablation_as_any_experiment(visit, ablated, name, words):
    app = visit(name, **ablated)
    assert not app.exception
    assert not app.error
    assert HOSTILE not in words(app)


def test_lists_of_experiments_and_studies_leave_ablations_to_their_page(visit, ablated, finished):
    app = visit("leaderboard", **finished["binary"])
    assert "Experiment" not in [item.label for item in app.selectbox]
    app = visit("studies", **finished["binary"])
    assert not any("Ablation for" in link.proto.label for link in app.get("page_link"))
    app = visit("ablation", **finished["binary"])
    assert any("Ablation for" in link.proto.label for link in app.get("page_link"))


def test_what_leaking_would_have_shown_stands_beside_the_honest_score(visit, finished, words):
    ids = finished["binary"]
    store = open_store()
    boards, runs = store.mean_scores(), store.experiments()
    app = visit("ablation", **ids, candidate="Decision tree")
    app.toggle(key="leaking").set_value(True).run()
    app.button(key="leak").click().run()
    assert not app.exception
    experiment = store.load_experiment(ids["experiment"])
    place = [item.name for item in experiment.candidates].index("Decision tree")
    wait(store, leak_id(experiment, place))
    app.run()
    assert not app.exception
    assert not app.error
    labels = [item.label for item in app.metric]
    assert labels[:2] == ["ROC AUC, inside each fold", "ROC AUC, before the split (wrong)"]
    assert "prepared before the split it would have shown" in words(app)
    assert "no leaderboard" in words(app)
    steps = next(item.value for item in app.dataframe if "Looks better by" in item.value.columns)
    told = steps.set_index("Done before the split")["Takes from test rows"]
    assert told.index[0] == "All steps together"
    assert told["Standardise"] == "their values"
    assert steps["Looks better by"].str.contains(r"^[+-]0\.\d+ \[|^nothing$").all()
    assert store.mean_scores() == boards
    assert store.experiments() == runs


def test_the_recipe_page_and_the_leaderboard_lead_here(visit, finished):
    for name in ("recipe", "leaderboard"):
        labels = [link.proto.label for link in visit(name, **finished["binary"]).get("page_link")]
        assert any("step buy" in label for label in labels)


def test_a_recipe_of_ones_own_can_be_where_to_start(visit, finished):
    ids = finished["multiclass"]
    app = visit("recipe", **ids)
    next(one for one in app.button if str(one.key).endswith("make own")).click().run()
    app.switch_page("pages/ablation.py").run()
    options = app.selectbox(key="ablation recipe").options
    assert len(options) == 5
    assert not app.exception
