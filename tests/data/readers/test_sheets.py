"""Sheets: titles above the table, several header rows, and which sheets there are."""

import openpyxl
import pytest

from lab.base import LabError
from lab.data import ReadOptions
from lab.data.reading import read_file


@pytest.fixture
def read_rows(tmp_path):
    def write_and_read(rows, **options):
        book = openpyxl.Workbook()
        book.active.title = "first"
        for row in rows:
            book.active.append(row)
        book.create_sheet("second").append(["x"])
        book.save(tmp_path / "book.xlsx")
        return read_file(tmp_path / "book.xlsx", options=ReadOptions(**options))

    return write_and_read


TABLE = [["name", "size"], ["a", 1], ["b", 2]]


def test_titles_above_the_table_are_left_out_and_told(read_rows):
    found = read_rows([["Report of 2024", None], [None, None], ["in cm", None], *TABLE])
    assert found.table.schema.names == ("name", "size")
    assert found.table.frame["size"].tolist() == [1, 2]
    told = "3 rows above the table left out: 'Report of 2024', 'in cm'."
    assert told in found.table.notes
    assert found.sheets == ("first", "second")


@pytest.mark.parametrize(
    "rows", [TABLE, [["name", None], ["a", 1], ["b", 2]], [[1, None], ["a", 1], ["b", 2]]]
)
def test_a_header_is_not_taken_for_a_title(read_rows, rows):
    assert len(read_rows(rows).table.frame) == 2


def test_rows_to_skip_and_header_rows_are_what_one_says(read_rows):
    rows = [["a", "b"], ["size", None], ["w", "h"], [1, 2], [3, 4]]
    table = read_rows(rows, skip_rows=1, header_rows=2).table
    assert table.schema.names == ("size w", "size h")
    assert table.frame.to_numpy().tolist() == [[1, 2], [3, 4]]
    bare = read_rows([[1, 2], [3, 4]], header_rows=0).table
    assert bare.frame.to_numpy().tolist() == [[1, 2], [3, 4]]
    assert bare.schema.names == ("column_1", "column_2")


def test_skipping_more_than_there_is_is_an_error(read_rows):
    with pytest.raises(LabError, match="has 3 rows, 8 of them"):
        read_rows(TABLE, skip_rows=7)
