"""The estimate of Tibshirani & Tibshirani (2009)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lab.comparison import picking_optimism

_ERRORS = np.array([[0.10, 0.20, 0.15], [0.12, 0.10, 0.25], [0.30, 0.05, 0.40]])


def test_the_estimate_is_the_papers_formula_written_out():
    """Bias = mean over folds of e_k(chosen overall) - e_k(best in fold k)."""
    chosen = _ERRORS.mean(axis=1).argmin()
    gaps = [_ERRORS[chosen, k] - _ERRORS[:, k].min() for k in range(3)]
    found = picking_optimism(_ERRORS, greater_is_better=False)
    assert found.amount == pytest.approx(np.mean(gaps))
    assert found.corrected == pytest.approx(_ERRORS[chosen].mean() + np.mean(gaps))


def test_a_score_is_corrected_downwards():
    errors = picking_optimism(_ERRORS, greater_is_better=False)
    scores = picking_optimism(1 - _ERRORS, greater_is_better=True)
    assert scores.amount == pytest.approx(errors.amount)
    assert scores.corrected == pytest.approx(1 - errors.corrected)


def test_a_candidate_that_is_best_everywhere_is_not_flattered():
    found = picking_optimism(np.array([[0.9, 0.8], [0.7, 0.6]]), greater_is_better=True)
    assert found.amount == 0.0
    assert "does not flatter" in found.sentence


def test_the_sentence_tells_from_how_many_and_what_to_expect():
    found = picking_optimism(_ERRORS, greater_is_better=False)
    assert "Picking the best of 3 flatters its score by about 0.050" in found.sentence
    assert "expect about 0.200 on new rows" in found.sentence


@pytest.mark.parametrize("scores", [np.ones((1, 5)), np.ones((4, 1)), np.ones((0, 5))])
def test_one_candidate_or_one_fold_has_no_estimate(scores):
    assert picking_optimism(scores, greater_is_better=True) is None


def test_candidates_that_miss_a_fold_are_not_picked_from():
    scores = np.array([[0.9, 0.8], [0.7, 0.85], [1.0, np.nan]])
    assert picking_optimism(scores, greater_is_better=True).n_candidates == 2


@given(arrays(float, (4, 5), elements=st.floats(0, 1)))
def test_the_amount_is_never_negative(scores):
    assert picking_optimism(scores, greater_is_better=True).amount >= 0


def test_among_equal_candidates_the_estimate_is_near_the_true_gain():
    """Two equal candidates: the winner is better by luck alone, and the estimate is cautious."""
    rng = np.random.default_rng(3)
    luck, estimates = [], []
    for _ in range(200):
        scores = 0.8 + rng.normal(0, 0.02, (2, 5))
        luck.append(scores.mean(axis=1).max() - 0.8)
        estimates.append(picking_optimism(scores, greater_is_better=True).amount)
    assert np.mean(luck) > 0.004
    assert np.mean(luck) <= np.mean(estimates) <= 3 * np.mean(luck)
