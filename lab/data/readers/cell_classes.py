"""What a single cell looks like, and what the cells of a column mostly look like."""

import re
from collections.abc import Sequence
from functools import lru_cache

from lab.data.missing_text import MISSING_WORDS, NUMBER_FILLERS

NUMBER, DATE, TEXT, NOTHING = "number", "date", "text", ""

_MONEY = r"(?:[$€£¥]|EUR|USD|GBP|CHF)"
_NUMBER = re.compile(
    rf"\(?[+-]?{_MONEY}?\s?[+-]?"
    r"(?:\d+(?:[.,]\d*)?|[.,]\d+|\d{1,3}(?:[.,'\u0020\u00a0\u202f\u2009]\d{3})+(?:[.,]\d*)?)"
    rf"(?:[eE][+-]?\d+)?\s?(?:%|{_MONEY})?\)?"
)
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[AaPp][Mm])?(?:\s?(?:Z|UTC|[+-]\d{2}:?\d{2}))?"
_DAY = (
    r"(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    r"|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4}|[A-Za-z]{3,9} \d{1,2}, \d{4})"
)
_DATE = re.compile(rf"{_DAY}(?:[T ]{_CLOCK})?|{_CLOCK}")
_NOTHING = frozenset((*MISSING_WORDS, *NUMBER_FILLERS))
_MOSTLY = 0.8
_LONGEST = 60


@lru_cache(maxsize=1 << 14)
def class_of(cell: str) -> str:
    """Return what a cell looks like: a number, a date, text, or nothing when it is missing.

    Examples
    --------
    >>> class_of("1.234,5 €"), class_of("31.01.2024"), class_of("n/a"), class_of("red")
    ('number', 'date', '', 'text')
    """
    text = cell.strip()
    if text in _NOTHING:
        return NOTHING
    if len(text) > _LONGEST:
        return TEXT
    if _NUMBER.fullmatch(text):
        return NUMBER
    return DATE if _DATE.fullmatch(text) else TEXT


def classes_of(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """Return what most cells of each column look like; text when they differ."""
    found = []
    for place in range(width):
        seen = [kind for row in rows if (kind := class_of(row[place]))]
        typed = next((kind for kind in (NUMBER, DATE)
                      if seen and seen.count(kind) >= _MOSTLY * len(seen)), TEXT)  # fmt: skip
        found.append(typed if seen else NOTHING)
    return tuple(found)


def conforms(cells: Sequence[str], classes: Sequence[str]) -> bool:
    """Return whether each cell in a column of numbers or dates is one, or missing."""
    return all(
        kind not in {NUMBER, DATE} or class_of(cell) in {kind, NOTHING}
        for cell, kind in zip(cells, classes, strict=False)
    )


def n_conforming(cells: Sequence[str], classes: Sequence[str]) -> int:
    """Return how many cells in columns of numbers or dates are one."""
    return sum(
        kind in {NUMBER, DATE} and class_of(cell) == kind
        for cell, kind in zip(cells, classes, strict=False)
    )


def is_like_header(cells: Sequence[str], classes: Sequence[str]) -> bool:
    """Return whether cells are words where the columns hold numbers or dates, in all of them."""
    typed = [(class_of(cell), kind) for cell, kind in zip(cells, classes, strict=False)
             if kind in {NUMBER, DATE}]  # fmt: skip
    words = sum(found == TEXT for found, _ in typed)
    return words > 0 and not any(found in {NUMBER, DATE} for found, _ in typed)
