"""Nearest neighbours by a tree: the library's answers, whichever way they are found."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy.sparse import csr_matrix
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.utils.estimator_checks import parametrize_with_checks
from threadpoolctl import threadpool_limits

from lab.models.adapted_neighbours import (
    FEWEST_ROWS,
    QuickKNeighborsClassifier,
    QuickKNeighborsRegressor,
)

Floats = npt.NDArray[np.float64]
WIDTH = 20
"""Beyond 15 columns the library measures every distance."""


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Have one thread, as every cell has."""
    with threadpool_limits(1):
        yield


def clustered(n: int, *, seed: int = 0) -> Floats:
    """Return rows of three scaled numbers and seventeen marks of a category."""
    rng = np.random.default_rng(seed)
    return np.hstack([rng.normal(size=(n, 3)), 2 * np.eye(17)[rng.integers(17, size=n)]])


def gridded(n: int, *, seed: int = 0) -> Floats:
    """Return rows on a coarse grid: many the same, many as near as others."""
    rng = np.random.default_rng(seed)
    return np.hstack([rng.integers(6, size=(n, 4)) / 7, np.eye(16)[rng.integers(3, size=n)]])


def far_off(n: int, *, seed: int = 0) -> Floats:
    """Return rows so far from zero that the library's distances are mostly rounding."""
    return clustered(n, seed=seed) + 1e7


def scattered(n: int, *, seed: int = 0) -> Floats:
    return np.random.default_rng(seed).normal(size=(n, WIDTH))


def answers(kind: Any, make: Any, *, n_neighbors: int, n: int = 4 * FEWEST_ROWS) -> Any:
    X = make(n)
    y = (X[:, :3].sum(axis=1) * 10).astype(np.int64) % 3
    target = y if issubclass(kind, KNeighborsClassifier) else X[:, 0] * 1.37 + y
    return kind(n_neighbors=n_neighbors, n_jobs=1).fit(X, target)


@pytest.mark.parametrize("n_neighbors", [1, 5, 12])
@pytest.mark.parametrize("make", [clustered, gridded, far_off, scattered])
def test_classes_have_the_shares_of_the_library(make: Any, n_neighbors: int) -> None:
    quick = answers(QuickKNeighborsClassifier, make, n_neighbors=n_neighbors)
    plain = answers(KNeighborsClassifier, make, n_neighbors=n_neighbors)
    asked = make(700, seed=1)
    np.testing.assert_array_equal(quick.predict_proba(asked), plain.predict_proba(asked))
    np.testing.assert_array_equal(quick.predict(asked), plain.predict(asked))


@pytest.mark.parametrize("n_neighbors", [1, 5, 12])
@pytest.mark.parametrize("make", [clustered, gridded, far_off, scattered])
def test_values_are_those_of_the_library(make: Any, n_neighbors: int) -> None:
    quick = answers(QuickKNeighborsRegressor, make, n_neighbors=n_neighbors)
    plain = answers(KNeighborsRegressor, make, n_neighbors=n_neighbors)
    asked = make(700, seed=1)
    np.testing.assert_array_equal(quick.predict(asked), plain.predict(asked))


def test_a_tree_is_asked_only_where_it_passes_over_most_rows() -> None:
    def found(make: Any) -> Any:
        model = answers(QuickKNeighborsClassifier, make, n_neighbors=5)
        return model._found(make(700, seed=1), in_order=False)

    assert found(scattered) is None
    _, certain = found(clustered)
    assert certain.mean() > 0.99
    _, certain = found(gridded)
    assert not certain.all(), "no ties: the test of ties would pass without any"


def test_the_library_answers_what_is_asked_otherwise() -> None:
    X = clustered(3 * FEWEST_ROWS)
    y = (X[:, 0] > 0).astype(np.int64)
    asked = clustered(500, seed=1)
    for settings in ({"metric": "manhattan"}, {"weights": "distance"}, {"algorithm": "ball_tree"}):
        model = QuickKNeighborsClassifier(**settings).fit(X, y)
        assert model._found(asked, in_order=False) is None
        expected = KNeighborsClassifier(**settings).fit(X, y).predict_proba(asked)
        np.testing.assert_array_equal(model.predict_proba(asked), expected)
    sparse = QuickKNeighborsClassifier().fit(csr_matrix(X), y)
    assert sparse._found(csr_matrix(asked), in_order=False) is None
    assert QuickKNeighborsClassifier().fit(X[:500], y[:500])._found(asked, in_order=False) is None


@pytest.mark.parametrize("scale", [1e-161, 1e-159, 1e-90, 1e90, 1e153])
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_very_small_and_very_large_values_are_answered_as_by_the_library(scale: float) -> None:
    X, asked = clustered(3 * FEWEST_ROWS) * scale, clustered(700, seed=1) * scale
    y = np.arange(len(X)) % 3
    expected = KNeighborsClassifier().fit(X, y).predict_proba(asked)
    found = QuickKNeighborsClassifier().fit(X, y).predict_proba(asked)
    np.testing.assert_array_equal(found, expected)


def test_with_several_threads_the_library_answers_all() -> None:
    X = np.zeros((20_000, WIDTH))
    rng = np.random.default_rng(0)
    X[:, 0], X[:, 1] = rng.permutation(len(X)) * 0.1, rng.integers(5, size=len(X)) * 0.1
    y = rng.integers(2, size=len(X))
    asked = X[rng.permutation(len(X))[:7_000]] + 0.05
    with threadpool_limits(2):
        expected = KNeighborsClassifier().fit(X, y).predict_proba(asked)
        found = QuickKNeighborsClassifier().fit(X, y).predict_proba(asked)
    np.testing.assert_array_equal(found, expected)


def test_rows_that_cannot_be_are_told_as_the_library_does() -> None:
    model = QuickKNeighborsClassifier().fit(clustered(3 * FEWEST_ROWS), np.arange(6_000) % 2)
    asked = clustered(500, seed=1)
    with pytest.raises(ValueError, match="expecting 20 features"):
        model.predict_proba(asked[:, :7])
    asked[3, 2] = np.nan
    with pytest.raises(ValueError, match="contains NaN"):
        model.predict_proba(asked)


@parametrize_with_checks([QuickKNeighborsClassifier(), QuickKNeighborsRegressor()])  # type: ignore[untyped-decorator]
def test_they_are_estimators(estimator: Any, check: Any) -> None:
    check(estimator)
