"""Numbers that may stand for a missing value: suspected, never taken without being asked."""

import numpy as np
import pytest

from lab.base import LabError
from lab.data import suspected_sentinels, take_as_missing


def column(values):
    return "a,b\n" + "".join(f"{value},w{row % 3}\n" for row, value in enumerate(values))


def found(table):
    return [(one.column, one.value, one.count) for one in suspected_sentinels(table)]


@pytest.mark.parametrize("code", [-999, -9999, 9999, 99999, -99])
def test_a_far_code_is_suspected_and_kept(read, code):
    values = [row % 37 + 20 for row in range(100)]
    values[10] = values[50] = code
    table = read(column(values))
    assert found(table) == [("a", code, 2)]
    assert table.frame["a"].tolist() == values
    assert suspected_sentinels(table)[0].share == 0.02


def test_the_only_negative_number_is_suspected_when_it_is_frequent(read):
    assert found(read(column([row % 40 if row % 5 else -1 for row in range(200)])))


@pytest.mark.parametrize(
    "values",
    [
        [row % 40 - 20 for row in range(200)],  # other negative numbers
        [row % 3 - 1 for row in range(200)],  # few values: codes of another kind
        [row % 100 for row in range(200)],  # 99 is the end of a range
        [*range(200), -999],  # once is an outlier
        [900 + row % 100 for row in range(200)],  # 999 is plausible here
    ],
)
def test_plausible_numbers_are_not_suspected(read, values):
    assert found(read(column(values))) == []


def test_a_code_is_taken_as_missing_when_asked_and_told(read):
    values = [row % 37 if row % 4 else -999 for row in range(100)]
    table = read(column(values))
    clean = take_as_missing(table, "a", -999)
    expected = [np.nan if value == -999 else value for value in values]
    np.testing.assert_array_equal(clean.frame["a"], expected)
    assert clean.notes[-1] == "25 values -999 in 'a' taken as missing, as you said."
    assert clean.schema["a"].has_missing
    assert clean.id != table.id
    assert found(clean) == []


def test_what_cannot_be_taken_is_refused(read):
    table = read(column([5] * 30))
    for name, value, message in (
        ("b", -1, "holds no numbers"), ("a", -1, "no value"), ("a", 5, "nothing but 5"),
        ("c", 5, "'c'"),
    ):  # fmt: skip
        with pytest.raises(LabError, match=message):
            take_as_missing(table, name, value)
