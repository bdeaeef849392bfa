"""What a single cell looks like, and what the cells of a column mostly look like."""

import re
from collections.abc import Sequence
from functools import lru_cache

from lab.data.missing_text import FILLERS, MISSING_WORDS

NUMBER, DATE, TEXT, MIXED, NOTHING = "number", "date", "text", "mixed", ""

_MONEY = r"(?:[$€£¥]|EUR|USD|GBP|CHF)"
_NUMBER = re.compile(
    rf"\(?[+-]?{_MONEY}?\s?[+-]?"
    r"(?:\d+(?:[.,]\d*)?|[.,]\d+|\d{1,3}(?:[.,'\u0020\u00a0\u202f\u2009]\d{3})+(?:[.,]\d*)?)"
    rf"(?:[eE][+-]?\d+)?\s?(?:%|{_MONEY})?\)?"
)
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[AaPp][Mm])?(?:\s?(?:Z|UTC|[+-]\d{2}:?\d{2}))?"
_DAY = (
    r"(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    r"|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4}|[A-Za-z]{3,9}[ -]\d{1,2},?[ -]\d{4}"
    r"|\d{4}-[A-Za-z]{3}-\d{1,2})"
)
_DATE = re.compile(rf"{_DAY}(?:[T ]{_CLOCK})?|{_CLOCK}")
_NOTHING = frozenset((*MISSING_WORDS, *FILLERS))
_MOSTLY = 0.8
_LONGEST = 60
_MOST_DIGITS = 18


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


def is_whole(cell: str) -> bool:
    """Return whether a cell is a whole number without sign, of up to eighteen digits."""
    text = cell.strip()
    return len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit()


def classes_of(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """Return what most cells of each column look like; mixed when text is among others."""
    return tuple(_class_of_all([class_of(row[place]) for row in rows]) for place in range(width))


def _class_of_all(kinds: Sequence[str]) -> str:
    seen = [kind for kind in kinds if kind]
    if not seen:
        return NOTHING
    for kind in (NUMBER, DATE):
        if seen.count(kind) >= _MOSTLY * len(seen):
            return kind
    return TEXT if seen.count(TEXT) == len(seen) else MIXED


def conforms(cells: Sequence[str], classes: Sequence[str]) -> bool:
    """Return whether each cell in a column of numbers or dates is one, or missing."""
    return all(
        kind not in {NUMBER, DATE} or class_of(cell) in {kind, NOTHING}
        for cell, kind in zip(cells, classes, strict=False)
    )


def is_like_header(cells: Sequence[str], classes: Sequence[str]) -> bool:
    """Return whether cells are words where the columns hold numbers or dates, in all of them."""
    words = False
    for cell, kind in zip(cells, classes, strict=False):
        if kind not in {NUMBER, DATE}:
            continue
        found = class_of(cell)
        if found in {NUMBER, DATE}:
            return False
        words = words or found == TEXT
    return words


def come_again(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Return whether a cell comes again in its column below, as names of columns do not."""
    return any(
        cell.strip() and cell in row[place : place + 1]
        for row in below for place, cell in enumerate(cells)
    )  # fmt: skip


def is_alone(cells: Sequence[str]) -> bool:
    """Return whether a word stands in the first of several cells, and nothing in the others."""
    return len(cells) > 1 and class_of(cells[0]) == TEXT and not any(map(str.strip, cells[1:]))
