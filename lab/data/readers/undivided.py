"""What to tell of a text file of one column whose lines may hold several values all the same."""

import re
from collections.abc import Sequence

from lab.base import plain_text
from lab.data.readers.cell_classes import TEXT, class_of
from lab.data.readers.dialect import DELIMITERS, TITLES

_LOOKED_AT = 300
_PAIR = r"""[A-Za-z_][\w.-]*=(?:"(?:[^"\\]|\\.)*"|[^\s"]*)"""
_PAIRS = re.compile(rf"\s*{_PAIR}(?:\s+{_PAIR})+\s*")
_SOME = 0.3
_SHOWN = 40


def told_undivided(lines: Sequence[str]) -> tuple[str, ...]:
    """Return a note when lines that were taken as one cell look as if they held more.

    Examples
    --------
    >>> told_undivided(["a", "1;2", "3;4"])
    ('2 of the first 3 lines hold a semicolon: choose it as the delimiter if it divides cells.',)
    >>> told_undivided(["name", "Miller, Anna", "Smith, Bob"])
    ()
    """
    looked = [line for line in lines if line.strip()][:_LOOKED_AT]
    if len(looked) > 1 and all(_PAIRS.fullmatch(line) for line in looked):
        shown = plain_text(looked[0], max_length=_SHOWN)
        return (f"Each line holds names with values, as logs do ({shown!r}): all stay one cell.",)
    words = [line for line in looked if class_of(line) == TEXT]
    for mark in DELIMITERS[:4]:
        count = sum(bool(re.search(rf"{re.escape(mark)}\S", line)) for line in words)
        if count > 1 and count >= _SOME * len(looked):
            some = f"{count:,} of the first {len(looked):,} lines hold a {TITLES[mark]}"
            return (f"{some}: choose it as the delimiter if it divides cells.",)
    return ()
