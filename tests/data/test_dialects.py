"""Any small table in any dialect reads as it was, or is refused or told: never silently other."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lab.base import LabError
from lab.data import ReadOptions, read_table

MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LETTERS = "abcxyzéß ,;|'\"\\\n"
DIALECTS = [
    {"delimiter": mark, "quotechar": quote, **escape}
    for mark in (",", ";", "\t", "|")
    for quote in ('"', "'")
    for escape in ({"doublequote": True}, {"doublequote": False, "escapechar": "\\"})
]  # fmt: skip


def cell_words():
    words = st.text(LETTERS, min_size=1, max_size=10)
    return words.map(lambda word: f"w{word}w")


@st.composite
def tables(draw):
    n_rows = draw(st.integers(3, 12))
    texts = draw(st.lists(cell_words(), min_size=n_rows, max_size=n_rows))
    numbers = draw(st.lists(st.integers(-999, 9999), min_size=n_rows, max_size=n_rows, unique=True))
    more = draw(st.lists(cell_words(), min_size=n_rows, max_size=n_rows))
    return [[text, str(number), other] for text, number, other in zip(texts, numbers, more,
                                                                      strict=True)]  # fmt: skip


def read(text, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(text.encode())
        return read_table(path, options=ReadOptions(**options))


def written(rows, dialect, *, quoting=csv.QUOTE_MINIMAL):
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", quoting=quoting, **dialect)
    writer.writerows([["first", "count", "last"], *rows])
    return buffer.getvalue()


def known(dialect):
    return {"delimiter": dialect["delimiter"], "quote": dialect["quotechar"],
            "escape": dialect.get("escapechar", ""), "header_rows": 1, "skip_rows": 0,
            "comment": ""}  # fmt: skip


def values(table):
    return [[str(row["first"]), str(row["count"]), str(row["last"])]
            for row in table.frame.to_dict("records")]  # fmt: skip


@MANY
@given(rows=tables(), dialect=st.sampled_from(DIALECTS))
def test_a_table_in_a_dialect_that_is_said_reads_as_it_was(rows, dialect):
    table = read(written(rows, dialect), **known(dialect))
    assert values(table) == rows


@MANY
@given(rows=tables(), dialect=st.sampled_from(DIALECTS))
def test_a_table_in_a_dialect_that_is_guessed_is_never_silently_other(rows, dialect):
    try:
        table = read(written(rows, dialect, quoting=csv.QUOTE_ALL))
    except LabError:
        return
    if list(table.schema.names) == ["first", "count", "last"]:
        # without any escaped mark a doubled backslash may just be two of them
        plain = [[cell.replace("\\\\", "\\") for cell in row] for row in values(table)]
        if rows in (values(table), plain):
            return
    assert len(table.notes) > 1, table.notes


@MANY
@given(
    rows=tables(), place=st.integers(0, 11), where=st.integers(0, 60),
    what=st.sampled_from([",", '"', ",,", "", "\n", ";"]),
)  # fmt: skip
def test_one_broken_line_never_moves_the_others(rows, place, where, what):
    plain = [[text.replace('"', "").replace("\n", " ").replace(",", ""), number,
              other.replace('"', "").replace("\n", " ").replace(",", "")]
             for text, number, other in rows]  # fmt: skip
    plain += [["more", str(number), "words"] for number in range(20_000, 20_020)]
    lines = written(plain, DIALECTS[0]).splitlines()
    line = lines[place + 1]
    lines[place + 1] = line[:where] + what + line[where + 1 :]
    options = known(DIALECTS[0])
    try:
        table = read("\n".join(lines) + "\n", **options)
    except LabError:
        return
    found = values(table)
    good = plain[:place] + plain[place + 1 :]
    assert [row for row in found if row in good] == good


@pytest.mark.parametrize("skip", [0, 2])
@pytest.mark.parametrize("header_rows", [0, 1, 2])
def test_lines_above_and_of_the_header_are_taken_as_said(skip, header_rows):
    text = "x,y\n1,2\n3,4\n5,6\n7,8\n"
    table = read(text, skip_rows=skip, header_rows=header_rows)
    assert len(table.frame) == 5 - skip - header_rows


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"quote": "''"}, "quote"), ({"escape": "\n"}, "escape"),
        ({"quote": ",", "delimiter": ","}, "quote"), ({"skip_rows": -1}, "allowed are 0 to"),
        ({"header_rows": -2}, "allowed are 0 to"), ({"skip_rows": 9}, "has 3 lines"),
        ({"thousands": "x"}, "thousands"), ({"thousands": ".", "decimal": "."}, "thousands"),
    ],
)  # fmt: skip
def test_options_that_cannot_be_are_refused(options, message):
    with pytest.raises(LabError, match=message) as caught:
        read("a,b\n1,2\n3,4\n", **options)
    assert caught.value.hint
