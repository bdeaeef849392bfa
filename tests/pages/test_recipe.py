"""Recipe: ready ones, one's own to edit, what each step does, and the fold ledger."""

import json
from dataclasses import replace

import pytest

from lab.base import Selection, Task, from_json
from lab.models import MODELS
from lab.recipes import (
    STEPS,
    Recipe,
    Step,
    preset_recipe,
    recipe_from_json,
    recipe_to_json,
    replace_step,
)
from lab.store import open_store
from pages._ui.draft import ARTIFACT, Draft, change_contender, make_experiment


def draft_of(store, data):
    return from_json(Draft, store.load_artifact(ARTIFACT, data.id))


def own_of(store):
    """Return the one recipe of the workspace."""
    (kept,) = store.recipes()
    return kept.recipe


def keys(recipe):
    return [step.choice.key for step in recipe.steps]


def choose(app, key):
    return app.radio[0].set_value(key).run()


def press(app, ending):
    """Press the button whose key ends so."""
    return next(b for b in app.button if str(b.key).endswith(ending)).click().run()


def pick_in_menu(app, ending, option):
    menu = next(m for m in app.menu_button if str(m.key).endswith(ending))
    return menu.set_value(option).run()


@pytest.mark.parametrize("key", ["linear", "trees", "minimal"])
def test_a_ready_recipe_is_kept_in_the_draft_and_previewed(visit, data, store, key):
    app = choose(visit("recipe", dataset=data.id), key)
    assert not app.exception
    assert draft_of(store, data).recipe == key
    assert {metric.label for metric in app.metric} >= {"Columns in", "Columns out"}
    assert len(app.dataframe) == 2


def test_the_card_shows_a_recipe_in_the_run_that_chooses_it(visit, data):
    app = visit("recipe", dataset=data.id)
    for key in ("trees", "minimal"):
        choose(app, key)
        [lines] = [item.value for item in app.sidebar.caption if "Recipe: " in item.value]
        assert lines.startswith(f"Recipe: {preset_recipe(key).title}")


def test_a_draft_outlives_the_session(visit, data):
    choose(visit("recipe", dataset=data.id), "minimal")
    again = visit("recipe", dataset=data.id)
    assert again.radio[0].value == "minimal"


def test_ones_own_recipe_begins_with_the_one_before(own, data, store):
    assert keys(own_of(store)) == keys(preset_recipe("linear"))
    assert own_of(store).title == "Own recipe"
    (kept,) = store.recipes()
    assert draft_of(store, data).recipe == f"own:{kept.key}"


def test_it_outlives_the_session_and_serves_every_data_set(own, visit, data, store):
    again = visit("recipe", dataset=data.id)
    assert again.radio[0].value == draft_of(store, data).recipe
    assert "Own recipe" in again.radio[0].options


def test_a_step_can_be_removed_and_the_gap_is_told(own, store):
    app = pick_in_menu(own, "one_hot more", "Remove")
    assert not app.exception
    assert "one_hot" not in keys(own_of(store))
    assert "cannot be used as it stands" in app.warning[0].value


def test_a_removed_step_can_be_had_back_and_removed_again(own, store):
    app = pick_in_menu(own, "one_hot more", "Remove")
    app = press(app, "undo")
    assert keys(own_of(store)) == keys(preset_recipe("linear"))
    app = press(app, "redo")
    assert "one_hot" not in keys(own_of(store))
    assert next(b for b in app.button if b.key == "redo").disabled


def test_a_step_moves_up_and_what_is_wrong_then_is_told_at_its_card(own, store, words):
    steps = keys(own_of(store))
    place = steps.index("one_hot")
    app = own
    for at in range(place, 0, -1):
        app = press(app, f"{at} one_hot up")
    assert not app.exception
    assert keys(own_of(store))[0] == "one_hot"
    assert "already turned into many columns when it reaches “Fill with a constant”" in words(app)
    assert "told at the cards" in words(app)


def test_a_step_takes_a_numbered_place(own, store):
    app = press(own, "0 median_imputer edit")
    box = next(b for b in app.number_input if b.key.endswith("place"))
    app = box.set_value(3).run()
    assert not app.exception
    assert keys(own_of(store))[2] == "median_imputer"


def test_a_step_can_be_doubled(own, store):
    pick_in_menu(own, "median_imputer more", "Duplicate")
    assert keys(own_of(store))[:2] == ["median_imputer", "median_imputer"]


def test_a_setting_of_a_step_is_kept(own, store):
    app = press(own, "0 median_imputer edit")
    toggle = next(t for t in app.toggle if "median_imputer add_indicator" in t.key)
    app = toggle.set_value(False).run()
    assert own_of(store).steps[0].choice.settings["add_indicator"] is False
    assert not app.warning


def test_a_step_is_found_by_words_and_added_where_its_family_allows(own, store):
    app = press(own, "add step")
    app = next(t for t in app.text_input if t.key == "find step").set_value("codes order").run()
    offered = [str(b.key) for b in app.button if str(b.key).startswith("add ")]
    assert "add ordinal" in offered
    assert "add standard_scaler" not in offered
    app = press(app, "add ordinal")
    assert not app.exception
    steps = keys(own_of(store))
    assert steps.index("ordinal") == steps.index("one_hot") + 1
    assert "already turned into many columns" in "".join(item.value for item in app.markdown)


def test_a_slow_step_is_looked_at_when_that_is_asked_for(own, store, words):
    app = press(press(own, "add step"), "add shadow_selection")
    rounds = next(b for b in app.number_input if "shadow_selection rounds" in str(b.key))
    app = rounds.set_value(200).run()
    assert "Columns out" not in {metric.label for metric in app.metric}
    assert "so it is not shown at every change" in words(app)
    assert "roughly " in words(app)
    app = press(app, "look slowly")
    assert not app.exception
    assert "Columns out" in {metric.label for metric in app.metric}
    app = next(t for t in app.toggle if t.key == "each step").set_value(True).run()
    assert any(b.key == "lines slowly" for b in app.button)
    assert not any("Takes away" in item.value for item in app.dataframe)
    app = press(app, "lines slowly")
    assert any("Takes away" in item.value for item in app.dataframe)


def test_what_takes_far_too_long_for_a_page_is_left_to_a_benchmark(own, words, monkeypatch):
    monkeypatch.setattr("pages._ui.step_preview.MOST_SECONDS", 1.0)
    app = press(press(own, "add step"), "add shadow_selection")
    rounds = next(b for b in app.number_input if "shadow_selection rounds" in str(b.key))
    app = rounds.set_value(200).run()
    assert "too long for a page" in words(app)
    assert not any(str(b.key).endswith(" slowly") for b in app.button)


def test_every_step_of_the_task_is_offered(own):
    app = press(own, "add step")
    offered = {str(b.key)[4:] for b in app.button if str(b.key).startswith("add ")} - {"step"}
    assert offered == {entry.key for entry in STEPS if Task.BINARY in entry.tasks}


def test_some_columns_are_treated_in_another_way(own, store):
    place = keys(own_of(store)).index("standard_scaler")
    app = press(own, f"{place} standard_scaler edit")
    box = next(b for b in app.multiselect if b.key.endswith("except"))
    app = box.set_value(["age"]).run()
    instead = next(b for b in app.selectbox if b.key.endswith("instead"))
    app = instead.set_value("min_max_scaler").run()
    app = press(app, "divide")
    assert not app.exception
    first, second = own_of(store).steps[place : place + 2]
    assert "age" not in first.selection.names
    assert (second.choice.key, second.selection.names) == ("min_max_scaler", ("age",))


def test_a_shared_recipe_is_brought_in_with_its_steps(visit, data, store):
    app = press(visit("recipe", dataset=data.id), "take in recipe")
    text = recipe_to_json(preset_recipe("trees"))
    next(t for t in app.text_area if t.key == "shared text").set_value(text).run()
    app = press(app, "take in")
    assert not app.exception
    assert own_of(store) == preset_recipe("trees")
    assert draft_of(store, data).recipe.startswith("own:")


def test_all_that_is_wrong_with_a_shared_recipe_is_told(visit, data, store):
    app = press(visit("recipe", dataset=data.id), "take in recipe")
    steps = [{"choice": {"key": "magic"}}, {"choice": {"key": "one_hot", "settings": {"max": 3}}}]
    text = json.dumps({"title": "x", "steps": steps})
    next(t for t in app.text_area if t.key == "shared text").set_value(text).run()
    app = press(app, "take in")
    assert "magic" in app.error[0].value
    assert "max" in app.error[0].value
    assert store.recipes() == ()


def test_what_is_shared_is_what_the_command_line_reads(own, store):
    app = press(own, "share recipe")
    assert recipe_from_json(app.code[0].value) == own_of(store)


def test_recipes_are_made_renamed_doubled_and_deleted(visit, data, store):
    app = press(visit("recipe", dataset=data.id), "new recipe")
    next(s for s in app.selectbox if s.key == "new start").set_value("blank").run()
    next(t for t in app.text_input if t.key == "new title").set_value("First").run()
    app = press(app, "make recipe")
    assert (own_of(store).title, own_of(store).steps) == ("First", ())
    app = press(app, "rename recipe")
    next(t for t in app.text_input if t.key == "other title").set_value("![x](y)").run()
    app = press(app, "rename it")
    assert own_of(store).title == "![x](y)"
    app = press(app, "duplicate")
    assert {kept.recipe.title for kept in store.recipes()} == {"![x](y)", "![x](y) 2"}
    app = press(press(app, "delete recipe"), "delete it")
    assert not app.exception
    assert own_of(store).title == "![x](y)"
    assert draft_of(store, data).recipe == "auto"


def test_a_model_takes_a_saved_recipe_of_its_own(own, data, store):
    (kept,) = store.recipes()
    choose(own, "minimal")
    draft = change_contender(draft_of(store, data), "dummy", recipe=f"own:{kept.key}")
    recipes = {one.name: one.recipe for one in make_experiment(draft, data).candidates}
    assert recipes.pop(MODELS["dummy"].title) == kept.recipe
    assert {recipe.id for recipe in recipes.values()} == {preset_recipe("minimal").id}


def test_a_recipe_that_was_deleted_elsewhere_gives_way_to_auto_and_that_is_told(
    own, visit, data, store
):
    (kept,) = store.recipes()
    open_store(store.workspace).delete_recipe(kept.key)
    app = visit("recipe", dataset=data.id)
    assert app.radio[0].value == "auto"
    assert any("not there any more" in error.value for error in app.error)


def test_an_open_form_brings_nothing_into_another_recipe(own, store):
    (first,) = store.recipes()
    other = replace_step(
        first.recipe, 0, Step(choice=STEPS.choose("median_imputer"), selection=Selection())
    )
    word = f"own:{store.add_recipe(replace(other, title='Other'))}"
    app = press(own.run(), "0 median_imputer edit")
    app = choose(app, word)
    app = press(app, "0 median_imputer edit")
    assert not app.exception
    assert store.load_recipe(word[4:]).steps[0].choice == other.steps[0].choice
    assert store.load_recipe(first.key) == first.recipe


@pytest.mark.parametrize(
    "selection", [Selection(), Selection(names=("gone", "age")), Selection(names=("town",))]
)
def test_to_open_a_form_changes_nothing(visit, data, store, selection):
    step = Step(choice=STEPS.choose("standard_scaler"), selection=selection)
    recipe = Recipe(title="Mine", steps=(step,))
    word = f"own:{store.add_recipe(recipe)}"
    app = press(choose(visit("recipe", dataset=data.id), word), "0 standard_scaler edit")
    assert not app.exception
    assert own_of(store) == recipe


def test_a_draft_of_an_older_version_keeps_its_own_recipe(visit, data, store):
    app = choose(visit("recipe", dataset=data.id), "linear")
    assert not app.exception
    older = json.loads(store.load_artifact(ARTIFACT, data.id))
    older["recipe"] = "own"
    older["own"] = json.loads(recipe_to_json(preset_recipe("trees")))
    store.save_artifact(ARTIFACT, data.id, json.dumps(older).encode())
    app = visit("recipe", dataset=data.id)
    assert not app.exception
    assert keys(own_of(store)) == keys(preset_recipe("trees"))
    assert app.radio[0].value.startswith("own:")
