import pytest

from lab.base import LabError
from lab.cli.request import Problems, named_keys, split_settings


def test_settings_are_sorted_by_the_model_that_they_are_for():
    words = ("knn.n_neighbors=7", "mlp.alpha=1e-3", "knn.weights=distance")
    assert split_settings(words, known=("knn", "mlp")) == {
        "knn": {"n_neighbors": "7", "weights": "distance"},
        "mlp": {"alpha": "1e-3"},
    }


@pytest.mark.parametrize("word", ["knn", "knn=3", "knn.=3", "n_neighbors=3", "knn.a"])
def test_a_setting_of_another_form_is_told_with_an_example(word):
    with pytest.raises(LabError, match=r"MODEL\.SETTING=VALUE|does not take part") as caught:
        split_settings((word,), known=("knn",))
    assert caught.value.hint


def test_a_value_may_hold_equals_signs_and_dots():
    assert split_settings(("knn.a=b=c.d",), known=("knn",)) == {"knn": {"a": "b=c.d"}}


def test_a_setting_for_a_model_that_does_not_take_part_is_told():
    with pytest.raises(LabError, match="for 'mlp', which does not take part"):
        split_settings(("mlp.alpha=1",), known=("knn",))


def test_keys_stand_between_commas_and_blanks_do_not_count():
    assert named_keys("model", "knn, mlp,,") == ("knn", "mlp")
    assert named_keys("model", None) == ()


@pytest.mark.parametrize("text", ["", " ", ",", " , ,"])
def test_an_option_that_names_nothing_is_told(text):
    with pytest.raises(LabError, match="--metrics names no metric") as caught:
        named_keys("metric", text)
    assert "python -m lab metrics" in caught.value.hint


def test_one_problem_is_told_as_it_is():
    problems = Problems()
    with problems.of("--cv"):
        raise LabError("no", hint="yes")
    with pytest.raises(LabError, match="no"):
        problems.tell()


def test_several_problems_are_told_at_once():
    problems = Problems()
    for option in ("--cv", "--models"):
        with problems.of(option):
            raise LabError("no")
    with pytest.raises(LabError, match="2 things have to be put right") as caught:
        problems.tell()
    assert [problem.field for problem in caught.value.problems] == ["--cv", "--models"]


def test_no_problem_is_told_by_silence():
    Problems().tell()
