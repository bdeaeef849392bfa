"""Corrected intervals and tests, against scipy and published numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.datasets import make_moons
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.svm import SVC

from lab.comparison import corrected_interval, corrected_paired_test, holm

_SCORES = st.lists(st.floats(0, 1), min_size=2, max_size=30)


def test_the_published_example_of_scikit_learn_is_met():
    """Statistical comparison of models using grid search: t = 0.750, one-sided p = 0.227."""
    X, y = make_moons(noise=0.352, random_state=1, n_samples=100)
    folds = RepeatedStratifiedKFold(n_splits=10, n_repeats=10, random_state=0)
    rbf, linear = (
        cross_val_score(SVC(kernel=kernel, random_state=0), X, y, scoring="roc_auc", cv=folds)
        for kernel in ("rbf", "linear")
    )
    test = corrected_paired_test(rbf - linear, test_ratio=10 / 90)
    assert test.difference == pytest.approx(0.94 - 0.93, abs=1e-6)
    assert test.p_value / 2 == pytest.approx(0.227, abs=5e-4)
    t_value = stats.t.isf(test.p_value / 2, 99)
    assert t_value == pytest.approx(0.750, abs=5e-4)


@given(_SCORES)
def test_without_correction_the_interval_is_scipys(scores):
    low, high = corrected_interval(scores, test_ratio=0.0)
    if np.ptp(scores) < 1e-9:
        return
    expected = stats.t.interval(0.95, len(scores) - 1, loc=np.mean(scores), scale=stats.sem(scores))
    assert (low, high) == pytest.approx(expected, abs=1e-12)


@given(_SCORES)
def test_without_correction_the_test_is_scipys_paired_t_test(differences):
    if np.ptp(differences) < 1e-9:
        return
    test = corrected_paired_test(differences, test_ratio=0.0)
    expected = stats.ttest_1samp(differences, 0.0)
    interval = expected.confidence_interval(0.95)
    assert test.p_value == pytest.approx(expected.pvalue, abs=1e-12)
    assert (test.low, test.high) == pytest.approx((interval.low, interval.high), abs=1e-9)


def test_the_correction_is_that_of_nadeau_and_bengio():
    """The formula of the paper, written out for five folds of 100 rows."""
    differences = np.array([0.02, 0.05, -0.01, 0.03, 0.04])
    error = np.sqrt((1 / 5 + 20 / 80) * np.var(differences, ddof=1))
    expected = 2 * stats.t.sf(abs(differences.mean() / error), df=4)
    assert corrected_paired_test(differences, test_ratio=20 / 80).p_value == pytest.approx(expected)


def test_repeats_shrink_the_interval_only_to_what_shared_rows_allow():
    scores = np.random.default_rng(0).normal(0.8, 0.02, 5)
    widths = [
        float(np.diff(corrected_interval(np.tile(scores, repeats), test_ratio=0.25))[0])
        for repeats in (1, 10, 100)
    ]
    assert widths[0] > widths[1] > widths[2]
    assert widths[2] > 2 * 1.96 * np.sqrt(0.25) * scores.std() * 0.99


def test_folds_without_a_score_are_left_out():
    with_gap = corrected_interval([0.8, np.nan, 0.7, 0.9], test_ratio=0.5)
    assert with_gap == pytest.approx(corrected_interval([0.8, 0.7, 0.9], test_ratio=0.5))


@pytest.mark.parametrize("scores", [[], [0.8], [np.nan, 0.8]])
def test_one_score_has_no_interval_and_no_p_value(scores):
    test = corrected_paired_test(scores, test_ratio=0.25)
    assert np.isnan([*corrected_interval(scores, test_ratio=0.25), test.p_value]).all()


def test_equal_scores_are_no_difference_at_all():
    test = corrected_paired_test([0.0, 0.0, 0.0], test_ratio=0.5)
    assert (test.low, test.high, test.p_value) == (0.0, 0.0, 1.0)


def test_the_same_difference_in_every_fold_is_certain():
    assert corrected_paired_test([0.5, 0.5, 0.5], test_ratio=0.5).p_value == 0.0


def test_many_candidates_at_once_give_what_one_by_one_gives():
    scores = np.random.default_rng(1).normal(size=(4, 6))
    together = corrected_paired_test(scores, test_ratio=0.2)
    for place, line in enumerate(scores):
        alone = corrected_paired_test(line, test_ratio=0.2)
        assert together.p_value[place] == pytest.approx(float(alone.p_value))
        assert together.low[place] == pytest.approx(float(alone.low))


def test_holm_meets_a_worked_example():
    """Four p-values as in Holm's procedure: 0.005 x 4, 0.01 x 3, 0.03 x 2, then not below it."""
    np.testing.assert_allclose(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_keeps_the_order_and_lies_between_the_plain_and_bonferronis(p_values):
    plain, adjusted = np.array(p_values), holm(p_values)
    assert np.all(adjusted >= plain - 1e-15)
    assert np.all(adjusted <= np.minimum(1, plain * len(plain)) + 1e-15)
    assert np.all(np.diff(adjusted[np.argsort(plain, kind="stable")]) >= 0)


def test_holm_does_not_count_what_was_not_compared():
    np.testing.assert_allclose(holm([0.02, np.nan, 0.03]), [0.04, np.nan, 0.04])


def test_squares_too_large_for_a_number_leave_interval_and_test_empty():
    values = np.array([[1e300, 2e300, -4e300], [1.0, 2.0, 3.0]])
    low, high = corrected_interval(values, test_ratio=0.5)
    test = corrected_paired_test(values, test_ratio=0.5)
    assert np.isnan([low[0], high[0], test.p_value[0], test.low[0], test.high[0]]).all()
    assert np.isfinite([low[1], high[1], test.p_value[1], test.low[1], test.high[1]]).all()


def test_a_sum_too_large_for_a_number_leaves_the_mean_empty():
    test = corrected_paired_test([1.7e308, 1.7e308, 1.6e308], test_ratio=0.5)
    assert np.isnan([test.difference, test.low, test.high, test.p_value]).all()
