"""Numbers and names as they stand in a sentence."""

import pytest

from lab.comparison.wording import listed, number, with_interval


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.91234, "0.912"),
        (0.0, "0.000"),
        (-0.0004, "-0.0004"),
        (0.00002, "2e-05"),
        (12.345, "12.3"),
        (52340.6, "52,341"),
    ],
)
def test_a_number_is_as_short_as_it_can_be(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ((0.91234, 0.88, 0.94), "0.912 (95 % interval 0.880 to 0.940)"),
        ((0.91234, 0.6, 1.0), "0.91 (95 % interval 0.60 to 1.00)"),
        ((52340.6, 50000.0, 54000.0), "52,341 (95 % interval 50,000 to 54,000)"),
        ((0.91234, float("nan"), float("nan")), "0.912"),
        ((1.0, 1.0, 1.0), "1.000"),
    ],
)
def test_digits_follow_from_the_intervals_width(values, text):
    assert with_interval(*values) == text


def test_names_are_listed_and_the_rest_counted():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c", "d"]) == "a, b, c and 1 more"
