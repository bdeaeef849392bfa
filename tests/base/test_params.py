import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.base import LabError, Number, Option, Text, Toggle

WHOLE = Number(name="folds", label="Folds", default=5, minimum=2, maximum=20, integer=True)
REAL = Number(name="share", label="Share", default=0.2, minimum=0.05, maximum=0.5)
DEPTH = Number(
    name="max_depth",
    label="Depth",
    default=None,
    minimum=1,
    maximum=100,
    integer=True,
    none_label="no limit",
)
OPTION = Option(
    name="kernel", label="Kernel", default="rbf", options=(("rbf", "Radial"), ("linear", "Linear"))
)


@given(st.integers(2, 20))
def test_a_whole_number_within_bounds_is_itself_as_number_and_as_text(value):
    assert WHOLE.clean(value) == value
    assert WHOLE.clean(str(value)) == value
    assert isinstance(WHOLE.clean(str(value)), int)


@given(st.floats(0.05, 0.5))
def test_a_number_within_bounds_survives_being_written_and_read_exactly(value):
    assert REAL.clean(repr(value)) == value


@given(st.floats(allow_nan=True, allow_infinity=True) | st.integers())
def test_a_number_is_either_refused_or_within_its_bounds(value):
    try:
        kept = REAL.clean(value)
    except LabError:
        return
    assert 0.05 <= kept <= 0.5


@pytest.mark.parametrize("value", [2.5, "2.5", "many", "", True, [3], math.nan, math.inf])
def test_what_is_not_a_whole_number_is_refused_by_name(value):
    with pytest.raises(LabError, match="folds"):
        WHOLE.clean(value)


def test_infinity_is_no_number_even_without_an_upper_bound():
    unbounded = Number(name="c", label="C", default=1, minimum=0, maximum=math.inf)
    with pytest.raises(LabError, match="not a number"):
        unbounded.clean("inf")


def test_a_number_out_of_bounds_is_told_with_its_bounds():
    with pytest.raises(LabError, match="folds is 50, allowed are 2 to 20"):
        WHOLE.clean(50)


@pytest.mark.parametrize("value", [None, "none", "None", " none "])
def test_none_is_allowed_only_where_it_has_a_meaning(value):
    assert DEPTH.clean(value) is None
    with pytest.raises(LabError, match="folds needs a number"):
        WHOLE.clean(value)


def test_a_default_out_of_bounds_is_refused_at_once():
    with pytest.raises(LabError):
        Number(name="a", label="A", default=9, minimum=0, maximum=1)
    with pytest.raises(LabError):
        Option(name="a", label="A", default="z", options=(("b", "B"),))


def test_the_default_of_a_real_setting_is_a_real_number():
    assert isinstance(Number(name="a", label="A", default=1, minimum=0, maximum=2).default, float)


@pytest.mark.parametrize(
    ("word", "value"), [("yes", True), ("TRUE", True), (0, False), ("Off", False)]
)
def test_a_toggle_reads_the_usual_words(word, value):
    assert Toggle(name="shuffle", label="Shuffle", default=False).clean(word) is value


@pytest.mark.parametrize("word", ["maybe", "", 2, None])
def test_a_toggle_refuses_other_words(word):
    with pytest.raises(LabError, match="allowed are yes and no"):
        Toggle(name="shuffle", label="Shuffle", default=False).clean(word)


def test_an_option_tells_what_is_allowed():
    assert OPTION.clean("linear") == "linear"
    assert OPTION.title("linear") == "Linear"
    with pytest.raises(LabError, match="allowed are rbf, linear"):
        OPTION.clean("poly")


def test_a_text_is_kept_as_it_is_up_to_its_length():
    text = Text(name="fill", label="Fill", default="", max_length=3)
    assert text.clean(" = ") == " = "
    assert text.clean(None) == ""
    with pytest.raises(LabError, match="4 characters, at most 3"):
        text.clean("abcd")
