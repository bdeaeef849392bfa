"""Rows of an ARFF file cut into cells: quotation marks, escapes, and sparse rows."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lab.data.readers.arff_header import Attribute

Cell = str | None
"""The text of a cell, None where a bare question mark says that it is missing."""

_CELL = re.compile(
    r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,'"]*))\s*(,|$)""", re.DOTALL
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t"}
_SPECIAL = re.compile(r"""['"\\]""")
_SPARSE = re.compile(
    r"""\s*(\d{1,9})\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,'"\s]+)\s*(,|$)""", re.DOTALL
)


def cells_of(line: str) -> list[Cell] | None:
    r"""Return the cells of a row, None when its quotation marks do not fit.

    Examples
    --------
    >>> cells_of("5.1, 'it\\'s', ?, '?'")
    ['5.1', "it's", None, '?']
    """
    if not _SPECIAL.search(line):
        return [_bare(cell) for cell in line.split(",")]
    cells: list[Cell] = []
    place = 0
    while True:
        found = _CELL.match(line, place)
        if found is None:
            return None
        single, double, bare, mark = found.groups()
        quoted = single if single is not None else double
        cells.append(_bare(bare) if quoted is None else unescaped(quoted))
        place = found.end()
        if not mark:
            return cells


def sparse_cells(line: str, attributes: "tuple[Attribute, ...]") -> list[Cell] | None:
    """Return the cells of a sparse row, in which only some attributes are named by their place.

    The others are zero, which for a nominal attribute is its first value; None when it does not
    fit.

    Parameters
    ----------
    line : str
        Such as ``{1 3.5, 4 'a b'}``.
    attributes : tuple of Attribute
        The attributes in order.
    """
    if not line.endswith("}"):
        return None
    cells: list[Cell] = [attribute.zero for attribute in attributes]
    inner, place, last = line[1:-1].strip(), 0, -1
    while place < len(inner):
        found = _SPARSE.match(inner, place)
        if found is None:
            return None
        where, text = int(found[1]), found[2]
        if not last < where < len(cells):
            return None
        cells[where] = unescaped(text[1:-1]) if text[0] in "'\"" else _bare(text)
        place, last = found.end(), where
    return cells


def unescaped(text: str) -> str:
    """Return text without its backslashes."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: _LETTERS.get(found[1], found[1]), text)


def _bare(text: str) -> Cell:
    text = text.strip()
    return None if text in {"?", ""} else text
