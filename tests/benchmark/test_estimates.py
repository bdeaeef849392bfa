"""How long a run will take."""

import pytest

from lab.benchmark.durations import Guess, Guesses
from lab.benchmark.estimates import Estimates, stands_for
from lab.benchmark.schedule import PreparedKey, Work
from lab.benchmark.waiting import WaitingCells
from lab.experiments import Cell


def work(candidate: int, split: int) -> Work:
    cell = Cell(key=f"{candidate}-{split}", candidate=candidate, repeat=0, fold=split)
    return Work(cell=cell, prepared=PreparedKey(recipe_id="r", split=split))


def estimates(*seconds: float, trust: float = 2.0, **preparations: float) -> Estimates:
    """Return estimates from guesses: of cells, then of preparations by the name of a recipe."""
    return Estimates(
        Guesses(
            cells={n: Guess(seconds=s, trust=trust) for n, s in enumerate(seconds)},
            preparations={
                (name, 1.0): Guess(seconds=s, trust=trust) for name, s in preparations.items()
            },
        )
    )


def test_what_is_left_is_what_waits_and_what_runs_over_the_workers():
    left = estimates(4.0, 10.0).remaining({0: 3, 1: 2}, [(0, 1.0), (1, 8.0)], 2)
    assert left == pytest.approx((3 * 4 + 2 * 10 + 3 + 2) / 2)


def test_preparations_that_are_to_come_are_part_of_what_is_left():
    known = estimates(1.0, slow=5.0)
    slow = [(PreparedKey(recipe_id="slow", split=split), 0.0) for split in (3, 4)]
    assert known.remaining({0: 4}, [], 2) == 2.0
    assert known.remaining({0: 4}, [], 2, unprepared=slow) == (4 + 10) / 2
    known.learn_preparation(slow[0][0], 8.0)
    known.learn_preparation(slow[1][0], 10.0)
    assert known.remaining({0: 4}, [], 2, unprepared=slow) == pytest.approx(
        (4 + 2 * (0.7 * 8 + 10) / 1.7) / 2
    )


def test_of_a_preparation_in_work_only_the_rest_is_left():
    one = PreparedKey(recipe_id="slow", split=0)
    assert estimates(1.0, slow=8.0).remaining({}, [], 1, unprepared=[(one, 5.0)]) == 3.0


def test_a_preparation_of_fewer_rows_is_learned_apart():
    whole, half = (PreparedKey(recipe_id="r", split=0, share=share) for share in (1.0, 0.5))
    cells = {0: Guess(seconds=1.0, trust=2.0)}
    guesses = {("r", 1.0): Guess(seconds=4.0), ("r", 0.5): Guess(seconds=2.0)}
    known = Estimates(Guesses(cells=cells, preparations=guesses))
    known.learn_preparation(whole, 7.0)
    known.learn_preparation(half, 3.0)
    assert known.remaining({}, [], 1, unprepared=[(whole, 0.0), (half, 0.0)]) == 10.0


def test_one_long_cell_is_waited_for_however_many_workers_there_are():
    assert estimates(1.0, 50.0).remaining({0: 4, 1: 1}, [], 100) == 50.0


def test_nothing_is_said_until_something_of_two_candidates_is_known():
    fresh = estimates(1.0, 50.0, 9.0, trust=1.0)
    assert fresh.remaining({0: 4, 1: 5, 2: 5}, [], 2) is None
    fresh.learn(0, 1.0)
    assert fresh.remaining({0: 4, 1: 5, 2: 5}, [], 2) is None
    fresh.learn(1, 50.0)
    assert fresh.remaining({0: 4, 1: 4, 2: 5}, [], 2) is not None


def test_a_lone_candidate_tells_after_its_first_cell():
    fresh = estimates(3.0, trust=1.0)
    assert fresh.remaining({0: 5}, [], 1) is None
    fresh.learn(0, 2.0)
    assert fresh.remaining({0: 4}, [], 1) == 8.0


def test_a_run_of_which_past_runs_tell_says_at_once_what_is_left():
    assert estimates(1.0, 2.0, trust=3.0).remaining({0: 2, 1: 2}, [], 2) == 3.0


def test_a_cell_that_takes_longer_than_thought_makes_those_that_wait_longer_too():
    left = estimates(10.0, 1.0).remaining({0: 2}, [(0, 60.0)], 1)
    assert left == pytest.approx(2 * 66 + 6)


def test_once_measured_one_slow_cell_does_not_make_the_others_slow():
    known = estimates(10.0, 1.0)
    known.learn(0, 12.0)
    assert known.remaining({0: 2}, [(0, 60.0)], 1) == pytest.approx(2 * 12 + 6)


def test_cells_that_a_race_drops_are_not_waited_for():
    works = [work(candidate, split) for split in range(3) for candidate in (0, 1)]
    known, queue = estimates(10.0, 1.0), WaitingCells(works)
    assert known.remaining(queue.per_candidate, [], 1) == 33.0
    queue.drop(lambda one: one.cell.candidate == 0)
    assert known.remaining(queue.per_candidate, [], 1) == 3.0


def prepared_queue(*candidates: int) -> WaitingCells:
    """Return cells of candidates that wait in this order, their split being prepared."""
    queue = WaitingCells([work(candidate, 0) for candidate in candidates])
    queue.ask(PreparedKey(recipe_id="r", split=0))
    queue.admit(PreparedKey(recipe_id="r", split=0))
    return queue


def test_the_end_is_played_through_in_the_order_of_work():
    known, running = estimates(6.0, 4.0, 1.0), [(0, 1.0), (1, 2.0)]
    # One worker is free after 5 s, the other after 2.
    for order, expected in (((1, 2, 2), 7.0), ((2, 2, 1), 8.0)):
        queue = prepared_queue(*order)
        assert known.remaining(queue.per_candidate, running, 2, queue=queue) == expected
        assert len(queue) == 3


def test_cells_wait_for_their_preparation_when_the_end_is_played_through():
    known = estimates(30.0, r=60.0)
    works = [work(0, 0) for _ in range(4)]
    queue, key = WaitingCells(works), works[0].prepared
    waiting = queue.per_candidate
    assert known.remaining(waiting, [], 2, unprepared=[(key, 0.0)], queue=queue) == 120.0
    queue.ask(key)
    assert known.remaining(waiting, [], 8, unprepared=[(key, 20.0)], queue=queue) == 70.0
    queue.admit(key)
    assert known.remaining(waiting, [], 8, queue=queue) == 30.0


def test_a_cluster_that_lost_workers_is_played_through_with_those_that_are_left():
    known = estimates(5.0)
    queue = prepared_queue(0, 0, 0, 0)
    left = known.remaining(queue.per_candidate, [(0, 1.0), (0, 2.0), (0, 3.0)], 1, queue=queue)
    assert left == 4 + 4 * 5


def test_work_of_many_cells_is_shared_out_evenly():
    queue = prepared_queue(*[0] * 201)
    assert estimates(1.0).remaining(queue.per_candidate, [], 2, queue=queue) == 100.5


def test_nothing_is_left_of_a_run_without_cells():
    assert estimates(10.0).remaining({0: 0}, [], 2) == 0.0


def test_idle_time_between_calls_is_shared_out_among_those_to_come():
    known = estimates(1.0)
    for _ in range(16):
        known.learn(0, 1.0)
    # Two workers stood ready for 10 s each, of which 16 s were calls: 4 s for 16 calls and a start.
    assert known.remaining({0: 10}, [], 2, elapsed=10.0) == pytest.approx((10 + 10 * 4 / 20) / 2)


def test_a_worker_that_did_something_else_was_not_idle():
    known = estimates(1.0)
    for _ in range(16):
        known.learn(0, 1.0)
    known.note_other(4.0)
    assert known.remaining({0: 10}, [], 2, elapsed=10.0) == pytest.approx(5.0)


def test_running_calls_are_not_idle_time():
    known = estimates(1.0)
    known.learn(0, 5.0)
    running = [(0, 3.0), (0, 2.0)]
    assert known.remaining({0: 1}, running, 2, elapsed=5.0) == pytest.approx((5 + 2 + 3) / 2)


def test_workers_that_had_too_little_to_do_make_calls_at_most_twice_as_long():
    known = estimates(1.0)
    for _ in range(4):
        known.learn(0, 1.0)
    assert known.remaining({0: 2_000}, [], 1_000, elapsed=60.0) <= 2 * 2.0


def test_what_was_said_stands_for_less_time_towards_the_end():
    assert [stands_for(left) for left in (None, 60.0, 5.0, 0.2)] == [2.0, 2.0, 1.0, 0.5]
