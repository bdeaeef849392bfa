"""What runs next."""

from lab.benchmark.schedule import PreparedKey, Work, in_order
from lab.experiments import Cell


def work(candidate: int, split: int) -> Work:
    cell = Cell(key=f"{candidate}-{split}", candidate=candidate, repeat=0, fold=split)
    return Work(cell=cell, prepared=PreparedKey(recipe_id="r", split=split))


def test_the_shortest_cell_comes_first_then_the_longest_of_each_split():
    works = [work(candidate, split) for split in (0, 1) for candidate in range(3)]
    ordered = in_order(works, [5.0, 1.0, 9.0].__getitem__)
    assert [w.cell.key for w in ordered] == ["1-0", "2-0", "0-0", "2-1", "0-1", "1-1"]


def test_no_cells_have_an_order():
    assert in_order([], lambda candidate: candidate) == []
