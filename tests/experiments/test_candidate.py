from dataclasses import replace

from lab.experiments import Candidate
from lab.models import MODELS
from lab.recipes import preset_recipe

TREE = Candidate(name="Tree", recipe=preset_recipe("trees"), model=MODELS.choose("decision_tree"))


def test_a_name_is_for_people_and_changes_no_id():
    assert replace(TREE, name="Another").id == TREE.id
    assert replace(TREE, recipe=replace(TREE.recipe, title="Another")).id == TREE.id


def test_another_setting_or_recipe_is_another_candidate():
    setting = MODELS.choose("decision_tree", {"max_depth": 3})
    others = [
        replace(TREE, model=setting),
        replace(TREE, model=MODELS.choose("dummy")),
        replace(TREE, recipe=preset_recipe("linear")),
    ]
    assert len({TREE.id, *(other.id for other in others)}) == 4
