"""Files as they come from offices, programs and the web: read with what is around them told."""

import pandas as pd
import pytest

from lab.base import ColumnKind


def told(table, text):
    return any(text in note for note in table.notes)


def test_a_report_of_an_office(read):
    table = read(
        "Table 5: Population by region\n\n;2019;;2020;\nRegion;Men;Women;Men;Women\n"
        "North;1.234;2.345;1.300;2.400\nSouth;3.456;4.567;3.500;4.600\n"
        "Total;4.690;6.912;4.800;7.000\n\nSource: Office\nNotes: provisional; revised\n"
    )
    assert table.schema.names == (
        "Region", "2019 / Men", "2019 / Women", "2020 / Men", "2020 / Women"
    )  # fmt: skip
    assert len(table.frame) == 3
    for words in ("Line 1 above", "Lines 9-10 below", "could divide thousands", "may hold totals"):
        assert told(table, words), words


def test_a_download_with_lines_of_another_width_above(read):
    table = read(
        '\ufeff"Data Source","World",\n\n"Updated","2020-10-15",\n\n'
        '"Country","Code","1960","1961","1962",\n"Aruba","ABW","54211","55438","",\n'
        '"Chad","TCD","1","","3",\n"Cuba","CUB","7","8","9",\n'
    )
    assert table.schema.names == ("Country", "Code", "1960", "1961", "1962")
    assert table.frame["1960"].tolist() == [54211, 1, 7]
    assert told(table, "Lines 1-3 left out")


def test_a_sheet_that_begins_in_its_second_column(read):
    table = read(",Report 2020,,\n,,,\n,name,x,y\n,a,1,2\n,b,3,4\n,c,5,6\n")
    assert table.frame.to_dict("list") == {"name": ["a", "b", "c"], "x": [1, 3, 5], "y": [2, 4, 6]}
    assert told(table, "above the table left out: ',Report 2020")


@pytest.mark.parametrize(
    "text",
    [
        " id | name  | x \n----+-------+---\n  1 | ann   | 2\n  2 | bob   | 3\n(2 rows)\n",
        "| id | name | x |\n|---|---|---|\n| 1 | ann | 2 |\n| 2 | bob | 3 |\n",
    ],
    ids=["a terminal", "a document"],
)
def test_tables_drawn_with_bars(read, text):
    table = read(text)
    assert table.frame.to_dict("list") == {"id": [1, 2], "name": ["ann", "bob"], "x": [2, 3]}
    assert told(table, "Line 2 left out")


def test_columns_aligned_by_blanks_and_tabs(read):
    table = read(
        '18.0   8   307.0\t"chevrolet malibu"\n15.0   8   350.0\t"buick skylark"\n'
        '18.0   8   318.0\t"plymouth satellite"\n'
    )
    assert table.frame["column_4"].tolist() == [
        "chevrolet malibu", "buick skylark", "plymouth satellite"
    ]  # fmt: skip


_CAFES = (
    "Harry's, Arlington Heights, IL, 2/1/03, Kimi Hayes\n"
    "Shark City, Glendale Heights, IL, 12/28/02, Prezence\n"
    "Tommy's Place, Blue Island, IL, 12/28/02, Blue Sunday/White Crow\n"
    "Stonecutters Seafood and Chop House, Lemont, IL, 12/19/02, Week Back\n"
)
_MARKED = (
    "'Harry''s':'Arlington Heights':'IL':'2/1/03':'Kimi Hayes'\n"
    "'Shark City':'Glendale Heights':'IL':'12/28/02':'Prezence'\n"
    "'Tommy''s Place':'Blue Island':'IL':'12/28/02':'Blue Sunday/White Crow'\n"
)
_NUMBERS = "2147483648;43.0e12;17;abc;def\n147483648;43.0e2;17;abc;def\n47483648;43.0;170;abc;def\n"


@pytest.mark.parametrize(
    ("text", "shape"),
    [  # after the tests of the sniffer in CPython (Lib/test/test_csv.py)
        (_CAFES, (4, 5)), (_MARKED, (3, 5)), (_NUMBERS, (3, 5)),
        ("a|b|c\r\nd|e|f\r\n", (1, 3)),
        ("'a'|'b'|'c'\r\n'd'|e|f\r\n", (1, 3)),
    ],
)  # fmt: skip
def test_samples_of_another_sniffer(read, text, shape):
    assert read(text).frame.shape == shape


def test_a_header_of_another_width_names_no_column(read):
    table = read("a,b,c,d\n1,2,3\n4,5,6\n7,8,9\n")
    assert table.schema.names == ("column_1", "column_2", "column_3")
    assert len(table.frame) == 3
    assert told(table, "The header has 4 cells and the lines below have 3")


def test_prose_is_not_divided_at_its_blanks(read):
    assert read("text\nthis is a line\nthat is another one\nand so it goes\n").frame.shape == (3, 1)


def test_dates_in_several_forms_are_read_when_each_is_one_day(read):
    table = read('d,x\n2020-01-31,1\n31.01.2020,2\n5/25/2020,3\n"May 3, 2020",4\n')
    assert table.frame["d"].tolist() == [
        pd.Timestamp(day) for day in ("2020-01-31", "2020-01-31", "2020-05-25", "2020-05-03")
    ]
    assert told(table, "dates in several forms (YYYY-MM-DD, DD.MM.YYYY, MM/DD/YYYY, Mon DD, YYYY)")
    unclear = read("d,x\n2020-01-31,1\n5/5/2020,2\n5/6/2020,3\n")
    assert unclear.frame["d"].tolist() == ["2020-01-31", "5/5/2020", "5/6/2020"]


def test_words_for_yes_and_no_are_booleans_however_they_are_spelt(read):
    table = read("a,b\nYes,1\nno,2\nYES,3\nYes,4\n")
    assert table.schema["a"].kind is ColumnKind.BOOLEAN
    assert table.frame["a"].tolist() == ["Yes", "no", "Yes", "Yes"]
    assert told(table, "words that differ in capitals as one in 'a'")


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["$1.5", "-$2.5", "$ 3"], [1.5, -2.5, 3]), (["5 EUR", "6 EUR", "-7 EUR"], [5, 6, -7]),
        (["(5)", "7", "(1,234)"], [-5, 7, -1234]), (["10%", "12.5 %", "-3%"], [10, 12.5, -3]),
    ],
)  # fmt: skip
def test_signs_of_currency_and_percent_are_left_out_and_told(read, cells, values):
    table = read("a\tb\n" + "".join(f"{cell}\tx\n" for cell in cells))
    assert table.frame["a"].tolist() == values
    assert told(table, "numbers like")


def test_two_currencies_or_a_lone_percent_stay_text(read):
    assert read("a,b\n$5,1\n€6,2\n$7,3\n").frame["a"].tolist() == ["$5", "€6", "$7"]
    assert read("a,b\n5%,1\n6,2\n7,3\n").frame["a"].tolist() == ["5%", "6", "7"]


def test_a_thousands_mark_that_is_said_is_followed(read):
    assert read("a;b\n1.234;2\n5.678;4\n", thousands=".").frame["a"].tolist() == [1234, 5678]
    assert read("a;b\n1.234;2\n5.678;4\n", thousands="").frame["a"].tolist() == [1.234, 5.678]


def test_two_readings_are_told(read):
    table = read("a;b|c\nx;y|z\nu;v|w\n")
    assert told(table, "Several readings are possible")


def test_a_last_line_with_a_name_alone_is_a_row(read):
    rows = "".join(f"n{row},{row},{row + 1}\n" for row in range(6))
    assert len(read("name,x,y\n" + rows + "zed,,\n").frame) == 7
    noted = read("name,x,y\n" + rows + "Source: the office,,\n")
    assert len(noted.frame) == 6
    assert told(noted, "Line 8 below the table left out: 'Source: the office")
    sparse = read("name,x,y\nann,1,2\nb,,\nc,3,4\nsomebody else,,\n")
    assert len(sparse.frame) == 4


def test_a_short_line_is_filled_only_where_its_cells_belong(read):
    rows = "".join(f"{row},red,{row}.5,x{row}\n" for row in range(8))
    table = read("a,b,c,d\n" + rows + "8,red,8.5\n" + "9,red\n" + "red,9.5,x\n" + rows)
    assert table.frame["a"].tolist() == [*range(8), 8, 9, *range(8)]
    assert told(table, "Lines 10-11 with fewer cells")
    assert told(table, "Line 12 left out")


def test_the_larger_of_two_tables_is_read(read):
    rows = "".join(f"n{row},{row},t\n" for row in range(9))
    table = read("k,v\nx,1\ny,2\n\nname,age,town\n" + rows)
    assert table.schema.names == ("name", "age", "town")
    assert told(table, "Lines 1-3 left out: another table, of 2 columns")


def test_lines_shorter_than_their_header_are_told(read):
    rows = "".join(f"{row}.1,n{row},2020-01-0{row}" + (",9\n" if row > 6 else "\n")
                   for row in range(1, 10))  # fmt: skip
    table = read("version,name,day,end\n" + rows)
    assert table.schema.names == ("version", "name", "day", "end")
    assert table.frame["end"].isna().sum() == 6
    assert told(table, "Lines 2-7 (6 in all) with fewer cells")


def test_a_mark_never_closed_far_down_costs_its_line_alone(read):
    good = "".join(f"{row},row\n" for row in range(300_000))
    table = read('a,b\n0,"never closed\n' + good)
    assert len(table.frame) == 300_001
    assert told(table, "Line 2 with quotation marks that do not match")


def test_names_that_lose_line_breaks_and_names_that_are_cut_are_told(read):
    long = "x" * 230
    table = read(f'"first\nname",plain, outer ,{long}\n' + "1,2,3,4\n5,6,7,8\n9,10,11,13\n")
    assert table.schema.names[:3] == ("first name", "plain", "outer")
    (breaks,) = [note for note in table.notes if "line breaks" in note]
    assert breaks == (
        "Column with line breaks or unseen characters in the name now called 'first name'."
    )
    assert [note[:36] for note in table.notes if "very long" in note] == [
        "Column with a very long name now cal"
    ]
