"""ARFF: what scipy reads is read the same, and what it does not read as well."""

import io

import numpy as np
import pandas as pd
import pytest
from scipy.io import arff

from lab.base import ColumnKind, LabError
from lab.data import read_table

HEAD = """% a comment
@RELATION 'my relation'

@attribute 'the name' numeric
@ATTRIBUTE colour {red, 'dark blue', "gre\\"en", None}
@attribute words string
@attribute seen date "yyyy-MM-dd HH:mm"
@attribute flag {0,1}
@attribute level {1, 2,
    3}
@Data
"""


@pytest.fixture
def read(tmp_path):
    def write_and_read(text):
        path = tmp_path / "table.arff"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_table(path)

    return write_and_read


def test_it_equals_what_scipy_reads(read):
    rng = np.random.default_rng(0)
    numbers, letters = rng.normal(size=300).tolist(), rng.choice(["u", "v", "w", "?"], 300)
    rows = [f"{a!r}, {b}, {n % 9}" for n, (a, b) in enumerate(zip(numbers, letters, strict=True))]
    rows[5] = "?,u,3"
    text = "@relation r\n@attribute a real\n@attribute b {u,v,w}\n@attribute c integer\n@data\n"
    text += "\n".join(rows)
    expected, _ = arff.loadarff(io.StringIO(text))
    frame = read(text).frame
    np.testing.assert_array_equal(frame["a"], expected["a"])
    np.testing.assert_array_equal(frame["c"], expected["c"])
    assert frame["b"].fillna("?").tolist() == [value.decode() for value in expected["b"]]


def test_every_kind_of_attribute_and_quotation(read):
    table = read(
        HEAD
        + """1, red, 'it\\'s', "2024-01-02 10:30", 0, 1
% in between
-2.5,'dark blue',?, ?,1,2
?,None,"a, b",'2024-01-03 00:00',1,3
1e3,"gre\\"en",'?',?,0,1
"""
    )
    frame = table.frame
    assert frame["the name"].tolist()[:2] == [1.0, -2.5]
    assert frame["the name"].isna().tolist() == [False, False, True, False]
    assert frame["colour"].tolist() == ["red", "dark blue", "None", 'gre"en']
    assert frame["words"].tolist()[0] == "it's"
    assert frame["words"].tolist()[2] == "a, b"
    assert frame["seen"].iloc[0] == pd.Timestamp("2024-01-02 10:30")
    assert table.schema["flag"].kind is ColumnKind.BOOLEAN
    assert table.schema["level"].kind is ColumnKind.CATEGORY
    assert frame["level"].tolist() == ["1", "2", "3", "1"]


def test_sparse_rows_are_zero_where_they_say_nothing(read):
    table = read("@relation x\n@attribute a numeric\n@attribute b {u,'v w'}\n@attribute c numeric\n"
                 "@data\n{0 3, 1 'v w'}\n{2 7.5}\n{}\n{ 0 ? }\n{1 u,0 4}\n")  # fmt: skip
    frame = table.frame
    assert frame["a"].fillna(-1).tolist() == [3, 0, 0, -1]
    assert frame["b"].tolist() == ["v w", "u", "u", "u"]
    assert frame["c"].tolist() == [0, 7.5, 0, 0]
    assert any("1 row that does not fit" in note and "rows 4" in note for note in table.notes)


def test_rows_that_do_not_fit_are_named_and_keep_their_place(read):
    rows = [f"{n},u" for n in range(20)]
    rows[4], rows[9] = "4,u,1", "9,'u"
    table = read("@relation x\n@attribute a numeric\n@attribute b {u,v}\n@data\n" + "\n".join(rows))
    assert table.frame.index.tolist() == [n for n in range(20) if n not in {4, 9}]
    assert any("2 rows that do not fit the 2 attributes left out: rows 4, 9 of the data" in note
               for note in table.notes)  # fmt: skip


def test_what_belies_its_declaration_is_told(read):
    table = read("@relation x\n@attribute a numeric\n@attribute b {u,v}\n@attribute d date\n@data\n"
                 "1,u,2024-01-01T00:00:00\nmany,w,soon\n3,v,?\n")  # fmt: skip
    assert table.frame["a"].tolist() == ["1", "many", "3"]
    told = " ".join(table.notes)
    assert "numbers or dates and holding other text: 'a', 'd'" in told
    assert "their declaration does not name: 'b'" in told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@relation x\n@attribute a relational\n@data\n1\n", "of the kind 'relational'"),
        ("@relation x\nnonsense\n@data\n", "line 2 of the ARFF header"),
        ("@relation x\n@attribute a numeric\n", "no @data"),
        ("@relation x\n@data\n1\n", "declares no attributes"),
        ("@relation x\n@attribute a numeric\n@data\n% nothing\n", "no rows"),
        ("@relation x\n@attribute a numeric\n@attribute b numeric\n@data\n1\n2\n3,4\n", "2 of 3"),
        ("@relation x\n@attribute 'a numeric\n@data\n1\n", "line 2"),
        ("@relation x\n" + "".join(f"@attribute a{n} numeric\n" for n in range(20_001)), "at most"),
    ],
)  # fmt: skip
def test_each_bad_file_gets_one_sentence_and_a_hint(read, text, message):
    with pytest.raises(LabError, match=message) as caught:
        read(text)
    assert caught.value.hint


@pytest.mark.parametrize("style", ["yyyy%", "yyyy yyyy", "'%q' yyyy", "QQQ", "%Y-%m", ""])
def test_a_format_of_dates_that_is_none_hurts_nobody(read, style):
    table = read(f'@relation x\n@attribute d date "{style}"\n@data\n2024\n2025\n2026\n')
    assert len(table.frame) == 3


def test_a_comment_may_be_long_and_text_of_other_encodings(read):
    text = (
        "% a word\n" * 3_000 + "@relation x\n@attribute a string\n@data\nZoë\n'Désirée'\nMüller\n"
    )
    assert read(text.encode("cp1252")).frame["a"].tolist() == ["Zoë", "Désirée", "Müller"]
