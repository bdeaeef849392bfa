"""Excel and OpenDocument sheets, through python-calamine."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from lab.base import LabError, plain_text
from lab.data.conversion import text_of
from lab.data.number_text import to_whole
from lab.data.readers.entry import RawColumns, ReadOptions
from lab.data.readers.limits import check_cells
from lab.data.readers.sheet_rows import column_names, divide

Rows = list[list[Any]]


def read_excel(file: BinaryIO, options: ReadOptions) -> RawColumns:
    """Return the columns of one sheet: the first, or the one that the options name.

    Raises
    ------
    LabError
        When the workbook is damaged, has no such sheet, or the sheet has no rows.
    """
    name, rows, names = _rows(file, options.sheet)
    if not rows:
        raise LabError(f"the sheet {plain_text(name)!r} is empty", hint="Choose another sheet.")
    parts = divide(rows, options)
    if not parts.body:
        raise LabError(
            f"the sheet {plain_text(name)!r} has a header and no rows",
            hint="Choose a sheet that holds data as well.",
        )
    header = [[_text(cell) or "" for cell in row] for row in parts.header]
    n_columns = len(rows[0])
    return RawColumns(
        names=column_names(header, n_columns),
        arrays=[_column([row[place] for row in parts.body]) for place in range(n_columns)],
        notes=(_told(name, [other for other in names if other != name]), *parts.notes),
        sheets=names,
    )  # fmt: skip


def _rows(file: BinaryIO, wanted: str | None) -> tuple[str, Rows, tuple[str, ...]]:
    """Return the name of the sheet that is read, its rows, and the names of all sheets."""
    import python_calamine

    try:
        with python_calamine.load_workbook(file) as book:
            names = tuple(book.sheet_names)
            name = _sheet_name(names, wanted)
            sheet = book.get_sheet_by_name(name)
            check_cells(sheet.height, sheet.width)
            return name, sheet.to_python(skip_empty_area=True), names
    except (python_calamine.CalamineError, OSError, ValueError, TypeError) as error:
        raise LabError(
            "the workbook is damaged, protected or of an unknown kind",
            hint="Open it in a spreadsheet program and save it as CSV or .xlsx.",
        ) from error


def _sheet_name(names: Sequence[str], wanted: str | None) -> str:
    if not names:
        raise LabError("the workbook has no sheets", hint="Choose another file.")
    if wanted is None:
        return names[0]
    if wanted not in names:
        listed = ", ".join(repr(plain_text(name)) for name in names[:20])
        raise LabError(
            f"there is no sheet {plain_text(wanted)!r}", hint=f"The sheets are: {listed}."
        )
    return wanted


def _told(name: str, others: Sequence[str]) -> str:
    listed = ", ".join(repr(plain_text(other, max_length=40)) for other in others[:8])
    more = f"; {len(others)} more in the workbook not read ({listed})" if others else ""
    return f"Read from the sheet {plain_text(name)!r}{more}."


def _column(cells: list[Any]) -> Any:
    """Return cells as numbers or timestamps when all are, else as text."""
    known = [cell for cell in cells if cell != ""]
    if known and all(isinstance(cell, int | float) and not isinstance(cell, bool)
                     for cell in known):  # fmt: skip
        values = np.array([np.nan if cell == "" else cell for cell in cells], dtype=np.float64)
        return to_whole(values)
    if known and all(isinstance(cell, dt.date) for cell in known):
        stamps = [None if cell == "" else _stamp(cell) for cell in cells]
        return pa.array(stamps, pa.timestamp("us"))
    return pa.array([_text(cell) for cell in cells], pa.string())


def _stamp(cell: dt.date) -> dt.datetime:
    if isinstance(cell, dt.datetime):
        return cell.replace(tzinfo=None)
    return dt.datetime.combine(cell, dt.time())


def _text(cell: Any) -> str | None:
    if isinstance(cell, float):
        return text_of(cell)
    return None if cell == "" else str(cell).removesuffix(" 00:00:00")
