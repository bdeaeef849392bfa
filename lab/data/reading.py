"""From a file to a table: unpacked, read by its format, named, typed, and what was done told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from lab.base import ColumnKind, LabError, plain_text
from lab.data.column_names import clean_names
from lab.data.content import Content, make_table
from lab.data.conversion import Typed, type_text
from lab.data.kinds import guess_number_kind
from lab.data.levels import Levels, levels_of
from lab.data.missing_text import MISSING_NOTE, without_missing_words
from lab.data.number_text import NumberFormat
from lab.data.readers.catalogue import reader_of
from lab.data.readers.entry import RawColumns, ReadOptions
from lab.data.readers.unpacking import opened
from lab.data.table import Table

_GUESS = ReadOptions()


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
    source = plain_text(name or path.name, max_length=200)
    with opened(path) as (file, packed):
        magic = file.read(16)
        file.seek(0)
        raw = reader_of(magic).read(file, options)
    notes = (f"Unpacked from {packed}.",) if packed else ()
    return settle(raw, source=source, notes=(*notes, *raw.notes))


def settle(raw: RawColumns, *, source: str, notes: Sequence[str] = ()) -> Table:
    """Return columns as they came from a file as a table: named, typed, without empty rows."""
    names, renamed = clean_names(raw.names)
    found = _Found()
    contents = [
        _typed(name, array, raw.decimal, found)
        for name, array in zip(names, raw.arrays, strict=True)
    ]
    contents, dropped = _without_unnamed_empty(raw.names, contents)
    if not contents:
        raise LabError("the file holds no values", hint="Choose a file that holds data.")
    n_rows = len(contents[0].missing)
    rows = pd.RangeIndex(n_rows) if raw.row_numbers is None else pd.Index(raw.row_numbers)
    empty = _empty_rows(contents)
    if empty is not None:
        if empty.all():
            raise LabError("the file holds no values", hint="Choose a file that holds data.")
        contents = [_kept(content, ~empty) for content in contents]
        rows = rows[~empty]
        word = "row" if empty.sum() == 1 else "rows"
        dropped = (*dropped, f"{int(empty.sum()):,} empty {word} left out.")
    return make_table(
        contents, row_numbers=rows, source=source,
        notes=(*notes, *renamed, *found.notes(), *dropped),
    )  # fmt: skip


@dataclass
class _Found:
    """What typing the columns came across."""

    missing: Counter[str] = field(default_factory=Counter)
    trimmed: list[str] = field(default_factory=list)
    styles: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, words: Counter[str], typed: Typed, decimal: str) -> None:
        if words.pop("trimmed", 0):
            self.trimmed.append(name)
        self.missing.update(words)
        style = typed.style
        if isinstance(style, NumberFormat) and (style.thousands or style.decimal != decimal):
            self.styles.setdefault(f"numbers like {style.title}", []).append(name)
        elif isinstance(style, str) and style != "ISO8601":
            self.styles.setdefault(f"dates like {style}", []).append(name)

    def notes(self) -> tuple[str, ...]:
        notes = []
        if self.missing:
            words = ", ".join(
                f"{'blank text' if word == 'blank' else repr(word)} ({count:,})"
                for word, count in self.missing.most_common(8)
            )
            notes.append(f"{MISSING_NOTE} {words}.")
        if self.trimmed:
            notes.append(f"Blanks around values removed in {_listed(self.trimmed)}.")
        notes.extend(f"Read {what} in {_listed(names)}." for what, names in self.styles.items())
        return tuple(notes)


def _typed(name: str, array: Any, decimal: str, found: _Found) -> Content:
    kind = array.type
    if pa.types.is_int64(kind) or pa.types.is_floating(kind):
        numbers = _finite(_numpy(array))
        return Content(name=name, kind=guess_number_kind(name, numbers), cells=numbers)
    if pa.types.is_timestamp(kind):
        stamps = _numpy(array).astype("datetime64[us]")
        return Content(name=name, kind=ColumnKind.DATE, cells=stamps)
    levels, words = without_missing_words(levels_of(array))
    typed = type_text(name, levels, decimal=decimal)
    for filler in typed.fillers:
        words[filler] += int(levels.counts[levels.words.index(filler)])
    found.add(name, words, typed, decimal)
    return typed.content


def _numpy(array: Any) -> npt.NDArray[Any]:
    values: npt.NDArray[Any] = (
        array.to_numpy() if isinstance(array, pa.ChunkedArray)
        else array.to_numpy(zero_copy_only=False)
    )  # fmt: skip
    return values


def _finite(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if values.dtype.kind == "f" and np.isinf(values).any():
        return np.where(np.isinf(values), np.nan, values)
    return values


def _without_unnamed_empty(
    names: Sequence[str], contents: list[Content]
) -> tuple[list[Content], tuple[str, ...]]:
    kept = [content for name, content in zip(names, contents, strict=True)
            if (name or "").strip() or not content.missing.all()]  # fmt: skip
    dropped = len(contents) - len(kept)
    if not dropped:
        return contents, ()
    word = "column" if dropped == 1 else "columns"
    return kept, (f"{dropped:,} empty {word} without a name left out.",)


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
