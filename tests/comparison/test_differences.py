"""Every finished candidate against every other."""

import numpy as np
import pytest

from lab.comparison import corrected_paired_test, difference_matrix, holm

_RNG = np.random.default_rng(2)
SCORES = {
    name: _RNG.normal(mean, 0.02, 5).tolist()
    for name, mean in {"Good": 0.9, "Fair": 0.8, "Bad": 0.7}.items()
}


@pytest.fixture
def pairs(make_experiment, make_records):
    made = make_experiment(list(SCORES))
    return difference_matrix(made, make_records(made, SCORES), "roc_auc")


def test_every_pair_stands_there_in_both_directions_best_first(pairs):
    found = list(zip(pairs["a"], pairs["b"], strict=True))
    assert found == [
        ("Good", "Fair"),
        ("Good", "Bad"),
        ("Fair", "Good"),
        ("Fair", "Bad"),
        ("Bad", "Good"),
        ("Bad", "Fair"),
    ]


def test_a_difference_is_that_of_the_first_minus_the_second(pairs):
    first = pairs.iloc[0]
    test = corrected_paired_test(np.subtract(SCORES["Good"], SCORES["Fair"]), test_ratio=1 / 4)
    assert first["difference"] == pytest.approx(float(test.difference))
    assert (first["low"], first["high"]) == pytest.approx((float(test.low), float(test.high)))


def test_p_values_are_adjusted_for_all_pairs(pairs):
    names = [("Good", "Fair"), ("Good", "Bad"), ("Fair", "Bad")]
    plain = [
        float(corrected_paired_test(np.subtract(SCORES[a], SCORES[b]), test_ratio=1 / 4).p_value)
        for a, b in names
    ]
    by_pair = pairs.set_index(["a", "b"])["p_value"]
    assert [by_pair[pair] for pair in names] == pytest.approx(holm(plain).tolist())


def test_the_other_direction_is_the_mirror_image(pairs):
    by_pair = pairs.set_index(["a", "b"])
    forth, back = by_pair.loc[("Good", "Bad")], by_pair.loc[("Bad", "Good")]
    assert back["difference"] == -forth["difference"]
    assert (back["low"], back["high"]) == (-forth["high"], -forth["low"])
    assert back["p_value"] == forth["p_value"]


def test_candidates_that_are_not_complete_are_left_out(make_experiment, make_records):
    scores = {**SCORES, "Later": [0.99, None, None, None, None]}
    made = make_experiment(list(scores))
    pairs = difference_matrix(made, make_records(made, scores), "roc_auc")
    assert "Later" not in set(pairs["a"]) | set(pairs["b"])


@pytest.mark.parametrize("value", [0.9, None])
def test_one_candidate_or_none_gives_an_empty_frame(make_experiment, make_records, value):
    made = make_experiment(["Only"])
    pairs = difference_matrix(made, make_records(made, {"Only": [value] * 5}), "roc_auc")
    assert pairs.empty
    assert list(pairs.columns) == ["a", "b", "difference", "low", "high", "p_value"]
