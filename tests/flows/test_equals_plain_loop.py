"""A run's fold scores equal those of scikit-learn written out by hand.

Nothing of the playground stands in the loops: the table is read with pandas, the folds are made by
scikit-learn, and a pipeline is written down and fitted in each fold.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from imblearn.over_sampling import SMOTE
from imblearn.pipeline import Pipeline as ImbalancedPipeline
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    brier_score_loss,
    f1_score,
    log_loss,
    matthews_corrcoef,
    mean_absolute_error,
    mean_absolute_percentage_error,
    median_absolute_error,
    precision_score,
    r2_score,
    recall_score,
    roc_auc_score,
    root_mean_squared_error,
)
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
from threadpoolctl import threadpool_limits

from lab.base import Task, Workspace
from lab.benchmark import start, wait
from lab.data import Roles, load_sample, make_dataset
from lab.experiments import Candidate, Experiment
from lab.metrics import metrics_for
from lab.models import MODELS
from lab.recipes import STEPS, add_step, auto_recipe
from lab.store import JobState, Store
from lab.validation import SPLITTERS, ValidationPlan

FOLDER = Path(__file__).resolve().parents[2] / "datasets"
SEED = 7
TOLERANCE = 1e-9


def run(tmp_path, sample, roles, choices, *, splitter, extra=None):
    """Run candidates in the real bench; return scores by candidate, metric and fold."""
    store = Store(Workspace(root=tmp_path))
    dataset = make_dataset(load_sample(sample), roles)
    candidates = []
    for key, settings in choices.items():
        entry = MODELS[key]
        recipe = auto_recipe(entry.preset, takes_missing=entry.takes_missing)
        if extra is not None:
            recipe = add_step(recipe, extra)
        candidates.append(Candidate(name=key, recipe=recipe, model=MODELS.choose(key, settings)))
    experiment = Experiment(
        name=sample,
        dataset_id=store.save_dataset(dataset),
        task=roles.task,
        candidates=tuple(candidates),
        plan=ValidationPlan(splitter=splitter, seed=SEED),
        metrics=tuple(entry.key for entry in metrics_for(roles.task)),
    )
    experiment_id = store.save_experiment(experiment)
    start(store, experiment_id)
    job = wait(store, experiment_id)
    assert job.state is JobState.DONE, job.message
    found = {}
    for record in store.records(experiment_id):
        assert record.result.failure is None, record.result.failure
        for metric, value in record.result.test_scores.items():
            name = candidates[record.cell.candidate].name
            found.setdefault((name, metric), []).append(value)
    return found


def assert_equal(found, name, expected):
    for metric, values in expected.items():
        np.testing.assert_allclose(found[name, metric], values, rtol=0, atol=TOLERANCE)


def class_scores(pipeline, X, y, *, average="binary"):
    folds = StratifiedKFold(5, shuffle=True, random_state=SEED)
    rows = {}
    for train, test in folds.split(X, y):
        with threadpool_limits(1):
            model = clone(pipeline).fit(X.iloc[train], y[train])
        truth, predicted = y[test], model.predict(X.iloc[test])
        probability = model.predict_proba(X.iloc[test])
        is_binary = average == "binary"
        scores = probability[:, 1] if is_binary else probability
        codes = np.arange(probability.shape[1])
        auc = roc_auc_score(truth, scores, multi_class="raise" if is_binary else "ovr")
        hot = truth if is_binary else np.eye(len(codes))[truth]
        for metric, value in {
            "accuracy": accuracy_score(truth, predicted),
            "balanced_accuracy": balanced_accuracy_score(truth, predicted),
            "precision": precision_score(truth, predicted, average=average, zero_division=0),
            "recall": recall_score(truth, predicted, average=average),
            "f1": f1_score(truth, predicted, average=average),
            "roc_auc": auc,
            "average_precision": average_precision_score(hot, scores),
            "log_loss": log_loss(truth, probability, labels=codes),
            "brier": brier_score_loss(truth, scores, labels=codes),
            "matthews_corrcoef": matthews_corrcoef(truth, predicted),
        }.items():
            rows.setdefault(metric, []).append(value)
    return rows


def number_scores(pipeline, X, y):
    rows = {}
    for train, test in KFold(5, shuffle=True, random_state=SEED).split(X):
        with threadpool_limits(1):  # two threads add histograms up in another order
            predicted = clone(pipeline).fit(X.iloc[train], y[train]).predict(X.iloc[test])
        for metric, value in {
            "r2": r2_score(y[test], predicted),
            "rmse": root_mean_squared_error(y[test], predicted),
            "mae": mean_absolute_error(y[test], predicted),
            "median_ae": median_absolute_error(y[test], predicted),
            "mape": mean_absolute_percentage_error(y[test], predicted),
        }.items():
            rows.setdefault(metric, []).append(value)
    return rows


def scaled_and_one_hot(numbers, categories, *last):
    return ImbalancedPipeline(
        [
            (
                "columns",
                ColumnTransformer(
                    [
                        (
                            "numbers",
                            make_pipeline(
                                SimpleImputer(strategy="median", add_indicator=True),
                                StandardScaler(),
                            ),
                            numbers,
                        ),
                        (
                            "categories",
                            make_pipeline(
                                SimpleImputer(strategy="constant", fill_value="missing"),
                                OneHotEncoder(
                                    handle_unknown="infrequent_if_exist",
                                    min_frequency=2,
                                    max_categories=200,
                                ),
                            ),
                            categories,
                        ),
                    ]
                ),
            ),
            *last,
        ]
    )


def test_numbers_and_two_classes(tmp_path):
    frame = pd.read_csv(FOLDER / "breast_cancer.csv")
    y = pd.Categorical(frame.pop("diagnosis"), categories=["benign", "malignant"]).codes.astype(int)
    found = run(
        tmp_path,
        "breast_cancer",
        Roles(target="diagnosis", task=Task.BINARY),
        {"logistic_regression": {"C": 0.3, "max_iter": 500}, "knn": {"n_neighbors": 7},
         "gaussian_nb": {}},
        splitter=SPLITTERS.choose("stratified", {"folds": 5}),
    )  # fmt: skip
    for name, model in {
        "logistic_regression": LogisticRegression(C=0.3, max_iter=500),
        "knn": KNeighborsClassifier(7),
        "gaussian_nb": GaussianNB(),
    }.items():
        expected = class_scores(Pipeline([("scale", StandardScaler()), ("model", model)]), frame, y)
        assert_equal(found, name, expected)


def test_mixed_columns_with_missing_values_and_three_classes(tmp_path):
    frame = pd.read_csv(FOLDER / "penguins.csv")
    y = frame.pop("species").astype("category").cat.codes.to_numpy().astype(int)
    categories = ["island", "sex"]
    frame[categories] = frame[categories].astype(object)
    numbers = [name for name in frame if name not in categories]
    found = run(
        tmp_path,
        "penguins",
        Roles(target="species", task=Task.MULTICLASS),
        {"logistic_regression": {"C": 1.0, "max_iter": 500}},
        splitter=SPLITTERS.choose("stratified", {"folds": 5}),
    )
    pipeline = scaled_and_one_hot(
        numbers, categories, ("model", LogisticRegression(C=1.0, max_iter=500))
    )
    expected = class_scores(pipeline, frame, y, average="macro")
    assert_equal(found, "logistic_regression", expected)


def test_mixed_columns_with_missing_values_and_boosted_trees(tmp_path):
    frame = pd.read_csv(FOLDER / "credit_scoring.csv")
    y = (frame.pop("Status") == "good").to_numpy().astype(int)
    categories = ["Home", "Marital", "Job"]
    words = {"no": 0.0, "yes": 1.0}
    frame["Records"] = frame["Records"].map(words)
    frame[categories] = frame[categories].astype(object)
    numbers = [name for name in frame if name not in {*categories, "Records"}]
    roles = Roles(target="Status", task=Task.BINARY)
    splitter = SPLITTERS.choose("stratified", {"folds": 5})
    found = run(
        tmp_path, "credit_scoring", roles, {"hist_gradient_boosting": {}}, splitter=splitter
    )
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
    columns = ColumnTransformer(
        [
            ("numbers", "passthrough", numbers),
            ("categories", codes, categories),
            ("booleans", "passthrough", ["Records"]),
        ]
    )
    model = HistGradientBoostingClassifier(early_stopping=False)
    expected = class_scores(Pipeline([("columns", columns), ("model", model)]), frame, y)
    assert_equal(found, "hist_gradient_boosting", expected)


def test_class_weights_weigh_each_class_the_same(tmp_path):
    frame = pd.read_csv(FOLDER / "breast_cancer.csv")
    y = (frame.pop("diagnosis") == "malignant").to_numpy().astype(int)
    found = run(
        tmp_path,
        "breast_cancer",
        Roles(target="diagnosis", task=Task.BINARY),
        {"logistic_regression": {"C": 1.0, "max_iter": 500}},
        splitter=SPLITTERS.choose("stratified", {"folds": 5}),
        extra=STEPS.choose("class_weights"),
    )
    model = LogisticRegression(C=1.0, max_iter=500, class_weight="balanced")
    pipeline = Pipeline([("scale", StandardScaler()), ("model", model)])
    assert_equal(found, "logistic_regression", class_scores(pipeline, frame, y))


def test_smote_acts_on_training_rows_only(tmp_path):
    frame = pd.read_csv(FOLDER / "breast_cancer.csv")
    y = (frame.pop("diagnosis") == "malignant").to_numpy().astype(int)
    choice = STEPS.choose("smote")
    found = run(
        tmp_path,
        "breast_cancer",
        Roles(target="diagnosis", task=Task.BINARY),
        {"logistic_regression": {"C": 1.0, "max_iter": 500}},
        splitter=SPLITTERS.choose("stratified", {"folds": 5}),
        extra=choice,
    )
    # The draw of new rows depends on the seed, so the plain pipeline is close, not equal.
    model = LogisticRegression(C=1.0, max_iter=500)
    steps = [("scale", StandardScaler()), ("smote", SMOTE(random_state=0)), ("model", model)]
    expected = class_scores(ImbalancedPipeline(steps), frame, y)
    for metric in ("roc_auc", "accuracy"):
        np.testing.assert_allclose(
            found["logistic_regression", metric], expected[metric], atol=0.03
        )


@pytest.mark.parametrize(
    ("key", "settings", "model"),
    [
        ("ridge", {"alpha": 2.0}, make_pipeline(StandardScaler(), Ridge(alpha=2.0))),
        ("hist_gradient_boosting", {}, HistGradientBoostingRegressor(early_stopping=False)),
    ],
)
def test_numbers_and_a_number_to_predict(tmp_path, key, settings, model):
    frame = pd.read_csv(FOLDER / "concrete_strength.csv")
    y = frame.pop("compressive_strength").to_numpy()
    found = run(
        tmp_path,
        "concrete_strength",
        Roles(target="compressive_strength", task=Task.REGRESSION),
        {key: settings},
        splitter=SPLITTERS.choose("kfold", {"folds": 5}),
    )
    # Not the neighbours: many of these rows are equally near to each other, and the last digit of a
    # scaled number decides which are taken.
    assert_equal(found, key, number_scores(model, frame, y))
