import numpy as np
import pytest
from scipy import stats

from lab.comparison import ruled_out

RATIO = 0.25


def race(scores, *, n_looks=10, greater_is_better=True):
    return ruled_out(
        np.asarray(scores, dtype=float),
        n_looks=n_looks,
        greater_is_better=greater_is_better,
        test_ratio=RATIO,
    )


def test_the_p_value_is_the_corrected_test_times_the_looks():
    rng = np.random.default_rng(0)
    best, other = 0.9 + 0.01 * rng.normal(size=6), 0.85 + 0.01 * rng.normal(size=6)
    (out,) = race([best, other], n_looks=4)
    gaps = best - other
    t = gaps.mean() / np.sqrt(gaps.var(ddof=1) * (1 / 6 + RATIO))
    assert (out.candidate, out.best, out.n_folds) == (1, 0, 6)
    assert out.difference == pytest.approx(gaps.mean(), abs=1e-12)
    assert out.p_value == pytest.approx(4 * 2 * stats.t.sf(t, 5), rel=1e-9)


def test_errors_are_better_when_they_are_less():
    scores = [[1.0, 1.1, 1.0, 1.05], [5.0, 5.2, 5.1, 5.0]]
    assert [out.candidate for out in race(scores, greater_is_better=False)] == [1]
    assert [out.candidate for out in race(scores)] == [0]


@pytest.mark.parametrize(
    "scores",
    [
        [[0.9, 0.9], [0.1, 0.1]],  # too few folds
        [[0.9, 0.91, 0.9], [np.nan, np.nan, np.nan]],  # nobody to compare with
        [[0.9, 0.91, np.nan], [0.1, np.nan, 0.1]],  # no folds in common
        [[0.9, 0.91, 0.9, 0.92], [0.9, 0.91, 0.9, 0.92]],  # equals
    ],
)
def test_nobody_is_out_without_evidence(scores):
    assert race(scores) == []


def test_equally_good_candidates_are_seldom_ruled_out_in_a_whole_race():
    """With ten looks and five equals, the chance of any mistake stays below one in twenty."""
    rng = np.random.default_rng(1)
    mistakes = 0
    for _ in range(400):
        common = rng.normal(size=20)  # folds differ, candidates do not
        scores = 0.8 + 0.02 * (common + rng.normal(size=(5, 20)))
        seen = [race(scores[:, :n], n_looks=20) for n in range(3, 21)]
        mistakes += any(seen)
    assert mistakes / 400 < 0.05
