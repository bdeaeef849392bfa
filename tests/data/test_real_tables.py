"""Habits of real tables: marks for gaps, dates, sizes and settings above them, uneven years."""

import numpy as np
import pandas as pd
import pytest

from lab.base import ColumnKind

STATEMENT = """"Account:";"DE1";

"From:";"01.10.2022";
"To:";"01.10.2023";
"Balance:";"1.000,00";

"Day";"Text";"Payee";"Account";"Amount";
"24.01.2023";"card";"A";"DE2";"-51,00";
"25.01.2023";"cash";"B";"DE3";"-41,50";
"26.02.2023";"card";"C";"DE4";"90,00";
"""


def told(table, text):
    return any(text in note for note in table.notes)


@pytest.mark.parametrize("mark", ["***", "---", "...", ":", "—", "(X)", "..", "*", "-", "NaT"])
def test_a_mark_among_numbers_or_dates_is_a_gap_and_told(read, mark):
    days = [f"2024-01-{day:02}" for day in range(1, 9)]
    rows = "".join(f"{n},{day},w{n % 3}\n" for n, day in enumerate(days))
    table = read(f"n,day,word\n{rows}{mark},{mark},w1\n")
    assert table.schema["n"].kind is ColumnKind.NUMBER or table.schema["n"].kind.is_identifier
    assert table.schema["day"].kind is ColumnKind.DATE
    assert table.frame["day"].isna().tolist() == [False] * 8 + [True]
    assert told(table, f"Taken as missing: {mark!r} (2 in 'n', 'day')")


def test_a_mark_among_words_is_a_word(read):
    table = read("word,n\n" + "---,1\nred,2\nblue,3\n" * 3)
    assert set(table.frame["word"]) == {"---", "red", "blue"}


def test_the_mark_of_databases_for_null_is_missing_everywhere(read):
    table = read("word,n\nred,1\n\\N,2\nblue,3\n")
    assert table.frame["word"].isna().tolist() == [False, True, False]
    assert told(table, "Taken as missing")


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["Jan 1 2000", "Feb 12 2001"], ["2000-01-01", "2001-02-12"]),
        (["Jan-1-1995", "Dec-31-1996"], ["1995-01-01", "1996-12-31"]),
        (["2000-Jan-01", "2001-Feb-28"], ["2000-01-01", "2001-02-28"]),
        (["May 2001", "January 2000"], ["2001-05-01", "2000-01-01"]),
        (["Dec-98", "Jan-00"], ["1998-12-01", "2000-01-01"]),
        (["Nov-2011", "Dec-2011"], ["2011-11-01", "2011-12-01"]),
        (["2001M05", "2001M12"], ["2001-05-01", "2001-12-01"]),
        (["1974Q1", "1974Q4"], ["1974-01-01", "1974-10-01"]),
        (["Q3 2001", "Q1 2002"], ["2001-07-01", "2002-01-01"]),
    ],
)
def test_ways_to_write_days_months_and_quarters(read, texts, days):
    table = read("when,n\n" + "".join(f"{text},{n}\n" for n, text in enumerate(texts)))
    expected = pd.to_datetime(pd.Series(days)).to_numpy("datetime64[us]")
    np.testing.assert_array_equal(table.frame["when"].to_numpy("datetime64[us]"), expected)
    assert told(table, "in 'when'")


@pytest.mark.parametrize("with_header", [True, False])
def test_a_first_line_of_sizes_is_above_the_table(read, with_header):
    rows = "".join(f"{n / 7:.3f},{n / 3:.3f},{n % 2}\n" for n in range(40))
    header = "width,length,kind\n" if with_header else ""
    first = "40,3,,\n" if with_header else "40,3,red,blue\n"
    text = first + header.replace(",kind", ",depth,kind") + rows.replace("\n", ",1\n")
    table = read(text)
    assert len(table.frame) == 40
    assert table.schema.names[0] == ("width" if with_header else "column_1")
    assert told(table, "Line 1 above the table left out")


def test_settings_above_a_short_wide_table_are_not_the_table(read):
    table = read(STATEMENT)
    assert list(table.schema.names)[:5] == ["Day", "Text", "Payee", "Account", "Amount"]
    assert table.frame["Amount"].tolist() == [-51.0, -41.5, 90.0]
    assert told(table, "Lines 1-5 left out: another table")


def test_rows_that_stop_early_stay_in_the_table_of_their_header(read):
    first = "".join(f"1950:{n}, {n}.980, {n}.5,,\n" for n in range(1, 200))
    last = "".join(f"2000:{n},, {n}.291, 0.7, 2.5, 3.5\n" for n in range(1, 15))
    table = read("dates, cpi, predict, stderr, low, high\n" + first + last)
    assert table.frame.shape == (213, 6)
    assert table.frame["high"].count() == 14
    assert told(table, "with fewer cells than the header (6)")


@pytest.mark.parametrize(
    "text",
    [
        '"","142.24","144.78","147.32"\n"9.4",0,0,1\n"9.5",0,2,0\n"9.6",3,0,0\n',
        "Name,Code,1960,1967,1985\nAruba,ABW,54211,550,60\nChad,TCD,10,20,30\nOman,OMN,1,2,3\n",
    ],
)
def test_rising_numbers_beside_names_are_names(read, text):
    table = read(text)
    assert len(table.frame) == 3
    assert list(table.schema.names)[-3:] in (["142.24", "144.78", "147.32"],
                                             ["1960", "1967", "1985"])  # fmt: skip


def test_rising_years_above_years_are_values(read):
    text = "Aruba,ABW,1960,1967,1985\nChad,TCD,1961,1970,1980\nOman,OMN,1950,1951,1952\n"
    assert len(read(text).frame) == 3


def test_words_with_a_blank_in_columns_divided_by_blanks(read):
    rows = "".join(f"   {n}   {'12-15 years' if n % 3 else '< 12 years'}     No   {n / 7:.3f}\n"
                   for n in range(30))  # fmt: skip
    table = read("  id        heduc     mixed   years\n" + rows)
    assert list(table.schema.names) == ["id", "heduc", "mixed", "years"]
    assert set(table.frame["heduc"]) == {"12-15 years", "< 12 years"}
    assert told(table, "cells divided by two or more blanks")
    chosen = read("a   b c   d\n1   x y   2\n", delimiter="  +")
    assert list(chosen.schema.names) == ["a", "b c", "d"]


def test_one_column_tells_what_could_divide_it(read):
    table = read(", A few words\n, more of them\na;b\n, and on\n1;3\n6;7\n")
    assert told(table, "3 of the first 6 lines hold a semicolon")
    logs = read('tag=first foo=1\ntag="second line" foo=2\ntag="\\"third\\"" foo=3\n')
    assert told(logs, "Each line holds names with values, as logs do")
    prose = read("review\nGood, but dear\nBad, and late\nFine, really\n")
    assert not told(prose, "hold a comma")


def test_a_lone_first_line_of_numbers_is_told_to_be_the_names(read):
    assert told(read("1;3#5;7\n6;7\n"), "it was taken as the names of the columns")


def test_a_person_can_say_that_each_line_is_one_cell(read):
    table = read("text\na;b\nc;d\ne;f\n", delimiter="")
    assert table.frame.to_dict("list") == {"text": ["a;b", "c;d", "e;f"]}


@pytest.mark.parametrize("is_header_wrapped", [True, False])
def test_lines_between_quotation_marks_as_a_whole_are_divided(read, is_header_wrapped):
    header = "school;sex;age;note"
    rows = [f'GP;"F";{n};"a ""quoted""; b"' for n in range(15, 25)]
    wrapped = ['"' + row.replace('"', '""') + '"' for row in (header, *rows)]
    table = read("\n".join([wrapped[0] if is_header_wrapped else header, *wrapped[1:]]) + "\r\n")
    assert list(table.schema.names) == ["school", "sex", "age", "note"]
    assert table.frame["age"].tolist() == list(range(15, 25))
    assert set(table.frame["note"]) == {'a "quoted"; b'}
    assert told(table, "Each line stood between quotation marks as a whole")


@pytest.mark.parametrize(
    "text",
    [
        '"name"\n"Miller,Anna"\n"Smith,Bob"\n"Jones,Cat"\n',
        '"last, first"\n"Miller, Anna"\n"Smith, Bob"\n"Jones, Cat"\n',
        '"a"\n"b;c"\n"d"\n"e;f;g"\n',
    ],
)
def test_cells_between_quotation_marks_stay_whole(read, text):
    table = read(text)
    assert table.frame.shape == (3, 1)
    assert not told(table, "as a whole")


def test_numbers_of_thousands_of_digits_are_no_years(read):
    long = "1" * 5_000
    assert read(f"{long},{long},x,y\n1,2,a,b\n3,4,c,d\n").frame.shape[1] == 4


def test_wrapped_lines_with_a_byte_order_mark_or_returns_alone(read):
    lines = ['"a;b;c"', *(f'"{n};""x {n}"";{n}"' for n in range(12))]
    marked = read(b"\xef\xbb\xbf" + "\n".join(lines).encode() + b"\n")
    assert marked.frame.shape == (12, 3)
    assert list(marked.schema.names) == ["a", "b", "c"]
    returns = read("\r".join(lines) + "\r")
    assert returns.frame.shape[1] == 1
    assert not told(returns, "as a whole")
