"""The header of an ARFF file: which attributes there are, and what they hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TextIO

import numpy as np
import pandas as pd

from lab.base import LabError, plain_text
from lab.data.number_text import PLAIN
from lab.data.readers.arff_rows import Cell, cells_of, unescaped
from lab.data.readers.limits import check_columns
from lab.data.readers.text_input import next_line

_NAME = re.compile(
    r"""@attribute\s+(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s'"{]+))\s*(.*)$""",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERS = frozenset({"numeric", "real", "integer"})
_NUMBER = re.compile(PLAIN.pattern)
_WHOLE = re.compile(r"^[+-]?\d{1,18}$")
_NOT_FINITE = frozenset({"nan", "inf", "infinity", "-inf", "-infinity", "+inf", "+infinity"})
_LONGEST = 4_000
_ISO = "yyyy-MM-dd'T'HH:mm:ss"
_DATE_PARTS = (
    ("yyyy", "%Y"), ("yy", "%y"), ("MMMM", "%B"), ("MMM", "%b"), ("MM", "%m"), ("M", "%m"),
    ("dd", "%d"), ("d", "%d"), ("HH", "%H"), ("H", "%H"), ("hh", "%I"), ("h", "%I"),
    ("mm", "%M"), ("ss", "%S"), ("SSS", "%f"), ("a", "%p"), ("EEEE", "%A"), ("EEE", "%a"),
)  # fmt: skip
_DATE_PART = re.compile(
    "'([^']*)'|" + "|".join(part for part, _ in _DATE_PARTS) + "|([A-Za-z])|(.)", re.DOTALL
)


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """A declared column.

    Parameters
    ----------
    name : str
        As declared.
    kind : str
        ``number``, ``text``, ``date`` or ``nominal``.
    levels : tuple of str
        The declared values of a nominal attribute.
    style : str
        Format of dates, as `pandas.to_datetime` takes it; empty when it has no such form.
    """

    name: str
    kind: str
    levels: tuple[str, ...] = ()
    style: str = ""

    @property
    def is_nominal(self) -> bool:
        """Whether its values are declared one by one."""
        return self.kind == "nominal"

    @property
    def zero(self) -> Cell:
        """What a sparse row holds where it says nothing."""
        if self.is_nominal:
            return self.levels[0] if self.levels else None
        return "0" if self.kind == "number" else None

    def values(self, cells: Sequence[Cell]) -> list[object] | None:
        """Return cells as numbers or dates when it is declared so, None when one is neither."""
        if self.kind == "number":
            return _numbers(cells)
        return _dates(cells, self.style) if self.kind == "date" and self.style else list(cells)

    def undeclared(self, cells: Sequence[Cell]) -> bool:
        """Return whether a nominal attribute holds a value that it does not declare."""
        return self.is_nominal and not self._known.issuperset(cells)

    @cached_property
    def _known(self) -> frozenset[Cell]:
        return frozenset({*self.levels, None})


def read_header(text: TextIO) -> tuple[Attribute, ...]:
    """Return the attributes, and leave the stream where the data begins.

    Raises
    ------
    LabError
        When a line is no declaration, or no data follows.
    """
    found: list[Attribute] = []
    number = 0
    while line := next_line(text):
        number += 1
        line = line.strip()
        word = line[:10].lower()
        if word.startswith("@data"):
            break
        if word == "@attribute":
            found.append(_attribute(_whole(line, text), number))
            check_columns(len(found))
        elif line and not line.startswith("%") and not word.startswith("@relation"):
            raise _strange(line, number)
    else:
        raise LabError("the ARFF file has no @data", hint="It may be cut off: export it again.")
    if not found:
        raise LabError("the ARFF file declares no attributes", hint="Export it again.")
    return tuple(found)


def _whole(line: str, text: TextIO) -> str:
    """Return a declaration with its further lines, when its list of values goes on there."""
    n_lines = 0
    while "{" in line and not line.endswith("}") and n_lines < _LONGEST:
        more = next_line(text)
        if not more:
            break
        line, n_lines = f"{line} {more.strip()}", n_lines + 1
    return line


def _attribute(line: str, number: int) -> Attribute:
    found = _NAME.match(line)
    if found is None:
        raise _strange(line, number)
    quoted = found[1] if found[1] is not None else found[2]
    name = found[3] if quoted is None else unescaped(quoted)
    kind = found[4].strip()
    word = kind.split(None, 1)[0].lower() if kind else ""
    if kind.startswith("{") and kind.endswith("}"):
        return Attribute(name=name, kind="nominal", levels=_levels(kind, line, number))
    if word in _NUMBERS:
        return Attribute(name=name, kind="number")
    if word == "string":
        return Attribute(name=name, kind="text")
    if word == "date":
        return Attribute(name=name, kind="date", style=_style(kind[4:].strip().strip("'\"")))
    raise LabError(
        f"the attribute {plain_text(name)!r} is of the kind"
        f" {plain_text(word)!r}, which is not read",
        hint="Numbers, nominal values, strings and dates are read.",
    )


def _levels(kind: str, line: str, number: int) -> tuple[str, ...]:
    cells = cells_of(kind[1:-1])
    if cells is None:
        raise _strange(line, number)
    return tuple(cell for cell in cells if cell is not None)


def _style(java: str) -> str:
    """Return a date format of Java as Python writes it, "" when there is none.

    Examples
    --------
    >>> _style("dd.MM.yyyy HH:mm")
    '%d.%m.%Y %H:%M'
    """
    parts = dict(_DATE_PARTS)
    style = ""
    for found in _DATE_PART.finditer(java or _ISO):
        if found[2]:
            return ""
        literal = found[0] if found[1] is None else found[1]
        style += parts.get(found[0]) or literal.replace("%", "%%")
    return style


def _numbers(cells: Sequence[Cell]) -> list[object] | None:
    values: list[object] = []
    for cell in cells:
        if cell is None:
            values.append(None)
        elif _NUMBER.match(cell):
            values.append(int(cell) if _WHOLE.match(cell) else float(cell))
        elif cell.lower() in _NOT_FINITE:
            values.append(float(cell))
        else:
            return None
    return values


def _dates(cells: Sequence[Cell], style: str) -> list[object] | None:
    texts: pd.Series[str] = pd.Series(list(cells), dtype="str")
    try:
        stamps = pd.to_datetime(texts, format=style, errors="coerce")
    except (ValueError, re.error):  # a format that names a part twice
        return None
    if (stamps.isna() & texts.notna()).any():
        return None
    days = stamps.to_numpy().astype("datetime64[us]")
    return [None if np.isnat(day) else day.item() for day in days]


def _strange(line: str, number: int) -> LabError:
    return LabError(
        f"line {number:,} of the ARFF header is no declaration:"
        f" {plain_text(line, max_length=60)!r}",
        hint="Export the file again; comments begin with %.",
    )
