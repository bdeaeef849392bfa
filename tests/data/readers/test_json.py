"""JSON in its shapes, and JSON that is damaged, hostile or only looks like it."""

import json

import numpy as np
import pandas as pd
import pytest

from lab.base import ColumnKind, LabError
from lab.data import ReadOptions, read_table


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, name="table.json", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, options=ReadOptions(**options))

    return write_and_read


FRAME = pd.DataFrame({
    "whole": [1, 2, 3, 4], "real": [0.5, None, 1.5, 1e-12], "text": ["x", None, "ü😀", 'a"b\nc'],
})  # fmt: skip


@pytest.mark.parametrize("orient", ["records", "columns", "split"])
def test_every_shape_that_pandas_writes_is_the_same_table(read, orient):
    text = FRAME.to_json(orient=orient, double_precision=15)
    frame = read(text).frame
    assert frame["whole"].tolist() == [1, 2, 3, 4]
    np.testing.assert_allclose(frame["real"], FRAME["real"].fillna(np.nan), atol=1e-15)
    assert frame["text"].tolist()[2:] == ["ü😀", 'a"b\nc']
    assert frame["text"].isna().tolist() == [False, True, False, False]


def test_columns_as_lists_are_read(read):
    table = read('{"a": [1, 2, null], "b": ["x", null, "z"]}')
    assert table.frame["a"].tolist()[:2] == [1, 2]
    assert table.frame["b"].isna().tolist() == [False, True, False]
    assert table.notes[0] == "Read as JSON, columns by name."


def test_rows_whose_first_names_the_columns_are_the_table_of_pandas(read):
    text = json.dumps([["a", "b", "c"], [1, "x", None], [2, "y", 0.5]])
    table = read(text)
    wanted = pd.DataFrame({"a": [1, 2], "b": ["x", "y"], "c": [np.nan, 0.5]})
    pd.testing.assert_frame_equal(table.frame, wanted, check_dtype=False)
    assert table.notes[0] == "Read as JSON, an array of rows."
    assert "first row holds the names of the columns (guessed)" in table.notes[1]


@pytest.mark.parametrize(
    ("rows", "names", "n_rows"),
    [
        ([[1, 2], [3, 4]], ("column_1", "column_2"), 2),
        ([["x", 1], ["y", 2]], ("column_1", "column_2"), 2),
        ([["name", "town"], ["Ann", "Ulm"], ["Bob", "Bonn"]], ("name", "town"), 2),
        ([["Ann", "Ulm"], ["Bob", "Bonn"], ["Ann", "Ulm"]], ("column_1", "column_2"), 3),
        ([["2019", "2020"], [1, 2], [3, 4]], ("2019", "2020"), 2),
        ([["a", "a"], [1, 2]], ("a", "a_2"), 1),
        ([["a", None], [1, 2], [3, 4]], ("column_1", "column_2"), 3),
    ],
)
def test_whether_the_first_row_names_the_columns_is_guessed_and_told(read, rows, names, n_rows):
    table = read(json.dumps(rows))
    assert table.schema.names == names
    assert len(table.frame) == n_rows
    told = "names of the columns" if len(rows) > n_rows else "the columns are numbered"
    assert any(told in note for note in table.notes)


def test_a_person_says_how_many_rows_name_the_columns(read):
    text = json.dumps([["size", ""], ["width", "height"], [1, 2], [3, 4]])
    assert read(text, header_rows=2).schema.names == ("size / width", "size / height")
    assert len(read(text, header_rows=0).frame) == 4
    with pytest.raises(LabError, match="not 2 values") as caught:
        read('[["a"], [1, 2], [3, 4]]', header_rows=1)
    assert caught.value.hint
    records = read('[{"a": 1}, {"a": 2}]', header_rows=1)
    assert any("header rows" in note for note in records.notes)


def test_rows_of_another_width_are_left_out_and_named(read):
    rows = [["a", "b"], *([n, 2 * n] for n in range(20)), [1], [20, {"deep": [1]}]]
    table = read(json.dumps(rows))
    assert table.frame["a"].tolist() == list(range(21))
    assert table.frame.index.tolist()[-1] == 21
    assert any("1 row that is not a whole record left out: rows 20" in n for n in table.notes)


def test_many_rows_are_read_to_the_end(read):
    rows = [["a", "b"], *([n, f"level {n % 7}"] for n in range(10_000))]
    table = read(json.dumps(rows))
    assert table.frame["a"].tolist() == list(range(10_000))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.json", b'[{"a": 1, "b": "x\0\0"}, {"a": 2, "b": "y"}]\0\0\0'),
        ("t.jsonl", b'{"a": 1, "b": "x"}\0\0\0\n{"a": 2, "b": "y\0\0"}\n'),
        ("t.json", b'{"a": [1, 2],\0\0 "b": ["x", "y"]\0\0\0}'),
        ("t.arff", (b"@relation r\n@attribute a numeric\n@attribute b {x,y}\n@data\n"
                   b"1,x\0\0\0\n2,y\0\0\n")),
    ],
)  # fmt: skip
def test_null_bytes_that_pad_are_left_out_and_told(read, name, content):
    table = read(content, name)
    assert table.frame["a"].tolist() == [1, 2]
    assert table.frame["b"].tolist() == ["x", "y"]
    assert any("5 null bytes left out" in note for note in table.notes)


def test_records_of_json_lines_are_the_same_table(read):
    lines = FRAME.to_json(orient="records", lines=True, force_ascii=False)
    found = read(lines, "table.jsonl")
    assert found.id == read(FRAME.to_json(orient="records")).id
    assert found.notes[0].startswith("Read as JSON lines in UTF-8")


def test_one_level_is_flattened_and_what_is_deeper_is_kept_and_told(read):
    table = read('[{"a": {"b": 1, "c": {"d": 2}}, "l": [1, "x"]}, {"a": {"b": 3}, "e": true}]')
    assert table.schema.names == ("a.b", "a.c", "l", "e")
    assert table.frame["a.b"].tolist() == [1, 3]
    assert table.frame["a.c"].tolist()[0] == '{"d": 2}'
    assert json.loads(table.frame["l"].iloc[0]) == [1, "x"]
    assert any("kept as JSON text in 'a.c', 'l'" in note for note in table.notes)


def test_records_under_a_name_are_found_and_several_are_told(read):
    table = read('{"meta": {"page": 1}, "result": {"rows": [{"a": 1}, {"a": 2}]}}')
    assert table.frame["a"].tolist() == [1, 2]
    assert "the records under 'result.rows' and its other values left out" in table.notes[0]
    with pytest.raises(LabError, match="several arrays of records: 'x', 'y'"):
        read('{"x": [{"a": 1}], "y": [{"a": 2}]}')


def test_columns_that_come_late_are_missing_before(read):
    rows = [{"a": n} for n in range(5_000)] + [{"a": 5_000, "late": 7}]
    frame = read(json.dumps(rows)).frame
    assert frame["late"].isna().sum() == 5_000
    assert frame["late"].iloc[-1] == 7
    assert frame["a"].tolist() == list(range(5_001))


def test_text_far_down_makes_text_of_the_numbers_before(read):
    rows = [{"a": n / 2} for n in range(5_000)] + [{"a": "many"}]
    frame = read(json.dumps(rows)).frame
    assert frame["a"].tolist()[:3] == ["0", "0.5", "1"]
    assert frame["a"].iloc[-1] == "many"


def test_bad_lines_are_left_out_and_named(read):
    good = [json.dumps({"a": n}) for n in range(40)]
    good[3:3] = ['{"a": 7, "b"', "[1, 2]", "", "42", '{"a":' * 50_000]
    table = read("\n".join(good), "table.jsonl")
    assert table.frame["a"].tolist() == list(range(40))
    assert table.frame.index.tolist()[:5] == [0, 1, 2, 7, 8]
    assert any("4 lines that are not a whole record left out: rows 3, 4, 5, 6" in note
               for note in table.notes)  # fmt: skip


def test_mostly_bad_lines_are_an_error(read):
    with pytest.raises(LabError, match="2 of 4 lines are not records"):
        read('{"a": 1}\n{"a"\n{"a": 2}\n{"b"\n', "table.jsonl")


def test_numbers_that_no_number_holds_are_told_and_never_changed(read):
    table = read('[{"a": 1e999, "b": 123456789012345678901}, {"a": NaN, "b": 7},'
                 ' {"a": -Infinity, "b": 8}, {"a": 2.5, "b": 9}]')  # fmt: skip
    assert table.frame["a"].isna().tolist() == [True, True, True, False]
    assert table.frame["b"].tolist() == ["123456789012345678901", "7", "8", "9"]
    told = " ".join(table.notes)
    assert "infinite, or too large to hold, taken as missing in 'a'" in told
    assert "NaN (1), -Infinity (1)" in told


@pytest.mark.parametrize("gap", ["null", "0.5"])
def test_a_large_whole_number_beside_a_float_keeps_its_digits(read, gap):
    table = read(f'[{{"a": 9007199254740993}}, {{"a": {gap}}}, {{"a": 2}}]')
    assert table.frame["a"].iloc[0] == "9007199254740993"


def test_a_name_that_stands_twice_is_told_and_the_last_value_counts(read):
    table = read('[{"a": 1, "a": 2}, {"a": 3}, {"b.c": 1, "b": {"c": 5}}]')
    assert table.frame["a"].tolist()[:2] == [2, 3]
    assert table.frame["b.c"].iloc[2] == 5
    assert any("twice in a record" in note and "'a'" in note for note in table.notes)
    assert any("same name as a column" in note and "'b.c'" in note for note in table.notes)


def test_half_a_character_is_replaced(read):
    assert read('[{"a": "x\\ud800"}, {"a": "b"}]').frame["a"].tolist() == ["x\ufffd", "b"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_other_encodings_are_read(read, encoding):
    rows = [{"name": "Müller"}, {"name": "Désirée"}, {"name": "Zoë"}]
    assert read(json.dumps(rows, ensure_ascii=False).encode(encoding)).frame["name"].tolist() == [
        "Müller", "Désirée", "Zoë",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"a": 1}, {"a": 2},', "damaged after 2 whole records"),
        ('[{"a": 1}, {"a": 2}', "cut off after 2 whole records"),
        ('[{"a": 1} {"a": 2}]', "no comma between two records after 1"),
        ('[{"a": 1}] tail', "more than one value"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        ('[{"a": ' + "[" * 100_000 + "]" * 100_000 + "}]", "nested too deeply"),
        ("[1, 2, 3]", "not records"),
        ("[[], []]", "rows of the JSON are empty"),
        ("[[1, 2], [3], [4], [5, 6]]", "2 of 4 rows are not arrays of 2 values"),
        ('[[1, 2], {"a": 1}]', "1 of 2 rows are not arrays"),
        ('[["a", "b"], [1, 2]', "cut off after 2 whole records"),
        ("[]", "no records"),
        ("[{}, {}]", "no records"),
        ('{"a": [1, 2], "b": [1]}', "differ in length"),
        ('[{"a": null}, {"a": null}]', "no values"),
        ('{"a": tru', "damaged"),
    ],
)  # fmt: skip
def test_each_bad_file_gets_one_sentence_and_a_hint(read, text, message):
    with pytest.raises(LabError, match=message) as caught:
        read(text)
    assert caught.value.hint


def test_too_many_names_are_refused_before_they_cost_memory(read):
    text = "[" + ",".join(json.dumps({f"c{n}_{k}": 1 for k in range(100)}) for n in range(300))
    with pytest.raises(LabError, match="columns, at most"):
        read(text + "]")


def test_a_name_that_attacks_is_one_line(read):
    assert read('[{"a\\n\\u202eb": 1}, {"a\\n\\u202eb": 2}]').schema.names == ("a  b",)


def test_who_names_a_delimiter_reads_text_with_cells(read):
    table = read('{"a"}|b\n1|2\n3|4\n', "table.csv", delimiter="|")
    assert table.frame.iloc[:, 1].tolist() == [2, 4]


def test_truth_values_and_kinds(read):
    rows = [{"id": n, "on": n % 2 == 0, "day": f"2024-01-{n:02d}"} for n in range(1, 29)]
    schema = read(json.dumps(rows)).schema
    assert (schema["on"].kind, schema["day"].kind) == (ColumnKind.BOOLEAN, ColumnKind.DATE)
