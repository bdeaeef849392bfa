"""Numbers, times and names as words."""

import pytest

from pages._ui.wording import about_left, count, duration, names, number, sentence, share, time_left


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "under 1 s"), (42, "42 s"), (125, "2 min 5 s"), (7_260, "2 h 1 min"), (None, "unknown")],
)
def test_a_span_of_time_has_two_units_at_most(seconds, words):
    assert duration(seconds) == words


def test_what_is_not_known_yet_is_being_estimated():
    assert [time_left(42), time_left(None)] == ["42 s left", "estimating the time left"]


def test_less_than_a_second_is_not_told_as_about_that():
    assert [about_left(0.4), about_left(42)] == ["under 1 s left", "about 42 s left"]


def test_a_count_agrees_with_its_noun():
    assert [count(1, "row"), count(0, "row"), count(7_043, "row")] == [
        "1 row",
        "0 rows",
        "7,043 rows",
    ]


def test_a_share_is_never_rounded_to_nothing():
    assert [share(0.0), share(0.001), share(0.25)] == ["0%", "under 1%", "25%"]


def test_large_numbers_have_no_exponent():
    assert [number(300_000), number(0.123456), number(12.5)] == ["300,000", "0.1235", "12.5"]


def test_a_sentence_shows_what_it_was_given_and_ends():
    assert sentence("no column is **here**") == "No column is \\*\\*here\\*\\*\\."


def test_long_lists_of_names_are_cut():
    assert names("abcdefgh", most=2) == "a, b and 6 more"
