"""The cells that wait are told in the order of work, each once its split is prepared."""

import random

from lab.benchmark.schedule import PreparedKey, Work
from lab.benchmark.waiting import WaitingCells
from lab.experiments import Cell


def work(number, split, recipe="r", candidate=0):
    cell = Cell(key=str(number), candidate=candidate, repeat=0, fold=split)
    return Work(cell=cell, prepared=PreparedKey(recipe_id=recipe, split=split))


def test_a_split_is_asked_for_when_its_first_cell_is_next():
    works = [work(0, 0), work(1, 0, "other"), work(2, 0), work(3, 1)]
    waiting = WaitingCells(works)
    for expected in (works[0], works[1], works[3]):
        assert waiting.first() is expected
        waiting.ask(expected.prepared)
    assert waiting.first() is None
    waiting.admit(works[0].prepared)
    assert waiting.first() is works[0]
    waiting.take(works[0])
    assert waiting.first() is works[2]
    assert len(waiting) == 3


def test_a_copy_goes_its_own_way():
    works = [work(0, 0), work(1, 0), work(2, 1)]
    waiting = WaitingCells(works)
    waiting.ask(works[0].prepared)
    copy = waiting.copy()
    copy.admit(works[0].prepared)
    assert copy.is_ready(works[0])
    assert not copy.is_ready(works[2])
    copy.take(works[0])
    copy.ask(works[2].prepared)
    assert copy.drop(lambda one: one is works[2]) == [works[2]]
    assert (len(copy), len(waiting)) == (1, 3)
    assert not waiting.is_ready(works[0])
    assert waiting.first() is works[2]


def test_a_cell_that_can_begin_goes_before_a_later_split():
    works = [work(0, 0), work(1, 0), work(2, 1)]
    waiting = WaitingCells(works)
    waiting.ask(works[0].prepared)
    waiting.admit(works[0].prepared)
    waiting.take(works[0])
    assert waiting.first() is works[1]


def test_the_same_order_as_a_scan_of_the_whole_list():
    """A scan starts the first cell that is prepared or whose split nobody prepares yet."""
    chance = random.Random(3)
    works = [work(n, n // 12, str(n % 3), candidate=n % 5) for n in range(240)]
    waiting, left, prepared, asked = WaitingCells(works), list(works), set(), []
    while left:
        scanned = next((w for w in left if w.prepared in prepared or w.prepared not in asked), None)
        assert waiting.first() is scanned
        if scanned is None or (len(prepared) < len(asked) and chance.random() < 0.3):
            key = chance.choice([key for key in asked if key not in prepared])
            prepared.add(key)
            waiting.admit(key)
        elif scanned.prepared in prepared:
            left.remove(scanned)
            waiting.take(scanned)
        else:
            asked.append(scanned.prepared)
            waiting.ask(scanned.prepared)
    assert len(waiting) == 0


def test_what_is_dropped_is_gone_wherever_it_waited():
    works = [work(n, n % 4, candidate=n % 3) for n in range(24)]
    waiting = WaitingCells(works)
    waiting.ask(works[0].prepared)
    waiting.admit(works[0].prepared)
    dropped = waiting.drop(lambda work: work.cell.candidate == 1)
    assert dropped == [work for work in works if work.cell.candidate == 1]
    assert len(waiting) == 16
    assert waiting.per_candidate == {0: 8, 1: 0, 2: 8}
    assert len(waiting.drop(lambda work: work.prepared.split == 3)) == 4
    waiting.take(works[0])
    assert waiting.first().prepared.split == 1
    assert len(waiting) == 11
