"""The search for a step to add."""

from lab.recipes import STEPS
from pages._ui.step_picker import matching


def test_words_in_the_title_come_first():
    found = matching(list(STEPS), "scale")
    assert found
    assert "scale" in found[0].title.casefold()


def test_words_that_no_step_has_find_none():
    assert matching(list(STEPS), "zebra crossing") == []
