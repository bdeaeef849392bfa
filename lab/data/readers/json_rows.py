"""JSON as an array of arrays: a row each, the first of which may name the columns."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from lab.base import LabError
from lab.data.column_names import clean_names
from lab.data.readers.entry import RawColumns
from lab.data.readers.header import joined_names
from lab.data.readers.header_rows import count_header_rows
from lab.data.readers.limits import check_columns
from lab.data.readers.records import Records
from lab.data.readers.values import written

_LOOKED_AT = 400
_READ = "Read as JSON, an array of rows."
_NAMED = "The first row holds the names of the columns (guessed)."
_UNNAMED = "The first row holds values like the rows below, so the columns are numbered (guessed)."

Row = list[object]


def read_rows(values: Iterator[object], header_rows: int | None) -> RawColumns:
    """Return the columns of rows; what is no row of the usual width is left out and named.

    Parameters
    ----------
    values : iterator
        Elements of the array, the first of which is a row.
    header_rows : int or None
        Rows that name the columns; guessed when None.

    Raises
    ------
    LabError
        When there are no rows, or many are not as wide as the others.
    """
    looked = list(islice(values, _LOOKED_AT))
    width = _usual_width(looked)
    guessed = _guess_header(looked, width)
    n_header = guessed if header_rows is None else min(header_rows, len(looked))
    names = _names(looked[:n_header], width)
    keys = clean_names(names)
    records = Records(
        noun="row", whole=f"arrays of {width:,} values as most are", hint="Export the rows again."
    )
    records.add_all(_records(chain(looked[n_header:], values), keys))
    raw = records.take(_READ, *_told(n_header, is_guessed=header_rows is None))
    given = dict(zip(keys, names, strict=True))
    return replace(raw, names=tuple(given.get(name or "", name) for name in raw.names))


def _usual_width(looked: Sequence[object]) -> int:
    widths = Counter(len(row) for row in looked if isinstance(row, list))
    width = max(widths, key=lambda width: (widths[width], width))
    if not width:
        raise LabError("the rows of the JSON are empty", hint="Choose a file that holds data.")
    check_columns(width)
    return width


def _guess_header(looked: Sequence[object], width: int) -> int:
    """Return 1 when the first row names the columns, 0 when it holds values itself.

    Unlike cells of text, values of JSON say what they are: a text above numbers is a name.
    """
    rows = [row for row in looked if isinstance(row, list) and len(row) == width]
    first, body = looked[0], rows[1:]
    if first is not rows[0] or not body or not all(_is_name(value) for value in rows[0]):
        return 0
    columns = ([row[place] for row in body] for place in range(width))
    if any(_holds_no_text(column) for column in columns):
        return 1
    return min(count_header_rows([[_text(value) for value in row] for row in rows]), 1)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _holds_no_text(column: Sequence[object]) -> bool:
    kinds = {type(value) for value in column} - {type(None)}
    return bool(kinds) and str not in kinds


def _names(header: Sequence[object], width: int) -> tuple[str, ...]:
    if not header:
        return ("",) * width
    rows = [row for row in header if isinstance(row, list) and len(row) == width]
    if len(rows) < len(header):
        raise LabError(
            f"a row that is to name the columns has not {width:,} values as the others have",
            hint="Say that another number of rows names the columns, or leave it to be guessed.",
        )
    return joined_names([[_text(value) for value in row] for row in rows])


def _text(value: object) -> str:
    return "" if value is None else str(written(value))


def _records(rows: Iterator[object], keys: tuple[str, ...]) -> Iterator[object]:
    for row in rows:
        if isinstance(row, list) and len(row) == len(keys):
            yield dict(zip(keys, row, strict=True))
        else:
            yield None


def _told(n_header: int, *, is_guessed: bool) -> tuple[str, ...]:
    if not is_guessed:
        return ()
    return (_NAMED if n_header else _UNNAMED,)
