"""The catalogue's word of how long a fit takes."""

import pytest

from lab.models import MODELS, expected_seconds, relative_seconds

CALL_SECONDS = 0.05
"""What any cell costs beside its fit; below that nobody minds how wrong a guess is."""

MEASURED = {
    ("telecom churn", (5_635, 19, 2)): {
        "logistic_regression": 0.014,
        "knn": 0.063,
        "gaussian_nb": 0.003,
        "decision_tree": 0.025,
        "random_forest": 0.58,
        "extra_trees": 0.58,
        "hist_gradient_boosting": 0.2,
        "xgboost": 0.13,
        "lightgbm": 0.084,
        "linear_svm": 0.019,
        "rbf_svm": 0.89,
        "mlp": 0.11,
    },
    ("drawn, 1,000", (1_000, 15, 2)): {
        "logistic_regression": 0.0077,
        "knn": 0.011,
        "gaussian_nb": 0.002,
        "decision_tree": 0.011,
        "random_forest": 0.23,
        "extra_trees": 0.15,
        "hist_gradient_boosting": 0.16,
        "xgboost": 0.22,
        "lightgbm": 0.099,
        "linear_svm": 0.006,
        "rbf_svm": 0.076,
        "mlp": 0.053,
    },
    ("price of diamonds", (43_152, 9, 1)): {
        "ridge": 0.0079,
        "knn": 1.6,
        "decision_tree": 0.2,
        "random_forest": 5.9,
        "extra_trees": 4.6,
        "hist_gradient_boosting": 0.35,
        "xgboost": 0.39,
        "lightgbm": 0.29,
        "linear_svm": 0.034,
        "rbf_svm": 22,
        "mlp": 0.93,
    },
    ("cut of diamonds", (43_152, 9, 5)): {
        "logistic_regression": 1.3,
        "knn": 1.5,
        "gaussian_nb": 0.017,
        "decision_tree": 0.29,
        "random_forest": 6.6,
        "extra_trees": 3.9,
        "hist_gradient_boosting": 1.9,
        "xgboost": 2.3,
        "lightgbm": 1.4,
        "linear_svm": 0.31,
        "rbf_svm": 60,
        "mlp": 2.4,
    },
    ("drawn, 54,000", (43_200, 15, 2)): {
        "logistic_regression": 0.13,
        "knn": 3.6,
        "gaussian_nb": 0.032,
        "decision_tree": 0.69,
        "random_forest": 9.9,
        "extra_trees": 4.2,
        "hist_gradient_boosting": 0.71,
        "xgboost": 1.3,
        "lightgbm": 0.59,
        "linear_svm": 0.27,
        "rbf_svm": 120,
        "mlp": 1.1,
    },
    ("drawn, 500,000", (400_000, 15, 2)): {
        "logistic_regression": 1.3,
        "gaussian_nb": 0.25,
        "decision_tree": 8.5,
        "random_forest": 130,
        "extra_trees": 53,
        "hist_gradient_boosting": 5.2,
        "xgboost": 10,
        "lightgbm": 5,
        "linear_svm": 8.6,
        "mlp": 11,
    },
    ("drawn, 500,000, numbers", (400_000, 15, 1)): {
        "ridge": 0.47,
        "decision_tree": 8.6,
    },
}
"""CPU seconds of fit and predictions with the ready recipes and default settings, one thread, on a
core of an AMD EPYC server: of shipped tables and of those that ``benchmarks/work.py`` draws, by
rows of a training part, columns and classes. A guess may be
half or twice of it.
"""

HARD_TO_TELL = {"rbf_svm", "linear_svm"}
"""Their time depends on how hard the border is to draw."""

CASES = [
    pytest.param(key, size, seconds, id=f"{key}, {title}")
    for (title, size), models in MEASURED.items()
    for key, seconds in models.items()
]


@pytest.mark.parametrize(("key", "size", "seconds"), CASES)
def test_a_guess_is_within_a_factor_of_two_of_what_was_measured(key, size, seconds):
    guess = expected_seconds(MODELS.choose(key), *size)
    ratio = (guess + CALL_SECONDS) / (seconds + CALL_SECONDS)
    most = 3.0 if key in HARD_TO_TELL else 2.0
    assert 1 / most <= ratio <= most


@pytest.mark.parametrize("entry", MODELS, ids=MODELS.keys)
def test_default_settings_take_the_usual_time(entry):
    usual = entry.fit_seconds(1_000, 10, 2)
    assert expected_seconds(MODELS.choose(entry.key), 1_000, 10, 2) == pytest.approx(usual)


def test_the_network_is_slow_on_so_few_rows_that_it_never_stops_early():
    from lab.models.adapted_mlp import FEWEST_ROWS

    below, above = (
        expected_seconds(MODELS.choose("mlp"), rows, 10, 2)
        for rows in (FEWEST_ROWS - 1, FEWEST_ROWS)
    )
    assert below > 5 * above


SETTINGS = [
    ("logistic_regression", {"penalty": "l1"}, 96.0),
    ("knn", {"metric": "manhattan"}, 10.0),
    ("decision_tree", {"max_depth": 5}, 0.48),
    ("random_forest", {"n_estimators": 300}, 3.3),
    ("random_forest", {"max_depth": 5}, 0.54),
    ("random_forest", {"max_features": "all"}, 4.0),
    ("extra_trees", {"max_features": "all"}, 2.1),
    ("hist_gradient_boosting", {"n_estimators": 400}, 3.3),
    ("hist_gradient_boosting", {"max_leaf_nodes": 127}, 2.7),
    ("hist_gradient_boosting", {"max_leaf_nodes": 7}, 0.45),
    ("xgboost", {"n_estimators": 800}, 3.4),
    ("xgboost", {"max_depth": 3}, 0.32),
    ("xgboost", {"max_depth": 10}, 2.7),
    ("xgboost", {"column_share": 0.5}, 0.61),
    ("lightgbm", {"n_estimators": 400}, 3.3),
    ("lightgbm", {"max_leaf_nodes": 127}, 2.6),
    ("mlp", {"hidden_units": 400}, 1.35),
    ("mlp", {"hidden_layers": 3}, 1.4),
    ("mlp", {"early_stopping": False}, 18.0),
]
"""Measured on 6,400 drawn rows of 15 columns, relative to the defaults."""


@pytest.mark.parametrize(("key", "settings", "measured"), SETTINGS)
def test_settings_change_the_guess_as_they_change_the_time(key, settings, measured):
    usual = expected_seconds(MODELS.choose(key), 6_400, 15, 2)
    changed = expected_seconds(MODELS.choose(key, settings), 6_400, 15, 2)
    assert measured / 2 <= changed / usual <= measured * 2


def test_settings_that_an_older_version_did_not_keep_count_as_usual():
    choice = MODELS.choose("random_forest", {"n_estimators": 200})
    del choice.settings["max_depth"]
    usual = expected_seconds(MODELS.choose("random_forest"), 1_000, 10, 2)
    assert expected_seconds(choice, 1_000, 10, 2) == pytest.approx(2 * usual)


def test_settings_tell_how_many_times_as_long_a_fit_takes():
    few, many = (MODELS.choose("lightgbm", {"n_estimators": trees}) for trees in (10, 1000))
    assert relative_seconds(many) == pytest.approx(100 * relative_seconds(few))
    for key in MODELS.keys:
        assert relative_seconds(MODELS.choose(key)) == pytest.approx(1)
