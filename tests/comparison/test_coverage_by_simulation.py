"""Does the corrected interval hold what it says, and the uncorrected one not?

A learner that predicts the mean of its training rows is judged by mean absolute error on random
training and test parts of the same 60 normal values, 15 times, as in Nadeau & Bengio (2003). Its
true error is known by simulation of new values.
"""

import numpy as np
import pytest

from lab.comparison import corrected_interval

_N, _N_TEST, _N_SPLITS, _N_RUNS = 60, 12, 15, 400


def _run(rng: np.random.Generator) -> np.ndarray:
    """Return the error on each random split of one sample."""
    values = rng.normal(size=_N)
    errors = np.empty(_N_SPLITS)
    for split in range(_N_SPLITS):
        order = rng.permutation(_N)
        learned = values[order[_N_TEST:]].mean()
        errors[split] = np.abs(values[order[:_N_TEST]] - learned).mean()
    return errors


@pytest.fixture(scope="module")
def runs() -> np.ndarray:
    rng = np.random.default_rng(20030901)
    return np.array([_run(rng) for _ in range(_N_RUNS)])


def _coverage(runs: np.ndarray, *, test_ratio: float) -> float:
    true_error = np.sqrt(2 / np.pi * (1 + 1 / (_N - _N_TEST)))
    low, high = corrected_interval(runs, test_ratio=test_ratio)
    return float(np.mean((low <= true_error) & (true_error <= high)))


def test_the_corrected_interval_covers_about_as_often_as_it_says(runs):
    assert 0.91 <= _coverage(runs, test_ratio=_N_TEST / (_N - _N_TEST)) <= 0.99


def test_the_uncorrected_interval_covers_far_less_than_it_says(runs):
    assert _coverage(runs, test_ratio=0.0) < 0.75
