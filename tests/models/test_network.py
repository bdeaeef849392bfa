"""Our passes of a network against scikit-learn's own, to the last bit."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.datasets import make_classification, make_regression
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.neural_network._multilayer_perceptron import BaseMultilayerPerceptron

from lab.models.adapted_mlp import QuickPasses, WatchedMLPClassifier, WatchedMLPRegressor

ROWS = 1_230  # its last batch is a smaller one, with and without the rows that are watched
LAYERS = [(100,), (7,), (1,), (30, 20), (16, 16, 8)]
CASES = [
    pytest.param(classes, layers, early, id=f"{classes} classes, {layers}, early={early}")
    for classes in (2, 5)
    for layers in LAYERS
    for early in (True, False)
]


def of_classes(classes: int):
    return make_classification(
        ROWS, 12, n_informative=8, n_classes=classes, flip_y=0.1, random_state=classes
    )


def assert_equal(ours, plain, X):
    for mine, theirs in zip(
        (*ours.coefs_, *ours.intercepts_), (*plain.coefs_, *plain.intercepts_), strict=True
    ):
        np.testing.assert_array_equal(mine, theirs)
    assert ours.loss_curve_ == plain.loss_curve_
    assert ours.validation_scores_ == plain.validation_scores_
    assert (ours.n_iter_, ours.t_, ours.loss_) == (plain.n_iter_, plain.t_, plain.loss_)
    ask = "predict_proba" if hasattr(plain, "classes_") else "predict"
    assert getattr(ours, ask)(X).tobytes() == getattr(plain, ask)(X).tobytes()


@pytest.fixture
def only_ours(monkeypatch):
    """Fail where the library's own passes are taken, which would be equal for nothing."""

    def refuse(*_args, **_kwargs):
        raise AssertionError("the library's passes were taken")

    for network in (WatchedMLPClassifier, WatchedMLPRegressor):
        assert network._fit_stochastic is QuickPasses._fit_stochastic
    return lambda: monkeypatch.setattr(BaseMultilayerPerceptron, "_fit_stochastic", refuse)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize(("classes", "layers", "early"), CASES)
def test_classes_are_learned_to_the_last_bit(classes, layers, early, only_ours):
    X, y = of_classes(classes)
    settings = {"hidden_layer_sizes": layers, "early_stopping": early, "max_iter": 25}
    plain = MLPClassifier(**settings, random_state=4).fit(X, y)
    only_ours()
    assert_equal(WatchedMLPClassifier(**settings, random_state=4).fit(X, y), plain, X)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("layers", LAYERS)
def test_numbers_are_learned_to_the_last_bit(layers, early, only_ours):
    X, y = make_regression(ROWS, 9, noise=3, random_state=0)
    y = y / y.std()
    settings = {"hidden_layer_sizes": layers, "early_stopping": early, "max_iter": 25}
    plain = MLPRegressor(**settings, random_state=4).fit(X, y)
    only_ours()
    assert_equal(WatchedMLPRegressor(**settings, random_state=4).fit(X, y), plain, X)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("classes", [2, 3])
def test_weights_of_rows_count_to_the_last_bit(classes, early, only_ours):
    X, y = of_classes(classes)
    weight = np.random.default_rng(0).gamma(2, 1, len(y))
    settings = {"early_stopping": early, "max_iter": 25, "alpha": 0.5}
    plain = MLPClassifier(**settings, random_state=4).fit(X, y, weight)
    only_ours()
    assert_equal(WatchedMLPClassifier(**settings, random_state=4).fit(X, y, weight), plain, X)


def test_it_stops_when_the_library_stops(only_ours):
    X, y = of_classes(2)
    plain = MLPClassifier(max_iter=2_000, random_state=1, hidden_layer_sizes=(5,)).fit(X, y)
    assert 50 < plain.n_iter_ < 2_000
    only_ours()
    ours = WatchedMLPClassifier(max_iter=2_000, random_state=1, hidden_layer_sizes=(5,))
    assert_equal(ours.fit(X, y), plain, X)


def test_it_says_that_it_did_not_converge_as_the_library_does():
    X, y = of_classes(2)
    with pytest.warns(ConvergenceWarning) as theirs:
        MLPClassifier(max_iter=2, random_state=0).fit(X, y)
    with pytest.warns(ConvergenceWarning) as ours:
        WatchedMLPClassifier(max_iter=2, random_state=0).fit(X, y)
    assert [str(one.message) for one in ours] == [str(one.message) for one in theirs]


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("make", [sparse.csr_matrix, sparse.csr_array])
@pytest.mark.parametrize("classes", [2, 3])
def test_sparse_rows_are_learned_to_the_last_bit(classes, make, only_ours):
    X, y = of_classes(classes)
    X[X < 0] = 0
    X[5:10] = 0
    rows = make(X)
    settings = {"early_stopping": True, "max_iter": 25, "hidden_layer_sizes": (20, 10)}
    plain = MLPClassifier(**settings, random_state=4).fit(rows, y)
    only_ours()
    assert_equal(WatchedMLPClassifier(**settings, random_state=4).fit(rows, y), plain, rows)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_what_is_not_ours_is_left_to_the_library():
    X, y = of_classes(2)
    for rows in (X.astype(np.float32), sparse.csc_matrix(X)):
        plain = MLPClassifier(max_iter=5, random_state=0).fit(rows, y)
        assert_equal(WatchedMLPClassifier(max_iter=5, random_state=0).fit(rows, y), plain, rows)
    for settings in ({"activation": "tanh"}, {"solver": "sgd"}, {"shuffle": False}):
        plain = MLPClassifier(max_iter=5, random_state=0, **settings).fit(X, y)
        ours = WatchedMLPClassifier(max_iter=5, random_state=0, **settings).fit(X, y)
        assert_equal(ours, plain, X)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_weights_that_grow_beyond_all_bounds_are_told_as_the_library_tells_it():
    X, y = make_regression(400, 5, random_state=0)
    settings = {"max_iter": 20, "random_state": 0, "learning_rate_init": 1e300}
    for network in (MLPRegressor, WatchedMLPRegressor):
        with (
            np.errstate(all="ignore"),
            pytest.raises(ValueError, match="non-finite parameter weights"),
        ):
            network(**settings).fit(X * 1e200, y)
