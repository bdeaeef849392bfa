"""Naive Bayes by blocks of rows: the library's numbers, to the last bit."""

import tracemalloc
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy.sparse import coo_matrix, csc_matrix, csr_matrix
from sklearn.naive_bayes import GaussianNB
from sklearn.utils.estimator_checks import parametrize_with_checks

from lab.models.adapted_naive_bayes import BlockwiseGaussianNB

Floats = npt.NDArray[np.float64]
LEARNED = ("classes_", "theta_", "var_", "epsilon_", "class_count_", "class_prior_")
COLUMNS = (1, 2, 3, 8, 9, 130)
ROWS = 20_000


def drawn(n: int, columns: int, *, seed: int = 0) -> Floats:
    """Return rows of very different scales, far from zero, most values zero."""
    rng = np.random.default_rng(seed)
    X = rng.normal(3, size=(n, columns)) * 10 ** rng.uniform(-5, 5, size=columns)
    return np.where(rng.random((n, columns)) < 0.7, 0.0, X)


def drawn_classes(n: int, k: int) -> npt.NDArray[np.int64]:
    return np.random.default_rng(1).permutation(np.r_[np.arange(k), np.arange(n - k) ** 2 % k])


def assert_equal_to_the_library(X: Any, dense: Floats, y: Any, weight: Any = None) -> None:
    ours = BlockwiseGaussianNB().fit(X, y, weight)
    plain = GaussianNB().fit(dense, y, weight)
    for name in LEARNED:
        found, expected = (np.asarray(getattr(model, name)) for model in (ours, plain))
        np.testing.assert_array_equal(found, expected)
        assert found.dtype == expected.dtype
    asked = dense[: len(dense) // 3 + 1]
    for answer in ("predict", "predict_proba", "predict_log_proba", "predict_joint_log_proba"):
        expected = getattr(plain, answer)(asked)
        found = getattr(ours, answer)(X[: len(asked)])
        np.testing.assert_array_equal(found, expected)
        assert found.dtype == expected.dtype
        assert expected.flags.c_contiguous == getattr(ours, answer)(asked).flags.c_contiguous


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("classes", [2, 3, 9])
def test_rows_sparse_or_dense_give_the_numbers_of_the_library(columns: int, classes: int) -> None:
    dense, y = drawn(ROWS, columns), drawn_classes(ROWS, classes)
    for made in (dense, csr_matrix(dense), np.asfortranarray(dense), dense.astype(np.float32)):
        plain = made.toarray() if isinstance(made, csr_matrix) else made
        assert_equal_to_the_library(made, plain, y)


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # no variance at all
def test_few_rows_give_the_numbers_of_the_library(columns: int) -> None:
    for n in (2, 3, 7, 50):
        dense, y = drawn(n, columns), drawn_classes(n, 2)
        assert_equal_to_the_library(dense, dense, y)
        assert_equal_to_the_library(csr_matrix(dense), dense, y)


def test_words_as_classes_and_weights_give_the_numbers_of_the_library() -> None:
    dense = drawn(ROWS, 20)
    y = np.array(["yes", "no", "maybe"])[drawn_classes(ROWS, 3)]
    assert_equal_to_the_library(csr_matrix(dense), dense, y)
    weight = np.random.default_rng(2).uniform(0.1, 5, size=ROWS)
    assert_equal_to_the_library(csr_matrix(dense), dense, y, weight)


def test_further_rows_and_other_forms_are_taken() -> None:
    dense, y = drawn(600, 12), drawn_classes(600, 2)
    ours, plain = BlockwiseGaussianNB(), GaussianNB()
    for rows in (slice(0, 200), slice(200, 600)):
        ours.partial_fit(csr_matrix(dense[rows]), y[rows], [0, 1])
        plain.partial_fit(dense[rows], y[rows], [0, 1])
    np.testing.assert_array_equal(ours.var_, plain.var_)
    expected = plain.fit(dense, y).predict_proba(dense)
    ours = BlockwiseGaussianNB().fit(coo_matrix(dense), y)
    np.testing.assert_array_equal(ours.predict_proba(coo_matrix(dense)), expected)
    np.testing.assert_array_equal(ours.predict_proba(dense.tolist()), expected)


@pytest.mark.filterwarnings("error")
def test_many_classes_of_few_rows_are_nothing_to_warn_of() -> None:
    dense, y = drawn(120, 6), drawn_classes(120, 70)
    assert_equal_to_the_library(csr_matrix(dense), dense, y)
    as_objects = np.array([f"class {each}" for each in y], dtype=object)
    found, expected = (
        model().fit(dense, as_objects).predict(dense) for model in (BlockwiseGaussianNB, GaussianNB)
    )
    np.testing.assert_array_equal(found, expected)
    assert found.dtype == expected.dtype


def test_other_numbers_are_answered_for_as_by_the_library() -> None:
    dense, y = drawn(600, 12), drawn_classes(600, 2)
    single = dense.astype(np.float32)
    ours, plain = BlockwiseGaussianNB().fit(single, y), GaussianNB().fit(single, y)
    np.testing.assert_array_equal(ours.predict_proba(dense), plain.predict_proba(dense))
    weight = np.random.default_rng(2).uniform(0.1, 5, size=600)
    ours = BlockwiseGaussianNB().fit(csc_matrix(dense), y, weight)
    np.testing.assert_array_equal(ours.var_, GaussianNB().fit(dense, y, weight).var_)


def test_sparse_rows_are_never_all_dense() -> None:
    dense, y = drawn(ROWS, 130), drawn_classes(ROWS, 2)
    X, all_dense = csr_matrix(dense), dense.nbytes
    del dense
    tracemalloc.start()
    BlockwiseGaussianNB().fit(X, y).predict_proba(X)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < all_dense / 2


def test_rows_that_cannot_be_are_told_as_the_library_does() -> None:
    X, y = drawn(500, 5), drawn_classes(500, 2)
    model = BlockwiseGaussianNB().fit(csr_matrix(X), y)
    with pytest.raises(ValueError, match="expecting 5 features"):
        model.predict(csr_matrix(X[:, :3]))
    X[3, 2] = np.nan
    with pytest.raises(ValueError, match="contains NaN"):
        model.fit(csr_matrix(X), y)
    with pytest.raises(ValueError, match=r"Unknown label type: \(array"):
        model.fit(drawn(500, 5), np.linspace(0, 1, 500))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # no weight in a class
@parametrize_with_checks([BlockwiseGaussianNB()])  # type: ignore[untyped-decorator]
def test_it_is_an_estimator(estimator: Any, check: Any) -> None:
    check(estimator)
