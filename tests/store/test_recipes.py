"""One's own recipes outlive sessions and cleaning, until they are deleted."""

from dataclasses import replace

from lab.recipes import preset_recipe
from lab.store import open_store


def test_they_come_back_in_the_order_of_their_titles(store):
    first = store.add_recipe(replace(preset_recipe("linear"), title="zebra"))
    second = store.add_recipe(replace(preset_recipe("trees"), title="Ant"))
    again = open_store(store.workspace).recipes()
    assert [kept.key for kept in again] == [second, first]
    assert again[0].recipe == replace(preset_recipe("trees"), title="Ant")


def test_a_changed_one_keeps_its_key(store):
    key = store.add_recipe(preset_recipe("linear"))
    store.save_recipe(key, preset_recipe("minimal"))
    assert store.load_recipe(key) == preset_recipe("minimal")
    assert len(store.recipes()) == 1


def test_equal_recipes_have_keys_of_their_own(store):
    keys = {store.add_recipe(preset_recipe("linear")) for _ in range(2)}
    assert len(keys) == len(store.recipes()) == 2


def test_a_deleted_one_is_gone_with_its_file(store):
    key = store.add_recipe(preset_recipe("linear"))
    path = store.workspace.path("artifacts", "recipe", key)
    assert path.is_file()
    store.delete_recipe(key)
    store.delete_recipe(key)
    assert store.recipes() == ()
    assert store.load_recipe(key) is None
    assert not path.exists()


def test_cleaning_leaves_them_whatever_their_age(store):
    key = store.add_recipe(preset_recipe("linear"))
    store.save_artifact("explanation", "0" * 32, b"nobody's")
    assert store.clean(0).n_explanations == 1
    assert store.load_recipe(key) == preset_recipe("linear")


def test_one_that_was_damaged_is_listed_with_the_reason(store):
    key = store.add_recipe(preset_recipe("linear"))
    store.workspace.path("artifacts", "recipe", key).write_text("{}")
    (kept,) = store.recipes()
    assert kept.recipe is None
    assert "changed or lost" in kept.problem
