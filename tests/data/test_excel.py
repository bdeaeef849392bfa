"""Excel workbooks, written by openpyxl and read through python-calamine."""

import numpy as np
import openpyxl
import pandas as pd
import pytest

from lab.base import ColumnKind, LabError
from lab.data import ReadOptions, read_table


@pytest.fixture
def read_sheets(tmp_path):
    def write_and_read(sheets, **options):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "book.xlsx")
        return read_table(tmp_path / "book.xlsx", options=ReadOptions(**options))

    return write_and_read


ROWS = [
    ["whole", "real", "text", "day", "truth", "mixed"],
    [1, 0.5, "x", pd.Timestamp("2024-01-31").to_pydatetime(), True, 1],
    [2, None, None, pd.Timestamp("2024-02-01 10:30").to_pydatetime(), False, "many"],
    [3, 2.5, "NA", None, True, 2.5],
]


def test_every_type_of_cell_is_read(read_sheets):
    table = read_sheets({"data": ROWS})
    assert table.frame["whole"].tolist() == [1, 2, 3]
    assert table.frame["real"].isna().tolist() == [False, True, False]
    assert table.frame["text"].isna().tolist() == [False, True, True]
    assert table.frame["day"].iloc[1] == pd.Timestamp("2024-02-01 10:30")
    assert table.frame["mixed"].tolist() == ["1", "many", "2.5"]
    assert table.schema["truth"].kind is ColumnKind.BOOLEAN
    assert table.frame["whole"].dtype == np.int64


def test_the_first_sheet_is_read_and_told_or_the_one_that_is_named(read_sheets):
    sheets = {"one": [["a"], [1], [2]], "two": [["b", "c"], [3, 4], [5, 6]]}
    first = read_sheets(sheets)
    assert first.schema.names == ("a",)
    assert any("'one'; 1 more" in note for note in first.notes)
    assert read_sheets(sheets, sheet="two").schema.names == ("b", "c")


def test_a_sheet_that_is_not_there_is_an_error_that_names_the_others(read_sheets):
    with pytest.raises(LabError, match="no sheet 'three'") as caught:
        read_sheets({"one": [["a"], [1]]}, sheet="three")
    assert "'one'" in caught.value.hint


@pytest.mark.parametrize(
    ("rows", "message"), [([], "is empty"), ([["a", "b"]], "a header and no rows")]
)
def test_a_sheet_without_rows_is_an_error(read_sheets, rows, message):
    with pytest.raises(LabError, match=message):
        read_sheets({"one": rows})


def test_empty_rows_are_dropped_and_numbers_as_text_are_read(read_sheets):
    table = read_sheets({"one": [["a", "b"], ["1", "x"], [None, None], ["2", "y"]]})
    assert table.frame["a"].tolist() == [1, 2]
    assert table.frame.index.tolist() == [0, 2]


def test_a_damaged_workbook_is_an_error(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(LabError, match="damaged, protected or of an unknown kind"):
        read_table(path)
