"""What runs next, and how long it will take."""

import pytest

from lab.benchmark.schedule import Estimates, PreparedKey, Work, in_order
from lab.experiments import Cell


def work(candidate: int, split: int) -> Work:
    cell = Cell(key=f"{candidate}-{split}", candidate=candidate, repeat=0, fold=split)
    return Work(cell=cell, prepared=PreparedKey(recipe_id="r", split=split))


def test_the_shortest_cell_comes_first_then_the_longest_of_each_split():
    works = [work(candidate, split) for split in (0, 1) for candidate in range(3)]
    ordered = in_order(works, Estimates(guesses=[5.0, 1.0, 9.0]))
    assert [w.cell.key for w in ordered] == ["1-0", "2-0", "0-0", "2-1", "0-1", "1-1"]


def test_no_cells_have_an_order():
    assert in_order([], Estimates(guesses=[])) == []


def test_what_was_learned_scales_the_guesses_of_the_others():
    estimates = Estimates(guesses=[1.0, 10.0])
    estimates.learn(0, 3.0)
    assert estimates.seconds(0) == 3.0
    assert estimates.seconds(1) == 30.0


def test_preparations_that_are_to_come_are_part_of_what_is_left():
    estimates = Estimates(guesses=[1.0])
    estimates.learn_preparation("slow", 8.0)
    estimates.learn_preparation("slow", 10.0)
    slow = [PreparedKey(recipe_id="slow", split=split) for split in (3, 4)]
    assert estimates.remaining({0: 4}, [], 2) == 2.0
    assert estimates.remaining({0: 4}, [], 2, unprepared=slow) == (4 + 18) / 2


def test_a_recipe_that_was_never_fitted_is_taken_to_cost_what_the_others_cost():
    estimates = Estimates(guesses=[1.0])
    assert estimates.preparation_seconds("new") == 0.0
    estimates.learn_preparation("known", 4.0)
    assert estimates.preparation_seconds("new") == 4.0


def test_a_cell_that_takes_longer_than_thought_still_has_something_left():
    assert Estimates(guesses=[10.0]).remaining({}, [(0, 60.0)], 1) == pytest.approx(1.0)


def test_one_long_cell_is_waited_for_however_many_workers_there_are():
    assert Estimates(guesses=[1.0, 50.0]).remaining({0: 4, 1: 1}, [], 100) == 50.0
