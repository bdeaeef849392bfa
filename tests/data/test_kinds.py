"""What columns are taken for, and what becomes of them when a person says otherwise."""

import numpy as np
import pandas as pd
import pytest

from lab.base import ColumnKind, LabError
from lab.data import change_kinds

KIND = ColumnKind


def kind_of(read, name, values):
    rows = "".join(f'"{value}",{place % 3}\n' for place, value in enumerate(values))
    return read(f"{name},other\n{rows}").schema[name].kind


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("x", [1.5, 2.5, 2.5] * 20, KIND.NUMBER),
        ("x", [1, 2, 5] * 20, KIND.NUMBER),
        ("x", [0, 1, 1] * 20, KIND.BOOLEAN),
        ("x", ["0.0", "1.0", ""] * 20, KIND.BOOLEAN),
        ("x", ["yes", "no"] * 20, KIND.BOOLEAN),
        ("x", ["TRUE", "FALSE"] * 20, KIND.BOOLEAN),
        ("x", ["ja", "nein"] * 20, KIND.BOOLEAN),
        ("x", ["red", "green"] * 20, KIND.CATEGORY),
        ("x", ["no", "green"] * 20, KIND.CATEGORY),
        ("x", [f"level {place % 30}" for place in range(90)], KIND.CATEGORY),
        ("x", [f"K{place % 95:04}" for place in range(100)], KIND.IDENTIFIER),
        ("x", [f"K{max(place - 9, 0):04}" for place in range(100)], KIND.CATEGORY),
        ("zip", [f"0{place % 40 + 1000}" for place in range(80)], KIND.CATEGORY),
        ("code", [f"A{place}" for place in range(60)], KIND.IDENTIFIER),
        ("x", [f"{place:032x}" for place in range(60)] * 2, KIND.IDENTIFIER),
        ("customer_id", [7 * place + place % 5 for place in range(60)], KIND.IDENTIFIER),
        ("anything", range(1, 61), KIND.IDENTIFIER),
        ("anything", range(60, 0, -1), KIND.IDENTIFIER),
        ("rank", [7 * place % 60 for place in range(60)], KIND.NUMBER),
        ("row_id", [7 * place % 60 for place in range(60)], KIND.IDENTIFIER),
        ("year", range(1950, 2010), KIND.NUMBER),
        ("area", [7 * place + place % 5 for place in range(60)], KIND.NUMBER),
        ("day", pd.date_range("2024-01-01", periods=60).strftime("%Y-%m-%d"), KIND.DATE),
        ("date", pd.date_range("2024-01-01", periods=60).strftime("%Y%m%d"), KIND.DATE),
        ("amount", pd.date_range("2024-01-01", periods=60).strftime("%Y%m%d"), KIND.NUMBER),
        ("x", [f"word {place} of a longer tale" for place in range(150)], KIND.TEXT),
        ("name", [f"Smith{place}, John" for place in range(60)], KIND.CATEGORY),
    ],
)
def test_kinds_follow_from_values_and_sometimes_names(read, name, values, kind):
    assert kind_of(read, name, values) is kind


def test_the_schema_counts_levels_and_knows_of_missing_values(read):
    table = read("a,b,c\n1,x,0.5\n2,y,\n2,x,0.5\n3,,0.25\n")
    found = [(column.n_levels, column.has_missing) for column in table.schema]
    assert found == [(3, False), (2, True), (2, True)]


def test_levels_are_counted_exactly_in_every_way_of_counting(read):
    generator = np.random.default_rng(0)
    frame = pd.DataFrame({
        "whole": generator.integers(-5_000, 5_000, 20_000),
        "wide": generator.integers(-(2**60), 2**60, 20_000),
        "high": 2**60 + generator.integers(-5_000, 5_000, 20_000),
        "cents": np.round(generator.normal(size=20_000), 2),
        "real": generator.normal(size=20_000),
        "holes": np.where(generator.random(20_000) < 0.5, np.nan, generator.integers(0, 9, 20_000)),
    })  # fmt: skip
    table = read(frame.to_csv(index=False))
    assert {c.name: c.n_levels for c in table.schema} == frame.nunique().to_dict()


def test_text_becomes_numbers_and_what_does_not_is_told(read):
    table = read("a,b\n10,x\n20,x\nmany,y\n30,y\n")
    changed = change_kinds(table, {"a": KIND.NUMBER})
    assert changed.frame["a"].isna().tolist() == [False, False, True, False]
    assert changed.frame["a"].dropna().tolist() == [10, 20, 30]
    assert any("1 value is missing in 'a'" in note and "'many'" in note for note in changed.notes)
    assert changed.id != table.id


def test_money_and_percent_become_numbers(read):
    table = read('a,b\n"$1,200.50",10%\n$300,20%\n')
    changed = change_kinds(table, {"a": KIND.NUMBER, "b": KIND.NUMBER})
    assert changed.frame["a"].tolist() == [1200.5, 300]
    assert changed.frame["b"].tolist() == [10, 20]


def test_numbers_become_categories_as_they_are_written(read):
    table = read("a,b,c\n1,2.5,1\n2,,2\n1,3,3\n")
    changed = change_kinds(table, {"a": KIND.CATEGORY, "b": KIND.CATEGORY})
    assert changed.frame["a"].tolist() == ["1", "2", "1"]
    assert changed.frame["b"].isna().tolist() == [False, True, False]
    assert changed.frame["b"].dropna().tolist() == ["2.5", "3"]
    assert changed.schema["a"].n_levels == 2


def test_there_and_back_gives_the_same_table(read):
    table = read("a,b\n1,x\n2,y\n5,z\n")
    there = change_kinds(table, {"a": KIND.CATEGORY})
    back = change_kinds(there, {"a": KIND.NUMBER})
    assert back.id == table.id
    pd.testing.assert_frame_equal(back.frame, table.frame)


def test_text_becomes_dates_and_dates_become_text(read):
    table = read("a,b\n2024-01-31,x\n31.01.2024,y\nsoon,z\n")
    dates = change_kinds(table, {"a": KIND.DATE})
    assert dates.frame["a"].tolist()[:2] == [pd.Timestamp("2024-01-31")] * 2
    assert pd.isna(dates.frame["a"].iloc[2])
    text = change_kinds(dates, {"a": KIND.CATEGORY})
    assert text.frame["a"].iloc[0] == "2024-01-31"


def test_nothing_changes_when_kinds_stay(read):
    table = read("a,b\n1,x\n2,y\n")
    assert change_kinds(table, {"a": KIND.NUMBER}) is table


@pytest.mark.parametrize(
    ("column", "kind", "message"),
    [
        ("b", KIND.NUMBER, "no value of the column 'b' is a number"),
        ("b", KIND.DATE, "no value of the column 'b' is a date"),
        ("a", KIND.BOOLEAN, "has 3 different values"),
        ("d", KIND.NUMBER, "holds dates"),
        ("z", KIND.NUMBER, "there is no column 'z'"),
    ],
)
def test_what_cannot_be_converted_is_an_error(read, column, kind, message):
    table = read("a,b,d\n1,x,2024-01-01\n2,y,2024-01-02\n3,z,2024-01-03\n")
    with pytest.raises(LabError, match=message) as caught:
        change_kinds(table, {column: kind})
    assert caught.value.hint
