"""Guesses give way to what is measured."""

import math

import pytest

from lab.benchmark.durations import CALL_SECONDS, Guess
from lab.benchmark.pace import Pace

WORK = 1 - CALL_SECONDS / 10
"""Share of a guess of ten seconds that is work."""


def guesses(*seconds: float, trust: float = 1.0) -> dict[int, Guess]:
    return {number: Guess(seconds=each, trust=trust) for number, each in enumerate(seconds)}


def test_what_was_measured_is_taken_as_its_mean_in_which_the_latest_counts_most():
    pace = Pace(guesses(1.0))
    for seconds in (2.0, 4.0, 6.0):
        pace.learn(0, seconds)
    assert pace.seconds(0) == pytest.approx((0.49 * 2 + 0.7 * 4 + 6) / (0.49 + 0.7 + 1))


def test_what_was_measured_is_counted_whole():
    pace = Pace(guesses(1.0, 1.0))
    for key, seconds in ((0, 2.0), (0, 4.0), (1, 1.0)):
        pace.learn(key, seconds)
    assert (pace.n_learned, pace.learned_seconds) == (3, 7.0)


def test_before_anything_is_learned_a_guess_stands():
    assert Pace(guesses(1.0, 7.0)).seconds(1) == pytest.approx(7.0)


def test_one_measured_call_moves_other_guesses_about_half_of_the_way_in_logarithms():
    pace = Pace(guesses(10.0, 10.0))
    pace.learn(0, 40.0)
    assert pace.seconds(1) == pytest.approx(10 * 4 ** (WORK / (WORK + 1)))
    assert 19 < pace.seconds(1) < 21


def test_many_measured_calls_move_other_guesses_nearly_all_of_the_way():
    pace = Pace(guesses(*[10.0] * 10))
    for number in range(9):
        pace.learn(number, 30.0)
    assert pace.seconds(9) == pytest.approx(10 * 3 ** (9 * WORK / (9 * WORK + 1)))


def test_one_call_far_off_does_not_move_the_median():
    pace = Pace(guesses(*[10.0] * 6))
    for number, seconds in enumerate((20.0, 20.0, 20.0, 20.0, 5_000.0)):
        pace.learn(number, seconds)
    assert pace.seconds(5) == pytest.approx(10 * 2 ** (5 * WORK / (5 * WORK + 1)))


def test_two_that_disagree_meet_in_the_middle():
    pace = Pace(guesses(10.0, 10.0, 10.0))
    pace.learn(0, 20.0)
    pace.learn(1, 5.0)
    assert pace.seconds(2) == pytest.approx(10.0)


def test_a_call_that_is_all_start_and_no_work_says_nothing_of_the_others():
    pace = Pace(guesses(CALL_SECONDS, 10.0))
    pace.learn(0, 40 * CALL_SECONDS)
    assert pace.seconds(1) == pytest.approx(10.0)


def test_a_trusted_guess_moves_less_and_moves_others_more():
    pace = Pace({**guesses(10.0, 10.0), 2: Guess(seconds=10.0, trust=4.0)})
    pace.learn(0, 40.0)
    shift = math.log(pace.seconds(2) / 10) / math.log(4)
    assert shift == pytest.approx(WORK / (WORK + 4))
    other = Pace({**guesses(10.0, 10.0), 2: Guess(seconds=10.0, trust=4.0)})
    other.learn(2, 40.0)
    shift = math.log(other.seconds(0) / 10) / math.log(4)
    assert shift == pytest.approx(4 * WORK / (4 * WORK + 1))


def test_a_guess_below_what_a_running_call_has_taken_already_is_raised():
    pace = Pace(guesses(1.0))
    assert pace.seconds(0, past=50.0) == pytest.approx(55.0)
    assert pace.seconds(0, past=0.5) == pytest.approx(1.0)


def test_a_call_that_takes_longer_than_thought_still_has_something_left():
    pace = Pace(guesses(10.0))
    assert pace.left(0, 4.0) == pytest.approx(6.0)
    assert pace.left(0, 60.0) == pytest.approx(6.0)


def test_a_call_that_took_no_time_at_all_is_no_evidence():
    pace = Pace(guesses(10.0, 10.0))
    pace.learn(0, 0.0)
    assert pace.seconds(1) == pytest.approx(10.0)


def test_what_is_known_is_what_was_measured_or_run_before():
    pace = Pace({0: Guess(seconds=1.0), 1: Guess(seconds=1.0, trust=2.0), 2: Guess(seconds=1.0)})
    assert pace.n_known() == 1
    pace.learn(0, 1.0)
    assert pace.n_known() == 2
