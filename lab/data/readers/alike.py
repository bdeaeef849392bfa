"""Whether a word has the form of the words below it, so that it is one of them and no name."""

import re
from collections.abc import Sequence
from itertools import takewhile

_LINK = re.compile(r"(?:\w+://|www\.)\S+|[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}")
_MARK = re.compile(r"[^\w\s.-]")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_MOSTLY = 0.9
_PREFIX = 4


def is_one_of(cell: str, others: Sequence[str]) -> bool:
    """Return whether a cell is like nearly all of some others: a link, their beginning, a code.

    Examples
    --------
    >>> is_one_of("MG-8769", ["RI-3895", "CC-9259"]), is_one_of("code", ["RI-3895", "CC-9259"])
    (False, False)
    >>> is_one_of("RI-8769", ["RI-3895", "CC-9259"])
    True
    """
    others = [other.strip() for other in others if other.strip()]
    if len(set(others)) < 2:
        return False
    prefix = _beginning(others)
    if len(prefix) >= _PREFIX and cell.startswith(prefix):
        as_long = {len(other) for other in others} == {len(cell)}
        return bool(_MARK.search(prefix)) or (as_long and "-" in prefix)
    if _LINK.fullmatch(cell):
        return _are_most([bool(_LINK.fullmatch(other)) for other in others])
    letters = _DIGIT.sub("9", cell)
    is_code = "9" in letters and letters in {_DIGIT.sub("9", other) for other in others}
    form = _form(cell)
    return is_code and _are_most([_form(other) == form for other in others])


def are_counted_words(cells: Sequence[str]) -> bool:
    """Return whether two of several words differ in their digits alone, as names in a row do.

    Examples
    --------
    >>> are_counted_words(["Q1", "Q2", "town"]), are_counted_words(["A-17", "x"])
    (True, False)
    """
    words = [cell for cell in cells if _DIGIT.search(cell)]
    return len({_DIGIT.sub("9", word) for word in words}) < len(words)


def _beginning(texts: Sequence[str]) -> str:
    """Return what all of several texts begin with."""
    pairs = zip(min(texts), max(texts), strict=False)
    return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _are_most(found: Sequence[bool]) -> bool:
    return sum(found) >= _MOSTLY * len(found)


def _form(text: str) -> str:
    return _DIGIT.sub("9", _LETTER.sub("a", text))
