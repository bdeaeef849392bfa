from dataclasses import replace

import pytest

from lab.base import LabError
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


def test_share_and_seed_are_no_part_of_the_id_unless_they_are_unusual():
    assert replace(TREE, train_share=1.0, seed=0).id == TREE.id
    others = [replace(TREE, train_share=0.5), replace(TREE, seed=1),
              replace(TREE, train_share=0.5, seed=1)]  # fmt: skip
    assert len({TREE.id, *(other.id for other in others)}) == 4


@pytest.mark.parametrize("wrong", [{"train_share": 0.0}, {"train_share": 1.2}, {"seed": -1}])
def test_a_share_outside_0_to_1_and_a_negative_seed_are_refused(wrong):
    with pytest.raises(LabError):
        replace(TREE, **wrong)


def test_the_seed_of_a_model_is_that_of_the_fold_shifted():
    assert TREE.model_seed(12) == 12
    assert replace(TREE, seed=3).model_seed(12) == 15
    assert replace(TREE, seed=3).model_seed(2**31 - 2) == 2
