"""One piece of a delimited file parsed by Arrow, typed as planned and as the values allow."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from lab.base import LabError
from lab.data.missing_text import MISSING_WORDS
from lab.data.readers.events import Event

TEXT = pa.dictionary(pa.int32(), pa.string())
STAMP = pa.timestamp("us")
_WRONG = re.compile(
    r"In CSV column #(\d+): .*CSV conversion error to [\w\[\]]+: invalid value '(.*)'$", re.DOTALL
)
_MAX_TRIES = 8
_MAX_BAD_ROWS = 100_000
_BLOCK_BYTES = (2 << 20) + (128 << 10)  # half a piece, so that no third block is left over
_LONG_LINE = "straddling"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How the columns of a delimited file are parsed.

    Parameters
    ----------
    delimiter : str
        Between cells; empty for one column.
    types : tuple of pyarrow.DataType
        int64, float64, timestamps or dictionaries of strings, by column.
    decimal : str
        Decimal mark of the numbers.
    missing : tuple of str
        Words that are missing values in columns that are not text.
    quote : str
        Around cells; empty for none.
    """

    delimiter: str
    types: tuple[Any, ...]
    decimal: str = "."
    missing: tuple[str, ...] = ("",)
    quote: str = '"'


@dataclass(frozen=True, kw_only=True, eq=False)
class Parsed:
    """The columns of a piece.

    Parameters
    ----------
    arrays : tuple of pyarrow.ChunkedArray
        One a column; they may be typed more loosely than planned.
    n_rows : int
        Number of rows, with those left out.
    missing : tuple of str
        Words that were taken as missing in columns that are not text.
    n_bad : int
        Rows of another width than planned, which are not among the columns.
    is_loosened : bool
        Whether a column became text that was not planned so.
    left_out : tuple of int
        Rows left out by mending: their number in the piece.
    events : tuple of Event
        What mending did.
    is_mended, is_ended : bool
        Whether the piece was mended, and whether another table begins in it.
    n_lines : int
        Line ends in the piece.
    """

    arrays: tuple[Any, ...]
    n_rows: int
    missing: tuple[str, ...]
    n_bad: int = 0
    is_loosened: bool = False
    left_out: tuple[int, ...] = ()
    events: tuple[Event, ...] = ()
    is_mended: bool = False
    is_ended: bool = False
    n_lines: int = 0


def parse_piece(
    data: bytes | memoryview, plan: Plan, places: Sequence[int] | None = None
) -> Parsed:
    """Return the columns of a piece; a column with a value of another type is read more loosely.

    Whole numbers become floats, then text; a known word for a missing value is taken as one.

    Parameters
    ----------
    data : bytes or memoryview
        Whole records in UTF-8, which is not checked here.
    plan : Plan
        The types to begin with.
    places : sequence of int, optional
        Only these columns.

    Raises
    ------
    LabError
        When it cannot be divided into rows and cells.
    """
    places = range(len(plan.types)) if places is None else places
    planned = plan.types
    block_bytes = _BLOCK_BYTES
    for left in range(_MAX_TRIES, -1, -1):
        bad: list[int] = []
        try:
            table = _table(data, plan, places, bad, block_bytes)
            break
        except pa.ArrowInvalid as error:
            if left <= 1:
                plan, block_bytes = _all_text(plan, error), max(len(data), _BLOCK_BYTES)
            elif _LONG_LINE in str(error) and block_bytes < len(data):
                block_bytes = len(data)
            else:
                plan = _looser(plan, error)
    return Parsed(
        arrays=tuple(table.columns), n_rows=len(table) + len(bad), n_bad=len(bad),
        missing=plan.missing, is_loosened=_is_loosened(planned, plan.types),
    )  # fmt: skip


def _table(
    data: bytes | memoryview,
    plan: Plan,
    places: Sequence[int],
    bad: list[int],
    block_bytes: int,
) -> Any:
    def skip(row: Any) -> str:
        bad.append(row.number)
        return "skip" if len(bad) < _MAX_BAD_ROWS else "error"

    names = [str(place) for place in range(len(plan.types))]
    return pa_csv.read_csv(
        pa.BufferReader(data),
        read_options=pa_csv.ReadOptions(
            column_names=names, use_threads=False, block_size=block_bytes
        ),
        parse_options=pa_csv.ParseOptions(
            delimiter=plan.delimiter or "\x1f", quote_char=plan.quote or False,
            newlines_in_values=True, invalid_row_handler=skip,
        ),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict(zip(names, plan.types, strict=True)),
            null_values=list(plan.missing), strings_can_be_null=False, check_utf8=False,
            decimal_point=plan.decimal, include_columns=[names[place] for place in places],
        ),
    )  # fmt: skip


def _is_loosened(planned: Sequence[Any], found: Sequence[Any]) -> bool:
    return any(one != TEXT and other == TEXT for one, other in zip(planned, found, strict=True))


def _looser(plan: Plan, error: pa.ArrowInvalid) -> Plan:
    text = str(error)
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


def _all_text(plan: Plan, error: pa.ArrowInvalid) -> Plan:
    if all(kind == TEXT for kind in plan.types):
        _looser(plan, error)
    return replace(plan, types=(TEXT,) * len(plan.types))
