import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.base import ColumnKind, LabError, Selection
from lab.recipes import STEPS, Recipe, Step, preset_recipe, recipe_from_json, recipe_to_json

selections = st.builds(
    Selection,
    kinds=st.lists(st.sampled_from(ColumnKind), max_size=3).map(tuple),
    names=st.lists(st.text(min_size=1, max_size=8), max_size=3).map(tuple),
)
steps = st.builds(Step, choice=st.sampled_from(STEPS.keys).map(STEPS.choose), selection=selections)
recipes = st.builds(Recipe, title=st.text(max_size=20), steps=st.lists(steps).map(tuple))


@given(recipe=recipes)
def test_every_recipe_comes_back_as_it_was(recipe):
    copy = recipe_from_json(recipe_to_json(recipe))
    assert copy == recipe
    assert copy.id == recipe.id


def test_settings_left_out_take_their_defaults():
    text = json.dumps({"title": "", "steps": [{"choice": {"key": "one_hot"}}]})
    assert recipe_from_json(text).steps[0].choice == STEPS.choose("one_hot")


def test_every_wrong_step_is_told_by_its_place():
    text = json.dumps(
        {
            "title": "",
            "steps": [
                {"choice": {"key": "one_hots"}},
                {"choice": {"key": "one_hot", "settings": {"min_frequency": -1, "speed": 3}}},
            ],
        }
    )
    with pytest.raises(LabError) as caught:
        recipe_from_json(text)
    first, second = caught.value.problems
    assert first.field == "steps.0"
    assert first.message == "there is no step 'one_hots'"
    assert second.field == "steps.1"
    assert "min_frequency is -1" in second.message
    assert "no setting 'speed'" in second.message


@pytest.mark.parametrize("text", ["", "[]", "{", '{"title": "x"}', '{"title": 1, "steps": []}'])
def test_text_that_is_no_recipe_is_refused(text):
    with pytest.raises(LabError, match="not a valid Recipe"):
        recipe_from_json(text)


def test_the_title_is_no_part_of_the_id():
    recipe = preset_recipe("trees")
    assert Recipe(title="other", steps=recipe.steps).id == recipe.id
