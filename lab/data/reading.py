"""From a file to a table: unpacked, read by its format, named, typed, and what was done told."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from lab.base import ColumnKind, LabError, plain_text
from lab.data.column_names import clean_names, told_names
from lab.data.content import Content, make_table
from lab.data.conversion import Typed, type_text
from lab.data.date_text import compact_dates
from lab.data.kinds import guess_number_kind, guess_text_kind
from lab.data.levels import Levels, levels_of
from lab.data.missing_text import MISSING_NOTE, without_missing_words
from lab.data.number_text import NumberFormat
from lab.data.readers.catalogue import HEAD_BYTES, belied_name, reader_of
from lab.data.readers.entry import RawColumns, ReadOptions
from lab.data.readers.limits import check_text
from lab.data.readers.option_checks import check_options, told_unheeded
from lab.data.readers.unpacking import opened
from lab.data.table import Table
from lab.data.threads import in_turn

_GUESS = ReadOptions()
_LARGE = 500_000
_FIRST = 3
_TOTAL = re.compile(
    r"(grand |sub|all )?(totals?|sum|average|mean)( .{0,20})?|insgesamt|gesamt|summe|totaux",
    re.IGNORECASE,
)


def read_table(path: Path, *, name: str | None = None, options: ReadOptions = _GUESS) -> Table:
    """Return the table in a file, with notes of all that was guessed or changed.

    Parameters
    ----------
    path : Path
        The file; its format shows in its content, not in its name.
    name : str, optional
        What people call the file; its own name when None.
    options : ReadOptions
        What is known about it.

    Raises
    ------
    LabError
        When it cannot be read, in one sentence with a hint.
    """
    return read_file(path, name=name, options=options).table


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """A table and how its file was read.

    Parameters
    ----------
    table : Table
        What the file holds.
    format : str
        Key of `READERS`.
    sheets : tuple of str
        Names of all sheets of a workbook.
    """

    table: Table
    format: str
    sheets: tuple[str, ...] = ()


def read_file(path: Path, *, name: str | None = None, options: ReadOptions = _GUESS) -> Reading:
    """Return the table in a file as `read_table` does, with the format that the file has."""
    source = plain_text(name or path.name, max_length=200)
    with opened(path) as (file, packed):
        head = file.read(HEAD_BYTES)
        file.seek(0)
        check_options(options)
        reader = reader_of(head, options)
        try:
            raw = reader.read(file, options)
        except LabError as error:
            if not packed and (promised := belied_name(source, reader)):
                raise _misnamed(promised, error) from error
            raise
    notes = (f"Unpacked from {packed}.",) if packed else ()
    notes = (*notes, *raw.notes, *told_unheeded(options, reader))
    table = settle(raw, source=source, notes=notes)
    return Reading(table=table, format=reader.key, sheets=raw.sheets)


def settle(raw: RawColumns, *, source: str, notes: Sequence[str] = ()) -> Table:
    """Return columns as they came from a file as a table: named, typed, without empty rows."""
    names = clean_names(raw.names)
    settled = list(in_turn(
        partial(_take, raw), enumerate(names), parallel=_is_large(raw), ahead=len(names)
    ))  # fmt: skip
    kept = [place for place, one in enumerate(settled)
            if (raw.names[place] or "").strip() or not one.content.missing.all()]  # fmt: skip
    contents = [settled[place].content for place in kept]
    if not contents:
        raise _no_values()
    n_rows = len(contents[0].missing)
    rows = pd.RangeIndex(n_rows) if raw.row_numbers is None else pd.Index(raw.row_numbers)
    dropped = _told_dropped(len(names) - len(kept))
    renamed = told_names([raw.names[place] for place in kept], [c.name for c in contents])
    empty = _empty_rows(contents)
    if empty is not None:
        if empty.all():
            raise _no_values()
        contents = [_kept(content, ~empty) for content in contents]
        rows = rows[~empty]
        word = "row" if empty.sum() == 1 else "rows"
        dropped = (*dropped, f"{int(empty.sum()):,} empty {word} left out.")
    check_text(sum(c.cells.n_bytes for c in contents if isinstance(c.cells, Levels)))
    return make_table(
        contents, row_numbers=rows, source=source,
        notes=(*notes, *renamed, *_told(settled, raw), *dropped, *_told_total(contents)),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class _Settled:
    """A typed column, the words in it that were taken as missing, and how its text was read."""

    content: Content
    words: Counter[str] = field(default_factory=Counter)
    style: str = ""


def _take(raw: RawColumns, place_and_name: tuple[int, str]) -> _Settled:
    place, name = place_and_name
    array, raw.arrays[place] = raw.arrays[place], None
    if isinstance(array, np.ndarray) or not _is_text(array.type):
        return _Settled(content=_typed(name, _numpy(array)))
    if place in raw.kinds:
        return _Settled(content=_declared(name, levels_of(array), raw.kinds[place]))
    levels, words = without_missing_words(levels_of(array))
    typed = type_text(name, levels, decimal=raw.decimal, thousands=raw.thousands)
    for filler in typed.fillers:
        words[filler] += int(levels.counts[levels.words.index(filler)])
    return _Settled(content=typed.content, words=words, style=_style(typed, raw.decimal))


def _declared(name: str, levels: Levels, kind: ColumnKind) -> Content:
    guessed = guess_text_kind(levels)
    kind = guessed if guessed is ColumnKind.BOOLEAN else kind
    return Content(name=name, kind=kind, cells=levels)


def _typed(name: str, values: npt.NDArray[Any]) -> Content:
    if values.dtype.kind == "M":
        stamps = values.astype("datetime64[us]", copy=False)
        return Content(name=name, kind=ColumnKind.DATE, cells=stamps)
    dates = compact_dates(name, values) if values.dtype.kind == "i" else None
    if dates is not None:
        return Content(name=name, kind=ColumnKind.DATE, cells=dates)
    numbers = _finite(values)
    return Content(name=name, kind=guess_number_kind(name, numbers), cells=numbers)


def _style(typed: Typed, decimal: str) -> str:
    style = typed.style
    if isinstance(style, NumberFormat):
        unusual = style != NumberFormat(decimal=decimal)
        return f"numbers like {style.title}" if unusual else ""
    return style or ""


def _told(settled: Sequence[_Settled], raw: RawColumns) -> tuple[str, ...]:
    """Return notes of the words taken as missing, blanks removed, and unusual formats."""
    notes = []
    trimmed = [one.content.name for one in settled if one.words.pop("trimmed", 0)]
    missing = _told_missing(settled, raw.missing)
    if missing:
        notes.append(f"{MISSING_NOTE} {missing}.")
    if trimmed:
        notes.append(f"Blanks around values removed in {_listed(trimmed)}.")
    styles: dict[str, list[str]] = {}
    for one in settled:
        if one.style:
            styles.setdefault(one.style, []).append(one.content.name)
    notes.extend(f"Read {what} in {_listed(names)}." for what, names in styles.items())
    return tuple(notes)


def _told_total(contents: Sequence[Content]) -> tuple[str, ...]:
    """Return a note when the last row seems to hold totals."""
    for content in contents[:_FIRST]:
        cells = content.cells
        if not isinstance(cells, Levels) or cells.codes[-1] < 0:
            continue
        word = cells.words[cells.codes[-1]]
        if _TOTAL.fullmatch(word) and (cells.codes == cells.codes[-1]).sum() == 1:
            where = f"{plain_text(word)!r} in {content.name!r}"
            return (f"The last row may hold totals ({where}): it was kept as a row.",)
    return ()


def _told_missing(settled: Sequence[_Settled], words: Sequence[str]) -> str:
    counts: Counter[str] = Counter()
    for one in settled:
        counts.update(one.words)
    told = []
    for word in dict.fromkeys([*counts, *words]):
        shown = "blank text" if word == "blank" else repr(word)
        names = [one.content.name for one in settled if one.words[word]]
        where = [f"{counts[word]:,} in {_listed(names)}"] if names else []
        where += ["in columns of numbers or dates"] if word in words else []
        told.append(f"{shown} ({' and '.join(where)})")
    return ", ".join(told)


def _is_text(kind: Any) -> bool:
    return not (pa.types.is_int64(kind) or pa.types.is_floating(kind)
                or pa.types.is_timestamp(kind))  # fmt: skip


def _is_large(raw: RawColumns) -> bool:
    return bool(raw.arrays) and len(raw.arrays[0]) * len(raw.arrays) > _LARGE


def _no_values() -> LabError:
    return LabError("the file holds no values", hint="Choose a file that holds data.")


def _misnamed(promised: str, error: LabError) -> LabError:
    return LabError(
        f"this is no {promised} file although its name says so, and it cannot be read as what it"
        f" is either: {error.message}",
        hint="Export it again, or give its name the ending of what it holds, such as .csv.",
    )


def _numpy(array: Any) -> npt.NDArray[Any]:
    if isinstance(array, np.ndarray):
        return array
    values: npt.NDArray[Any] = (
        array.to_numpy() if isinstance(array, pa.ChunkedArray)
        else array.to_numpy(zero_copy_only=False)
    )  # fmt: skip
    return values


def _finite(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if values.dtype.kind == "f" and np.isinf(values).any():
        return np.where(np.isinf(values), np.nan, values)
    return values


def _told_dropped(n_columns: int) -> tuple[str, ...]:
    if not n_columns:
        return ()
    word = "column" if n_columns == 1 else "columns"
    return (f"{n_columns:,} empty {word} without a name left out.",)


def _empty_rows(contents: Sequence[Content]) -> npt.NDArray[np.bool_] | None:
    empty: npt.NDArray[np.bool_] | None = None
    for content in contents:
        missing = content.missing
        empty = missing if empty is None else empty & missing
        if not empty.any():
            return None
    return empty


def _kept(content: Content, keep: npt.NDArray[np.bool_]) -> Content:
    values = content.cells
    short = (
        Levels(codes=values.codes[keep], texts=values.texts)
        if isinstance(values, Levels) else values[keep]
    )  # fmt: skip
    return Content(name=content.name, kind=content.kind, cells=short)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(plain_text(name)) for name in names[:5])
    return shown + (f" and {len(names) - 5} more" if len(names) > 5 else "")
