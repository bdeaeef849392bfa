"""Values that stand for a missing one: suspected where it is implausible, taken when told."""

import numpy as np
import pandas as pd
import pytest

from lab.base import ActionKind, LabError
from lab.data import suspected_sentinels, take_as_missing


@pytest.fixture
def suspects(read):
    def look(column, name="x"):
        frame = pd.DataFrame({name: column, "other": np.arange(len(column)) % 5})
        table = read(frame.to_csv(index=False))
        return [(one.column, one.value, one.count) for one in suspected_sentinels(table)]

    return look


def with_value(values, value, n=6):
    values = np.array(values, dtype=object)
    values[:: len(values) // n][:n] = value
    values[3::60] = value
    return values


AGES = np.random.default_rng(0).integers(18, 80, 400)
HEIGHTS = np.random.default_rng(1).normal(170, 8, 400).round(1)


@pytest.mark.parametrize("value", [-999, -9999, -99])
def test_a_negative_code_among_positive_numbers_is_suspected(suspects, value):
    column = with_value(AGES, value)
    assert suspects(column) == [("x", str(value), int((column == value).sum()))]


@pytest.mark.parametrize("value", [-1, 999, 9999, 99_999_999])
def test_a_code_at_an_end_is_suspected(suspects, value):
    column = with_value(AGES, value)
    assert suspects(column) == [("x", str(value), int((column == value).sum()))]


def test_two_codes_in_one_column_are_suspected_both(suspects):
    column = with_value(AGES, 9999)
    column[5:9] = 999_999
    assert [value for _, value, _ in suspects(column)] == ["999999", "9999"]


def test_a_plausible_end_is_not_suspected(suspects):
    assert suspects(np.arange(400) % 100) == []
    assert suspects(np.append(AGES, [99, 99])) == []
    assert suspects(np.random.default_rng(2).integers(-1, 2, 400)) == []
    assert suspects(np.random.default_rng(2).normal(0, 600, 400).round()) == []


def test_a_code_in_one_row_alone_is_not_suspected(suspects):
    assert suspects(np.append(AGES, -999)) == []


def test_a_share_of_minus_one_among_shares_is_suspected(suspects):
    column = with_value(np.random.default_rng(0).random(400).round(3), -1)
    assert [value for _, value, _ in suspects(column)] == ["-1"]


def test_zeros_far_from_every_measurement_are_suspected(suspects):
    rare = HEIGHTS.copy()
    rare[[5, 90]] = 0
    assert suspects(rare, "stem") == [("stem", "0", 2)]


def test_many_zeros_are_suspected_only_where_the_name_says_that_none_can_be(suspects):
    many = np.where(np.arange(400) % 3 == 0, 0, HEIGHTS)
    assert [value for _, value, _ in suspects(many, "BloodPressure")] == ["0"]
    assert suspects(many, "garage_area") == []


def test_zeros_next_to_other_small_numbers_are_not_suspected(suspects):
    assert suspects(np.random.default_rng(0).poisson(3, 400)) == []
    assert suspects(np.random.default_rng(0).integers(0, 4, 400)) == []


@pytest.mark.parametrize("word", ["unknown", "Unknown", "(missing)", "n.k.", "--", "keine Angabe"])
def test_words_for_missing_are_suspected(suspects, word):
    column = np.array(["red", "green", word, "blue"])[np.arange(400) % 4]
    assert suspects(column) == [("x", word, 100)]


def test_words_that_mean_something_are_not_suspected(suspects):
    assert suspects(np.array(["other", "none of these", "unknown soldier", "no"] * 100)) == []


def test_the_first_day_that_programs_know_is_suspected(suspects):
    days = pd.date_range("2021-01-01", periods=400).strftime("%Y-%m-%d").to_numpy()
    column = with_value(days, "1900-01-01")
    assert suspects(column) == [("x", "1900-01-01", int((column == "1900-01-01").sum()))]
    assert suspects(days) == []


def test_what_is_taken_as_missing_is_told_and_nothing_else_changes(read):
    column = with_value(AGES, -999)
    table = read(pd.DataFrame({"x": column, "other": AGES}).to_csv(index=False))
    taken = take_as_missing(table, "x", "-999")
    wanted = pd.Series(column).astype(float).mask(column == -999)
    pd.testing.assert_series_equal(taken.frame["x"], wanted, check_names=False)
    pd.testing.assert_series_equal(taken.frame["other"], table.frame["other"])
    assert taken.schema["x"].has_missing
    assert taken.notes[-1] == f"{(column == -999).sum()} values '-999' of 'x' made missing."
    assert taken.id != table.id
    assert not table.schema["x"].has_missing
    assert suspected_sentinels(taken) == ()


def test_a_word_and_a_day_are_taken_too(read):
    days = np.where(np.arange(90) % 9 == 0, "1900-01-01", "2021-03-04")
    words = np.array(["red", "unknown", "blue"])[np.arange(90) % 3]
    table = read(pd.DataFrame({"day": days, "word": words}).to_csv(index=False))
    taken = take_as_missing(take_as_missing(table, "day", "1900-01-01"), "word", "unknown")
    assert int(taken.frame["day"].isna().sum()) == 10
    assert taken.frame["word"].dropna().unique().tolist() == ["red", "blue"]
    assert taken.schema["word"].n_levels == 2


@pytest.mark.parametrize(("value", "told"), [("-7", "no value"), ("many", "not a number")])
def test_a_value_that_is_not_there_is_told(read, value, told):
    table = read(pd.DataFrame({"x": AGES}).to_csv(index=False))
    with pytest.raises(LabError, match=told):
        take_as_missing(table, "x", value)


def test_the_only_value_of_a_column_is_not_taken(read):
    table = read("x,y\n" + "1,2\n" * 20)
    with pytest.raises(LabError, match="no value but"):
        take_as_missing(table, "x", "1")


def test_the_finding_proposes_it(find, frame):
    found = find(frame.assign(age=with_value(AGES, -999)))["D015"]
    assert found.action.kind is ActionKind.MISSING
    assert found.action.columns == ("age",)
    assert found.action.settings == {"value": "-999"}


def test_the_target_is_left_alone(find, frame):
    frame["real"] = with_value(frame["real"].round(2), 99_999)
    assert "D015" not in find(frame, target="real")
