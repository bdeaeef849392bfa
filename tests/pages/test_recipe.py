"""Recipe: ready ones, and one's own to edit."""

import pytest

from lab.recipes import preset_recipe
from pages._ui.recipe_steps import step_keys


def draft_of(store, data):
    from lab.base import from_json
    from pages._ui.draft import ARTIFACT, Draft

    return from_json(Draft, store.load_artifact(ARTIFACT, data.id))


def choose(app, key):
    return app.radio[0].set_value(key).run()


@pytest.mark.parametrize("key", ["linear", "trees", "minimal"])
def test_a_ready_recipe_is_kept_in_the_draft_and_previewed(visit, data, store, key):
    app = choose(visit("recipe", dataset=data.id), key)
    assert not app.exception
    assert draft_of(store, data).recipe == key
    assert {metric.label for metric in app.metric} >= {"Columns in", "Columns out"}
    assert len(app.dataframe) == 2


def test_a_draft_outlives_the_session(visit, data):
    choose(visit("recipe", dataset=data.id), "minimal")
    again = visit("recipe", dataset=data.id)
    assert again.radio[0].value == "minimal"


def test_ones_own_recipe_begins_with_the_one_before(visit, data, store):
    app = choose(choose(visit("recipe", dataset=data.id), "trees"), "own")
    assert not app.exception
    assert step_keys(draft_of(store, data).own) == step_keys(preset_recipe("trees"))


def test_a_step_can_be_removed_and_the_gap_is_told(visit, data, store):
    app = choose(visit("recipe", dataset=data.id), "own")
    remove = next(b for b in app.button if b.key.endswith("one_hot remove"))
    remove.click().run()
    assert not app.exception
    assert "one_hot" not in step_keys(draft_of(store, data).own)
    assert "cannot be used as it stands" in app.warning[0].value


def test_a_step_takes_the_place_of_another_of_its_family(visit, data, store):
    app = choose(visit("recipe", dataset=data.id), "own")
    box = next(b for b in app.selectbox if b.key.startswith("add ") and b.key.endswith("encoding"))
    box.set_value("ordinal").run()
    add = next(
        b for b in app.button if b.key.startswith("add button") and b.key.endswith("encoding")
    )
    add.click().run()
    assert not app.exception
    keys = step_keys(draft_of(store, data).own)
    assert "ordinal" in keys
    assert "one_hot" not in keys


def test_shapes_of_numbers_stand_one_after_the_other(visit, data, store):
    app = choose(visit("recipe", dataset=data.id), "own")
    for key in ("clip_outliers", "log1p"):
        box = next(b for b in app.selectbox if b.key.startswith("add ") and b.key.endswith("shape"))
        box.set_value(key).run()
        add = next(
            b for b in app.button if b.key.startswith("add button") and b.key.endswith("shape")
        )
        add.click().run()
        assert not app.exception
    keys = step_keys(draft_of(store, data).own)
    assert keys.index("clip_outliers") + 1 == keys.index("log1p") < keys.index("standard_scaler")


def test_a_setting_of_a_step_is_kept(visit, data, store):
    app = choose(visit("recipe", dataset=data.id), "own")
    toggle = next(t for t in app.toggle if "median_imputer add_indicator" in t.key)
    toggle.set_value(False).run()
    own = draft_of(store, data).own
    step = next(step for step in own.steps if step.choice.key == "median_imputer")
    assert step.choice.settings["add_indicator"] is False
    assert not app.warning
