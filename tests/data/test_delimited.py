"""How delimited text is divided, decoded and typed, and what is told about it."""

import pandas as pd
import pytest

from lab.base import ColumnKind, LabError


def kinds(table):
    return [column.kind for column in table.schema]


def told(table, text):
    return any(text in note for note in table.notes)


@pytest.mark.parametrize(
    ("mark", "name"),
    [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "vertical bar"), (":", "colon")],
)
def test_every_common_delimiter_is_found_and_told(read, mark, name):
    table = read(f"a{mark}b\n1{mark}x\n2{mark}y\n3{mark}z\n")
    assert table.frame.to_dict("list") == {"a": [1, 2, 3], "b": ["x", "y", "z"]}
    assert told(table, name)


def test_a_decimal_comma_is_read_and_told(read):
    table = read("a;b\n1,5;x\n-2,25;y\n1e3;z\n")
    assert table.frame["a"].tolist() == [1.5, -2.25, 1000.0]
    assert told(table, "decimal comma")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('a,b\n"1,234",x\n"2,345,678",y\n', [1234, 2345678]),
        ("a;b\n1.234,5;x\n2.345.678,25;y\n", [1234.5, 2345678.25]),
        ("a;b\n1 234,5;x\n12 345,25;y\n", [1234.5, 12345.25]),
        ("a;b\n1\u202f234;x\n12\u00a0345;y\n", [1234, 12345]),
        ("a;b\n1'234.5;x\n12'345.25;y\n", [1234.5, 12345.25]),
    ],
)
def test_thousands_marks_are_told_apart_from_decimal_marks(read, text, values):
    table = read(text)
    assert table.frame["a"].tolist() == values
    assert told(table, "numbers like")


def test_a_mark_that_could_be_either_follows_its_neighbours(read):
    commas = read("a;b\n1,234;0,5\n5,678;1,25\n")
    points = read('a,b\n"1,234",0.5\n"5,678",1.25\n')
    assert commas.frame["a"].tolist() == [1.234, 5.678]
    assert points.frame["a"].tolist() == [1234, 5678]


def test_a_chosen_decimal_mark_is_followed(read):
    table = read("a;b\n1,234;x\n5,678;y\n", decimal=",")
    assert table.frame["a"].tolist() == [1.234, 5.678]


def test_quoted_line_ends_delimiters_and_quotation_marks_stay_in_their_cell(read):
    table = read('a,b\n"line 1\nline 2",1\n"x, ""y""",2\n')
    assert table.frame["a"].tolist() == ["line 1\nline 2", 'x, "y"']


def test_quotation_marks_inside_a_cell_are_text(read):
    table = read('a,b\n1,5" pipe\n2,plain\n3,7" pipe\n4,6" pipe\n')
    assert table.frame["b"].tolist() == ['5" pipe', "plain", '7" pipe', '6" pipe']


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(read, end):
    table = read(end.join(["a,b", "1,2", "3,4", ""]))
    assert table.frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}


def test_ragged_rows_are_left_out_by_name_and_never_shifted(read):
    good = "".join(f"{row},{row}\n" for row in range(4, 12))
    table = read("a,b\n0,0\nx\n2,2,2\n3,3\n" + good)
    assert (table.frame["a"] == table.frame["b"]).all()
    assert table.frame.index.tolist() == [0, 3, *range(4, 12)]
    assert told(table, "Lines 3-4 left out")


def test_a_mostly_ragged_file_is_an_error(read):
    with pytest.raises(LabError, match="3 of 4 lines have another number of cells"):
        read("a,b\n1,2,3\n3\n4,5,6\n7,8\n")


def test_a_trailing_delimiter_makes_no_column(read):
    assert read("a,b\n1,2,\n3,4,\n").schema.names == ("a", "b")
    assert read("a,b,\n1,2,\n3,4,\n").schema.names == ("a", "b")


def test_row_names_without_a_header_become_a_column(read):
    table = read("a,b\nr1,1,2\nr2,3,4\nr3,5,6\n")
    assert table.frame["a"].tolist() == [1, 3, 5]
    assert told(table, "row names")


def test_duplicate_and_empty_column_names_are_renamed_and_told(read):
    table = read("a,a,,a_2\n1,2,3,4\n")
    assert table.schema.names == ("a", "a_3", "column_3", "a_2")
    assert told(table, "'column_3'")
    assert told(table, "'a_3'")


def test_words_and_blanks_for_missing_are_told(read):
    table = read("a,b,c\n1,?,x\nNA,  ,y\n3,4,z\n4,5,n/a\n")
    assert table.frame["a"].isna().tolist() == [False, True, False, False]
    assert table.frame["b"].isna().tolist() == [True, True, False, False]
    assert table.frame["c"].isna().tolist() == [False, False, False, True]
    note = next(note for note in table.notes if note.startswith("Taken as missing"))
    assert all(word in note for word in ("'?'", "'NA'", "blank text", "'n/a'"))


def test_a_dash_is_missing_only_among_numbers(read):
    table = read("a,b\n1,x\n-,-\n3,y\n")
    assert table.frame["a"].isna().tolist() == [False, True, False]
    assert table.frame["b"].tolist() == ["x", "-", "y"]
    assert told(table, "'-' (1 in 'a')")


def test_infinite_numbers_are_missing(read):
    table = read("a,b,c\ninf,1e999,1\n2,2,2\n-Inf,3,3\n")
    assert table.frame["a"].isna().tolist() == [True, False, True]
    assert table.frame["b"].isna().tolist() == [True, False, False]


def test_empty_rows_are_dropped_and_told_and_leave_a_gap(read):
    table = read("a,b\n1,2\n,\n?, \n3,4\n")
    assert table.frame.index.tolist() == [0, 3]
    assert told(table, "2 empty rows left out")


def test_blank_lines_are_no_rows(read):
    table = read("\n\na,b\n1,2\n\n\n3,4\n\n")
    assert table.frame.index.tolist() == [0, 1]


def test_postcodes_and_very_long_numbers_stay_text(read):
    table = read("zip,account,x\n01234,12345678901234567890,1\n90210,1,2\n")
    assert table.frame["zip"].tolist() == ["01234", "90210"]
    assert table.frame["account"].tolist() == ["12345678901234567890", "1"]


def test_dates_of_all_common_shapes_become_dates(read):
    table = read(
        "iso,german,us,zoned,named,stamp\n"
        '2024-01-31,31.01.2024,01/31/2024,2024-01-31T23:00-02:00,"Jan 31, 2024",2024-01-31 10:20\n'
        '2024-02-01,01.02.2024,02/01/2024,2024-02-01T00:00Z,"Feb 1, 2024",2024-02-01 00:00\n'
    )
    day = [pd.Timestamp("2024-01-31"), pd.Timestamp("2024-02-01")]
    for name in ("iso", "german", "us", "named"):
        assert table.frame[name].tolist() == day
    assert table.frame["zoned"].tolist() == [pd.Timestamp("2024-02-01 01:00"), day[1]]
    assert table.frame["stamp"].iloc[0] == pd.Timestamp("2024-01-31 10:20")
    assert set(kinds(table)) == {ColumnKind.DATE}


def test_dates_that_could_be_two_days_are_told(read):
    table = read("d,x\n01/02/2024,1\n03/04/2024,2\n")
    assert told(table, "day and month could be the other way round")


def test_an_impossible_date_leaves_the_column_text(read):
    table = read("d,x\n2024-02-30,1\n2024-02-01,2\n")
    assert kinds(table)[0] is ColumnKind.CATEGORY


def test_an_excel_hint_and_comments_before_the_header_are_skipped(read):
    assert read("sep=;\na;b\n1;2\n").schema.names == ("a", "b")
    table = read("# exported on Monday\na,b\n1,2\n")
    assert table.schema.names == ("a", "b")
    assert told(table, "Line 1 above the table left out: '# exported on Monday'")


def test_one_column_is_read_as_one_column(read):
    assert read("x\n1\n2\n3\n").frame["x"].tolist() == [1, 2, 3]
    table = read("comment\nhello, world\nfoo, bar, baz\nnothing\n")
    assert table.frame["comment"].tolist() == ["hello, world", "foo, bar, baz", "nothing"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\n \n\n", "the file is empty"),
        (b"a,b,c\n", "a header and no rows"),
        (b"a,b\n,\n,\n", "the file holds no values"),
        (b"a\0b\n1\0002\n3\0004\n", "null bytes stand between"),
        (b"a,b\n1,2\n" + b"\0\x01\xfe\xff" * 90, "null bytes, so it is not"),
        (b"\x03\x7c\x05\x1f\x08\0\0\0a,b\n" + b"1,2\n" * 900, "null bytes, so it is not"),
        (bytes(range(1, 256)) * 20, "binary data"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"<!DOCTYPE html>\n<html></html>", "web page"),
        (b"a,b\n1," + b"x" * (41 << 20) + b"\n" + b"y" * 10, "longer than 32 MB"),
    ],
)
def test_each_bad_file_gets_one_sentence_and_a_hint(read, content, message):
    with pytest.raises(LabError, match=message) as caught:
        read(content)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_too_many_columns_are_refused_before_parsing(read):
    names = ",".join(f"c{place}" for place in range(100_000))
    with pytest.raises(LabError, match="100,000 columns"):
        read(names + "\n" + "1," * 99_999 + "1\n")


@pytest.mark.parametrize("delimiter", [",,,,,", '"', "\n"])
def test_a_delimiter_that_cannot_be_one_is_an_error(read, delimiter):
    with pytest.raises(LabError, match="delimiter"):
        read("a,b\n1,2\n", delimiter=delimiter)


def test_a_decimal_mark_that_is_none_is_an_error(read):
    with pytest.raises(LabError, match="decimal mark"):
        read("a,b\n1,2\n", decimal="x")


def test_a_chosen_delimiter_is_followed(read):
    table = read("a,b;c\n1,2;3\n", delimiter=";")
    assert table.schema.names == ("a,b", "c")


def test_hostile_names_are_kept_on_one_line(read):
    table = read('"a\nb\u202e<script>",x\n1,2\n')
    assert "\n" not in table.schema.names[0]
    assert "<script>" in table.schema.names[0]


def test_a_header_of_numbers_is_told(read):
    assert told(read("5.1,3.5,setosa\n4.9,3.0,setosa\n6.1,2.9,virginica\n"), "no header")
    assert not told(read("0,1,2\n4.9,3.0,setosa\n6.1,2.9,virginica\n"), "no header")


def test_a_second_opinion_decides_between_delimiters_that_both_fit(read):
    table = read("name;x,y\nA;1,2\nB;3,4\n")
    assert table.frame.to_dict("list") == {"name": ["A", "B"], "x,y": [1.2, 3.4]}
