"""What every line of the catalogue of models promises, for each of its tasks."""

import warnings
from functools import cache

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import balanced_accuracy_score, r2_score

from lab.base import Choice, Number, Option, Task, Toggle
from lab.models import MODELS, ModelEntry, build_model, models_for, predict_outputs

CASES = [(entry, task) for task in Task for entry in models_for(task)]
LEARNERS = [case for case in CASES if case[0].key != "dummy"]
CLASS_CASES = [case for case in CASES if case[1].is_classification]
every_model = pytest.mark.parametrize(
    ("entry", "task"), CASES, ids=[f"{entry.key}-{task}" for entry, task in CASES]
)
every_classifier = pytest.mark.parametrize(
    ("entry", "task"), CLASS_CASES, ids=[f"{entry.key}-{task}" for entry, task in CLASS_CASES]
)


def n_classes(task: Task) -> int:
    return {Task.BINARY: 2, Task.MULTICLASS: 3, Task.REGRESSION: 0}[task]


def easy_table(task: Task) -> tuple[np.ndarray, np.ndarray]:
    """Return scaled columns and a target that follows the first two of them."""
    rng = np.random.default_rng(7)
    X = rng.normal(size=(240, 5))
    signal = 2 * X[:, 0] - X[:, 1] + 0.3 * rng.normal(size=240)
    if task is Task.REGRESSION:
        return X, 250_000 + 40_000 * signal
    edges = [0.8] if task is Task.BINARY else [-1.5, 1.0]
    return X, np.digitize(signal, edges).astype(np.int64)


def fitted(entry: ModelEntry, task: Task, X, y, *, seed: int = 3, **settings):
    model = build_model(MODELS.choose(entry.key, settings), task, seed=seed)
    return model.fit(X, y)


@cache
def usual(entry: ModelEntry, task: Task):
    """Return the model with default settings, fitted on the whole easy table."""
    return fitted(entry, task, *easy_table(task))


def answers(model, X, task: Task):
    return predict_outputs(model, X, task=task, n_classes=n_classes(task))


@every_model
def test_answers_have_the_shape_of_rows_and_classes(entry, task):
    X, _ = easy_table(task)
    predicted, scores, are_probabilities = answers(usual(entry, task), X[:50], task)
    assert predicted.shape == (50,)
    assert np.isfinite(predicted).all()
    if task.is_classification:
        assert predicted.dtype == np.int64
        assert scores.shape == (50, n_classes(task))
        assert scores.dtype == np.float64
        assert np.isfinite(scores).all()
    else:
        assert predicted.dtype == np.float64
        assert scores is None
        assert not are_probabilities


@every_classifier
def test_scores_are_probabilities_or_decision_values(entry, task):
    X, _ = easy_table(task)
    predicted, scores, are_probabilities = answers(usual(entry, task), X, task)
    assert are_probabilities == (entry.family != "Support vectors")
    if are_probabilities:
        np.testing.assert_allclose(scores.sum(axis=1), 1.0, atol=1e-12)
        assert scores.min() >= 0
    elif task is Task.BINARY:
        np.testing.assert_array_equal(scores[:, 0], -scores[:, 1])
        np.testing.assert_array_equal(predicted, (scores[:, 1] > 0).astype(int))


@every_model
def test_predictions_are_the_estimators_own(entry, task):
    X, _ = easy_table(task)
    model = usual(entry, task)
    np.testing.assert_array_equal(answers(model, X, task)[0], model.predict(X))


@every_model
def test_the_same_seed_gives_the_same_bytes_also_from_a_clone(entry, task):
    X, y = easy_table(task)
    first = answers(usual(entry, task), X, task)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        again = answers(clone(usual(entry, task)).fit(X, y), X, task)
    assert first[0].tobytes() == again[0].tobytes()
    if first[1] is not None:
        assert first[1].tobytes() == again[1].tobytes()


@pytest.mark.parametrize(
    ("entry", "task"), LEARNERS, ids=[f"{entry.key}-{task}" for entry, task in LEARNERS]
)
def test_an_easy_problem_is_learned_better_than_the_baseline(entry, task):
    X, y = easy_table(task)
    predicted = answers(fitted(entry, task, X[:160], y[:160]), X[160:], task)[0]
    if task.is_classification:
        guessing = 1 / n_classes(task)
        assert balanced_accuracy_score(y[160:], predicted) > guessing + 0.2
    else:
        assert r2_score(y[160:], predicted) > 0.5


def ends(param) -> list:
    if isinstance(param, Toggle):
        return [False, True]
    if isinstance(param, Option):
        return list(param.words)
    nothing = [None] if isinstance(param, Number) and param.none_label else []
    return [param.minimum, param.maximum, *nothing]


COSTLY = {"n_estimators", "max_iter", "hidden_units", "hidden_layers"}
SETTING_CASES = [
    (entry.key, task, param.name, value)
    for entry, task in CASES
    for param in entry.params
    for value in ends(param)
    if task is not Task.MULTICLASS
]


@pytest.mark.parametrize(("key", "task", "name", "value"), SETTING_CASES)
def test_a_setting_is_accepted_at_both_ends(key, task, name, value):
    names = {param.name for param in MODELS[key].params}
    quick = {"n_estimators": 3, "max_iter": 20, "hidden_units": 5}
    settings = {word: few for word, few in quick.items() if word in names}
    if name in COSTLY and value is not None and value > 100:
        value = 101
    X, y = easy_table(task)
    if name == "n_neighbors":
        X, y = np.tile(X, (3, 1)), np.tile(y, 3)
    model = build_model(MODELS.choose(key, {**settings, name: value}), task, seed=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X, y)
    assert np.isfinite(answers(model, X, task)[0]).all()


@every_model
def test_row_weights_rule_if_it_says_that_it_takes_them(entry, task):
    X, y = easy_table(task)
    wrong = np.full_like(y, np.bincount(y).argmin() if task.is_classification else y.max())
    twice, both = np.vstack([X, X]), np.concatenate([y, wrong])
    weight = np.repeat([1.0, 0.01], len(y))
    model = build_model(MODELS.choose(entry.key), task, seed=3)
    if not entry.takes_weights:
        with pytest.raises(TypeError, match="sample_weight"):
            model.fit(twice, both, sample_weight=weight)
        return
    weighted = model.fit(twice, both, sample_weight=weight)
    blind = fitted(entry, task, twice, both)
    assert agreement(weighted, X, y, task) > agreement(blind, X, y, task)


def agreement(model, X, y, task: Task) -> float:
    predicted, scores, _ = answers(model, X, task)
    if task.is_classification:
        return float(scores[np.arange(len(y)), y].mean())
    return -float(np.abs(predicted - y).mean())


@every_model
def test_missing_values_are_taken_if_it_says_so(entry, task):
    X, y = easy_table(task)
    X[::7, 3] = np.nan
    if not entry.takes_missing:
        with pytest.raises(ValueError, match="NaN"):
            fitted(entry, task, X, y)
        return
    assert np.isfinite(answers(fitted(entry, task, X, y), X, task)[0]).all()


SPARSE_CASES = [case for case in CASES if case[0].takes_sparse]


@pytest.mark.parametrize(
    ("entry", "task"), SPARSE_CASES, ids=[f"{entry.key}-{task}" for entry, task in SPARSE_CASES]
)
def test_sparse_rows_mean_the_same_as_dense_ones(entry, task):
    X, y = easy_table(task)
    X[np.abs(X) < 0.3] = 0.0
    sparse = sp.csr_matrix(X)
    from_sparse = answers(fitted(entry, task, sparse, y), sparse, task)
    from_dense = answers(fitted(entry, task, X, y), X, task)
    which = 1 if task.is_classification else 0
    scale = np.abs(from_dense[which]).max()
    np.testing.assert_allclose(from_sparse[which], from_dense[which], atol=2e-3 * scale)


SEVERAL = models_for(Task.MULTICLASS)


@pytest.mark.parametrize("entry", SEVERAL, ids=[entry.key for entry in SEVERAL])
def test_a_class_that_no_training_row_has_gets_no_chance(entry):
    task = Task.MULTICLASS
    X, y = easy_table(task)
    seen = y != 1
    predicted, scores, are_probabilities = answers(fitted(entry, task, X[seen], y[seen]), X, task)
    assert set(predicted) <= {0, 2}
    assert np.isfinite(scores).all()
    if are_probabilities:
        np.testing.assert_array_equal(scores[:, 1], 0.0)
        np.testing.assert_allclose(scores.sum(axis=1), 1.0, atol=1e-12)
    else:
        assert (scores[:, 1] < scores[:, [0, 2]].min(axis=1)).all()


@every_model
def test_the_estimate_of_seconds_grows_with_rows(entry, task):
    few = entry.fit_seconds(1_000, 20, n_classes(task))
    many = entry.fit_seconds(100_000, 20, n_classes(task))
    assert 0 < few < 5
    assert few < many


@pytest.mark.parametrize("entry", MODELS, ids=MODELS.keys)
def test_words_for_people_are_there(entry):
    assert entry.summary.endswith(".")
    assert "\n" not in entry.summary
    for param in entry.params:
        assert param.label
        assert len(param.help) > 20


@pytest.mark.parametrize("entry", MODELS, ids=MODELS.keys)
def test_only_one_thread_is_used(entry):
    task = next(iter(sorted(entry.tasks)))
    choice: Choice = MODELS.choose(entry.key)
    parameters = build_model(choice, task, seed=0).get_params()
    assert parameters.get("n_jobs", 1) in {1, None}
