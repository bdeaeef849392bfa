"""How many of the first rows of a table are its header, as its columns vote."""

from collections.abc import Sequence
from itertools import pairwise

from lab.data.readers.alike import are_counted_words, is_one_of
from lab.data.readers.cell_classes import (
    DATE,
    NUMBER,
    TEXT,
    class_of,
    classes_of,
    is_like_header,
    is_whole,
)

_BODY = 200
_MAX_ROWS = 5
_YEARS = range(1500, 2200)


def count_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows are a header, 0 when already the first one is data.

    Columns vote: one of numbers or dates whose first cell is a word says that there is a header;
    one whose first cell is a value like the others, a word that comes again below, or one of the
    form of those below, says that there is none. Without votes there is one.

    Examples
    --------
    >>> count_header_rows([["a", "b"], ["x", "1"], ["y", "2"]])
    1
    >>> count_header_rows([["z", "3"], ["x", "1"], ["z", "2"]])
    0
    >>> count_header_rows([["", "2019", ""], ["a", "in", "out"], ["x", "1", "2"], ["y", "3", "4"]])
    2
    """
    if len(rows) < 2:
        return len(rows)
    top = next((n for n in range(1, min(_MAX_ROWS, len(rows) - 1) + 1)
                if is_header(rows, n)), None)  # fmt: skip
    if top is not None:
        return top
    return 0 if _votes(rows[0], rows[1:]) < 0 else 1


def is_header(rows: Sequence[Sequence[str]], n_rows: int) -> bool:
    """Return whether just these many rows hold words above columns of numbers or dates."""
    body = rows[n_rows : n_rows + _BODY]
    classes = classes_of(body, len(rows[0]))
    typed = [place for place, kind in enumerate(classes) if kind in {NUMBER, DATE}]
    if not typed or not all(is_like_header(row, classes) or _is_span(row, rows[n_rows - 1])
                            for row in rows[:n_rows]):  # fmt: skip
        return False
    if is_like_header(body[0], classes) and len(body) > 2:
        return _stands_out(body[0], typed) is False
    return n_rows == 1 or all(
        _is_span(row, rows[n_rows - 1]) or _stands_out(row, typed) for row in rows[1:n_rows]
    )


def is_open(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether no column says whether the first of several rows is a header."""
    if len(rows) < 2:
        return NUMBER in map(class_of, rows[0])
    words = not {NUMBER, DATE} & {class_of(cell) for cell in rows[0]}
    several = len(rows) > 2 and len(rows[0]) > 1
    return words and several and not is_header(rows, 1) and _votes(rows[0], rows[1:]) == 0


def _votes(first: Sequence[str], body: Sequence[Sequence[str]]) -> int:
    """Return for how many columns more the first row is a header than not."""
    classes = classes_of(body[:_BODY], len(first))
    numbers = [cell for cell in first if class_of(cell) == NUMBER]
    named = any(kind == NUMBER and class_of(cell) == TEXT
                for cell, kind in zip(first, classes, strict=True))  # fmt: skip
    named = named or (not first[0].strip() and all(row[0].strip() for row in body[:_BODY]))
    rising = (named or _are_years_above(first, body)) and _are_rising(numbers)
    counted = are_counted(numbers) or rising
    in_a_row = are_counted_words(first)
    votes = 0
    for place, (cell, kind) in enumerate(zip(first, classes, strict=True)):
        found = class_of(cell)
        if kind in {NUMBER, DATE} and found:
            votes += 1 if found == TEXT else 0 if counted else -1
        elif kind == TEXT and found:
            below = [row[place] for row in body[:_BODY]]
            if found == TEXT:
                votes -= cell in below or (not in_a_row and is_one_of(cell, below))
            else:
                votes -= cell in below or not counted
    return votes


def are_counted(cells: Sequence[str]) -> bool:
    """Return whether cells go up by the same step like years or places, as names may do."""
    texts = [cell.strip() for cell in cells]
    if len(texts) < 2 or not all(is_whole(text) for text in texts):
        return False
    numbers = [int(text) for text in texts]
    steps = {later - one for one, later in pairwise(numbers)}
    from_start = numbers[0] in {0, 1} and steps == {1} and len(numbers) > 2
    years = all(number in _YEARS for number in numbers) and len(steps) == 1 and steps != {0}
    return from_start or years


def _are_rising(cells: Sequence[str]) -> bool:
    """Return whether cells are numbers that go up, as doses or widths over columns do."""
    try:
        numbers = [float(cell) for cell in cells]
    except ValueError:
        return False
    return len(numbers) > 2 and all(one < later for one, later in pairwise(numbers))


def _are_years_above(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Return whether all numbers among names are years, and none of those below them is one."""
    places = [place for place, cell in enumerate(first) if class_of(cell) == NUMBER]
    above = [first[place] for place in places]
    below = [row[place] for row in body[:_BODY] for place in places]
    return len(places) < len(first) and all(map(_is_year, above)) and not any(map(_is_year, below))


def _is_year(cell: str) -> bool:
    return is_whole(cell) and int(cell) in _YEARS


def _stands_out(row: Sequence[str], typed: Sequence[int]) -> bool:
    """Return whether a row below the first one is a header too: units, or more names."""
    words = [place for place in typed if class_of(row[place]) == TEXT]
    others = [cell for place, cell in enumerate(row) if place not in typed and cell.strip()]
    return len(words) > 1 or (bool(words) and not others)


def _is_span(row: Sequence[str], below: Sequence[str]) -> bool:
    """Return whether cells are names above groups of columns: gaps, and words below all."""
    gaps = sum(not cell.strip() for cell in row)
    names = all(class_of(cell) == TEXT for cell in below if cell.strip())
    return row is not below and 0 < gaps < len(row) and names and bool(any(
        cell.strip() for cell in below
    ))  # fmt: skip
