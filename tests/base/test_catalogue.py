from dataclasses import dataclass

import pytest

from lab.base import Catalogue, LabError, Number, Param, Toggle


@dataclass(frozen=True, kw_only=True)
class Fruit:
    key: str
    title: str
    params: tuple[Param, ...] = ()


APPLE = Fruit(
    key="apple",
    title="Apple",
    params=(
        Number(name="weight", label="Weight", default=100, minimum=1, maximum=500),
        Toggle(name="ripe", label="Ripe", default=True),
    ),
)
FRUITS = Catalogue("fruit", APPLE, Fruit(key="pear", title="Pear"))


def test_the_order_of_a_catalogue_is_the_order_of_its_lines():
    assert FRUITS.keys == ("apple", "pear")
    assert [fruit.title for fruit in FRUITS] == ["Apple", "Pear"]
    assert len(FRUITS) == 2


def test_an_entry_is_found_by_its_key():
    assert FRUITS["apple"] is APPLE
    assert "apple" in FRUITS
    assert "plum" not in FRUITS


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(LabError, match="there is no fruit 'aple'") as caught:
        FRUITS["aple"]
    assert caught.value.hint == "Did you mean 'apple'?"


def test_a_key_like_no_other_lists_them_all():
    with pytest.raises(LabError) as caught:
        FRUITS["zzz"]
    assert caught.value.hint == "Known are: apple, pear."


def test_two_entries_of_one_key_are_a_bug():
    with pytest.raises(ValueError, match="share a key"):
        Catalogue("fruit", APPLE, APPLE)


def test_a_choice_has_every_setting():
    assert FRUITS.choose("apple").settings == {"weight": 100.0, "ripe": True}
    assert FRUITS.choose("apple", {"weight": "7"}).settings == {"weight": 7.0, "ripe": True}


def test_equal_settings_make_equal_choices_however_they_were_written():
    assert FRUITS.choose("apple", {"weight": "100", "ripe": "yes"}) == FRUITS.choose("apple")


def test_all_problems_of_a_choice_are_told_at_once():
    with pytest.raises(LabError) as caught:
        FRUITS.choose("apple", {"weight": 900, "ripe": "perhaps", "colour": "red"})
    assert [problem.field for problem in caught.value.problems] == ["weight", "ripe", "colour"]
    assert "its settings: weight, ripe" in caught.value.message


def test_choosing_leaves_the_given_settings_alone():
    given = {"weight": 3}
    FRUITS.choose("apple", given)
    assert given == {"weight": 3}
