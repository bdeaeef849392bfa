"""Columns turned from text into what they hold, at reading and when a person says another kind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lab.base import ColumnKind, LabError, plain_text
from lab.data.content import Content, contents_of, make_table
from lab.data.date_text import any_dates, to_dates
from lab.data.kinds import guess_number_kind, guess_text_kind
from lab.data.levels import Levels
from lab.data.missing_text import FILLERS
from lab.data.number_text import (
    NumberFormat,
    find_format,
    looks_like_codes,
    loose_numbers,
    loses_digits,
    to_numbers,
    to_whole,
)
from lab.data.table import Table

_MAX_SPELLINGS = 6
_SPELLINGS = "words that differ in capitals as one"


@dataclass(frozen=True, kw_only=True, eq=False)
class Typed:
    """A column with its kind, and how its text was read.

    Parameters
    ----------
    content : Content
        The column.
    style : NumberFormat, str or None
        Format of its numbers, or of its dates.
    fillers : tuple of str
        Texts among numbers or dates that were taken as missing.
    """

    content: Content
    style: NumberFormat | str | None = None
    fillers: tuple[str, ...] = ()


def type_text(
    name: str, levels: Levels, *, decimal: str = ".", thousands: str | None = None
) -> Typed:
    """Return a column of text as numbers or dates where every value is one, else as strings."""
    if len(levels):
        is_filler = pc.is_in(levels.texts, value_set=pa.array(FILLERS))
        values = levels.renamed(pc.if_else(is_filler, pa.scalar(None, pa.string()), levels.texts))
        found = _as_numbers(name, values, decimal, thousands) or _as_dates(name, values)
        if found is not None:
            return replace(found, fillers=tuple(levels.texts.filter(is_filler).to_pylist()))
    spelt = _spelt_alike(levels)
    kind = guess_text_kind(spelt)
    if kind is not ColumnKind.BOOLEAN:
        return Typed(content=Content(name=name, kind=guess_text_kind(levels), cells=levels))
    style = _SPELLINGS if spelt is not levels else None
    return Typed(content=Content(name=name, kind=kind, cells=spelt), style=style)


def _spelt_alike(levels: Levels) -> Levels:
    """Return a column of few words with those that differ in capitals alone joined.

    Each gets its most frequent spelling.
    """
    if not 2 < len(levels) <= _MAX_SPELLINGS:
        return levels
    order = sorted(range(len(levels)), key=lambda place: -int(levels.counts[place]))
    usual: dict[str, str] = {}
    for place in order:
        usual.setdefault(levels.words[place].lower(), levels.words[place])
    if len(usual) != 2:
        return levels
    return levels.renamed(pa.array([usual[word.lower()] for word in levels.words]))


def _as_numbers(name: str, levels: Levels, decimal: str, thousands: str | None) -> Typed | None:
    texts = levels.texts
    style = find_format(texts, decimal=decimal, thousands=thousands)
    if style is None or (looks_like_codes(texts) and not style.thousands):
        return None
    values = to_whole(levels.spread(to_numbers(texts, style), np.nan))
    if values.dtype.kind == "f" and loses_digits(texts, values):
        return None
    kind = guess_number_kind(name, values)
    return Typed(content=Content(name=name, kind=kind, cells=values), style=style)


def _as_dates(name: str, levels: Levels) -> Typed | None:
    dates = to_dates(levels.texts)
    if dates is None:
        return None
    values = levels.spread(dates[0], np.datetime64("NaT", "us"))
    content = Content(name=name, kind=ColumnKind.DATE, cells=values)
    return Typed(content=content, style=dates[1])


def change_kinds(table: Table, kinds: Mapping[str, ColumnKind]) -> Table:
    """Return the table with columns of other kinds, their values converted.

    Text becomes numbers or dates where it can; what cannot is missing, and a note counts it.
    Numbers become text as they are written.

    Parameters
    ----------
    table : Table
        As it was read.
    kinds : mapping of str to ColumnKind
        The new kinds by column name; columns that are not named stay.

    Raises
    ------
    LabError
        When a column does not exist or none of its values can be converted.
    """
    for name in kinds:
        table.schema[name]
    changed = {name: kind for name, kind in kinds.items() if table.schema[name].kind != kind}
    if not changed:
        return table
    notes = list(table.notes)
    contents = []
    for content in contents_of(table):
        if content.name not in changed:
            contents.append(content)
            continue
        new = convert(content, changed[content.name])
        contents.append(new)
        notes.extend(_lost(content, new))
    return make_table(contents, row_numbers=table.frame.index, source=table.source, notes=notes)


def convert(content: Content, kind: ColumnKind) -> Content:
    """Return the column as another kind; LabError when none of its values can be converted."""
    if kind is ColumnKind.NUMBER:
        return _to_number(content)
    if kind is ColumnKind.DATE:
        return _to_date(content)
    if kind in {ColumnKind.CATEGORY, ColumnKind.TEXT}:
        return Content(name=content.name, kind=kind, cells=as_levels(content))
    if kind is ColumnKind.BOOLEAN:
        _check_two_levels(content)
    return Content(name=content.name, kind=kind, cells=content.cells)


def as_levels(content: Content) -> Levels:
    """Return a column's values as text: whole numbers without a point, dates in ISO form."""
    values = content.cells
    if isinstance(values, Levels):
        return values
    distinct, codes = np.unique(values, return_inverse=True)
    texts = pa.array([text_of(value) for value in distinct], type=pa.string())
    return Levels(codes=codes.astype(np.int32), texts=texts).renamed(texts)


def value_texts(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return the values of a column as the text that labels of classes have.

    Whole numbers have no point, which a column of numbers with gaps would give them; missing
    values stay missing.

    Examples
    --------
    >>> value_texts(pd.Series([1.0, np.nan, 0.5])).tolist()
    ['1', nan, '0.5']
    """
    has_numbers = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    if not (has_numbers or pd.api.types.is_datetime64_any_dtype(values)):
        return values.astype("str")
    codes, distinct = pd.factorize(values)
    cells = distinct.to_numpy("datetime64[us]") if distinct.dtype.kind == "M" else distinct
    words = np.array([*(text_of(cell) for cell in cells), None], dtype=object)
    return pd.Series(words[codes], index=values.index, name=values.name, dtype="str")


def text_of(value: object) -> str | None:
    """Return one number or date as text, None when it is missing.

    Examples
    --------
    >>> text_of(np.float64(3.0)), text_of(np.float64(2.5)), text_of(np.float64("nan"))
    ('3', '2.5', None)
    """
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value).removesuffix("T00:00:00.000000")
    number = float(value)  # type: ignore[arg-type]
    if np.isnan(number):
        return None
    return str(int(value)) if number.is_integer() else repr(number)  # type: ignore[call-overload]


def _to_number(content: Content) -> Content:
    values = content.cells
    if isinstance(values, Levels):
        values = to_whole(values.spread(loose_numbers(values.texts), np.nan))
    elif np.issubdtype(values.dtype, np.datetime64):
        raise LabError(
            f"the column {content.name!r} holds dates, which are not numbers",
            hint="Keep it as a date: its parts can become features.",
        )
    _check_some_left(content, values, "a number")
    return Content(name=content.name, kind=ColumnKind.NUMBER, cells=values)


def _to_date(content: Content) -> Content:
    levels = as_levels(content)
    found = to_dates(levels.texts)
    dates = any_dates(levels.texts) if found is None else found[0]
    values = levels.spread(dates, np.datetime64("NaT", "us"))
    _check_some_left(content, values, "a date")
    return Content(name=content.name, kind=ColumnKind.DATE, cells=values)


def _check_some_left(content: Content, values: object, noun: str) -> None:
    new = Content(name=content.name, kind=content.kind, cells=values)  # type: ignore[arg-type]
    if new.missing.all() and not content.missing.all():
        raise LabError(
            f"no value of the column {content.name!r} is {noun}", hint="Choose another kind."
        )


def _check_two_levels(content: Content) -> None:
    n_levels = len(as_levels(content))
    if n_levels > 2:
        raise LabError(
            f"the column {content.name!r} has {n_levels:,} different values, a boolean has two",
            hint="Choose category or number.",
        )


def _lost(old: Content, new: Content) -> tuple[str, ...]:
    lost = new.missing & ~old.missing
    if not lost.any():
        return ()
    levels = as_levels(old)
    example = levels.words[levels.codes[int(lost.argmax())]]
    noun = "value is" if lost.sum() == 1 else "values are"
    what = f"{int(lost.sum()):,} {noun} missing in {new.name!r}"
    return (f"{what}: not a {new.kind.value} (such as {plain_text(example)!r}).",)
