"""One piece of a delimited file parsed by Arrow, typed as planned and as the values allow."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.csv as pa_csv

from lab.base import LabError
from lab.data.missing_text import MISSING_WORDS

TEXT = pa.dictionary(pa.int32(), pa.string())
_WRONG = re.compile(r"In CSV column #(\d+): .*CSV conversion error to \w+: invalid value '(.*)'$",
                    re.DOTALL)  # fmt: skip
_MAX_TRIES = 8
_MAX_BAD_ROWS = 100_000


class NotUtf8Error(Exception):
    """The text is not UTF-8."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How the columns of a delimited file are parsed.

    Parameters
    ----------
    delimiter : str
        Between cells; empty for one column.
    types : tuple of pyarrow.DataType
        int64, float64 or dictionaries of strings, by column.
    decimal : str
        Decimal mark of the numbers.
    missing : tuple of str
        Words that are missing values in columns of numbers.
    """

    delimiter: str
    types: tuple[Any, ...]
    decimal: str = "."
    missing: tuple[str, ...] = ("",)


@dataclass(frozen=True, kw_only=True, eq=False)
class Parsed:
    """The columns of a piece.

    Parameters
    ----------
    start, end : int
        Its bytes in the file.
    arrays : tuple of pyarrow.Array
        One a column; those of numbers may be typed otherwise than planned.
    n_rows : int
        Number of rows, with those left out.
    bad : tuple of (int, int)
        Rows left out: their number in the piece, and how many cells they have.
    """

    start: int
    end: int
    arrays: tuple[Any, ...]
    n_rows: int
    bad: tuple[tuple[int, int], ...]


def parse_piece(data: bytes, plan: Plan, *, start: int = 0) -> Parsed:
    """Return the columns of a piece; a column with a value of another type is read more loosely.

    Whole numbers become floats, then text; a known word for a missing value is taken as one.

    Raises
    ------
    NotUtf8Error
        When the text is not UTF-8.
    """
    for _ in range(_MAX_TRIES):
        bad: list[tuple[int, int]] = []
        try:
            table = _table(data, plan, range(len(plan.types)), bad)
        except pa.ArrowInvalid as error:
            plan = _looser(plan, error)
            continue
        return _parsed(table, data, start, bad)
    plan = replace(plan, types=(TEXT,) * len(plan.types))
    bad = []
    return _parsed(_table(data, plan, range(len(plan.types)), bad), data, start, bad)


def retyped(file: BinaryIO, parsed: Sequence[Parsed], plan: Plan) -> list[Parsed]:
    """Return the pieces with one type a column: text everywhere if any piece has text there."""
    kinds = [{part.arrays[place].type for part in parsed} for place in range(len(plan.types))]
    as_text = [place for place, types in enumerate(kinds) if TEXT in types and len(types) > 1]
    as_float = [place for place, types in enumerate(kinds) if len(types) > 1
                and TEXT not in types]  # fmt: skip
    if not as_text and not as_float:
        return list(parsed)
    return [_retyped(file, part, plan, as_text, as_float) for part in parsed]


def _retyped(
    file: BinaryIO, part: Parsed, plan: Plan, as_text: list[int], as_float: list[int]
) -> Parsed:
    arrays = list(part.arrays)
    for place in as_float:
        arrays[place] = arrays[place].cast(pa.float64())
    again = [place for place in as_text if arrays[place].type != TEXT]
    if again:
        file.seek(part.start)
        text_plan = replace(plan, types=(TEXT,) * len(plan.types))
        table = _table(file.read(part.end - part.start), text_plan, again, [])
        for place in again:
            arrays[place] = _one_array(table.column(str(place)))
    return replace(part, arrays=tuple(arrays))


def _table(data: bytes, plan: Plan, places: Sequence[int], bad: list[tuple[int, int]]) -> Any:
    def skip(row: Any) -> str:
        bad.append((row.number - 1, row.actual_columns))
        return "skip" if len(bad) < _MAX_BAD_ROWS else "error"

    names = [str(place) for place in range(len(plan.types))]
    return pa_csv.read_csv(
        pa.BufferReader(data),
        read_options=pa_csv.ReadOptions(
            column_names=names, use_threads=False, block_size=max(len(data), 1 << 16)
        ),
        parse_options=pa_csv.ParseOptions(
            delimiter=plan.delimiter or "\x1f", newlines_in_values=True,
            invalid_row_handler=skip,
        ),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict(zip(names, plan.types, strict=True)), null_values=list(plan.missing),
            strings_can_be_null=False, decimal_point=plan.decimal,
            include_columns=[names[place] for place in places],
        ),
    )  # fmt: skip


def _looser(plan: Plan, error: pa.ArrowInvalid) -> Plan:
    text = str(error)
    if "invalid UTF8" in text:
        raise NotUtf8Error from error
    found = _WRONG.search(text)
    if found is None:
        raise LabError(
            "the file cannot be divided into rows and cells",
            hint="Check the delimiter and the quotation marks.",
        ) from error
    place, value = int(found[1]), found[2]
    if value in MISSING_WORDS and value not in plan.missing:
        return replace(plan, missing=(*plan.missing, value))
    types = list(plan.types)
    types[place] = pa.float64() if types[place] == pa.int64() else TEXT
    return replace(plan, types=tuple(types))


def _parsed(table: Any, data: bytes, start: int, bad: list[tuple[int, int]]) -> Parsed:
    return Parsed(
        start=start, end=start + len(data), arrays=tuple(_one_array(c) for c in table.columns),
        n_rows=len(table) + len(bad), bad=tuple(bad),
    )  # fmt: skip


def _one_array(column: Any) -> Any:
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks() if column.num_chunks else pa.array([], column.type)
