"""A preparation gives the numbers of a pipeline written by hand and fitted in one go."""

import numpy as np
import pandas as pd
import pytest
from imblearn.over_sampling import SMOTE, SMOTENC, RandomOverSampler
from imblearn.pipeline import Pipeline as SamplingPipeline
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import KFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import (
    OneHotEncoder,
    OrdinalEncoder,
    StandardScaler,
    TargetEncoder,
)

from lab.base import Task
from lab.recipes import as_pipeline, auto_recipe, make_preparation

TRAIN, TEST = np.arange(0, 240, 2), np.arange(1, 240, 2)
NUMBERS, CATEGORIES = ["age", "income"], ["town", "job"]


def scores_of(pipeline, data, *, method="predict_proba", y=None, **fit_settings):
    y = data.y if y is None else y
    pipeline.fit(data.X.iloc[TRAIN], y[TRAIN], **fit_settings)
    return getattr(pipeline, method)(data.X.iloc[TEST])


def our_scores(recipe, model, data, *, task=Task.BINARY, y=None, seed=0):
    """Fit the model on the prepared training rows, and return its scores of the test rows."""
    y = data.y if y is None else y
    preparation = make_preparation(recipe, data.schema, task=task, seed=seed)
    prepared = preparation.fit(data.X.iloc[TRAIN], y[TRAIN])
    model.fit(prepared.X, prepared.y, sample_weight=prepared.weight)
    test = preparation.transform(data.X.iloc[TEST])
    return model.predict_proba(test) if task.is_classification else model.predict(test)


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)


@pytest.fixture
def model():
    return LogisticRegression(max_iter=500)


def test_numbers_with_missing_values(example, recipe, step, model):
    data = example.only(*NUMBERS)
    plain = SamplingPipeline(
        [
            ("columns", ColumnTransformer([("number", Pipeline([
                ("fill", SimpleImputer(strategy="median", add_indicator=True)),
                ("scale", StandardScaler()),
            ]), NUMBERS)])),
            ("model", LogisticRegression(max_iter=500)),
        ]
    )  # fmt: skip
    own = recipe(step("median_imputer", "number", add_indicator=True), step("standard_scaler"))
    close(our_scores(own, model, data), scores_of(plain, data))


def mixed_by_hand(last):
    return SamplingPipeline(
        [
            ("columns", ColumnTransformer([
                ("number", Pipeline([
                    ("fill", SimpleImputer(strategy="median", add_indicator=True)),
                    ("scale", StandardScaler()),
                ]), NUMBERS),
                ("boolean", SimpleImputer(strategy="most_frequent"), ["smoker"]),
                ("category", Pipeline([
                    ("fill", SimpleImputer(strategy="constant", fill_value="missing")),
                    ("code", OneHotEncoder(handle_unknown="infrequent_if_exist",
                                           min_frequency=2, max_categories=200)),
                ]), CATEGORIES),
            ])),
            ("model", last),
        ]
    )  # fmt: skip


def test_mixed_columns_with_the_ready_recipe_for_linear_models(example, model):
    data = example.only("age", "income", "smoker", "town", "job")
    plain = mixed_by_hand(LogisticRegression(max_iter=500))
    close(
        our_scores(auto_recipe("linear", takes_missing=False), model, data), scores_of(plain, data)
    )


def test_regression_with_the_ready_recipe_for_linear_models(example):
    data = example.only("age", "income", "smoker", "town", "job")
    y = np.nan_to_num(data.X["age"].to_numpy(), nan=50.0) * 2 + data.y
    ours = our_scores(
        auto_recipe("linear", takes_missing=False), Ridge(), data, task=Task.REGRESSION, y=y
    )
    close(ours, scores_of(mixed_by_hand(Ridge()), data, method="predict", y=y))


def test_the_ready_recipe_for_trees(example):
    from sklearn.ensemble import HistGradientBoostingClassifier

    data = example.only("age", "income", "smoker", "town", "job")
    plain = SamplingPipeline(
        [
            ("columns", ColumnTransformer([
                ("number", "passthrough", ["age", "income", "smoker"]),
                ("category", OrdinalEncoder(handle_unknown="use_encoded_value",
                                            unknown_value=np.nan,
                                            encoded_missing_value=np.nan), CATEGORIES),
            ])),
            ("model", HistGradientBoostingClassifier(max_iter=5, random_state=0)),
        ]
    )  # fmt: skip
    model = HistGradientBoostingClassifier(max_iter=5, random_state=0)
    ours = our_scores(auto_recipe("trees", takes_missing=True), model, data)
    close(ours, scores_of(plain, data))


@pytest.mark.parametrize("task", [Task.BINARY, Task.MULTICLASS, Task.REGRESSION])
def test_target_encoding_is_cross_fitted_on_training_rows(example, recipe, step, task):
    data = example.only("age", "town")
    y = {
        Task.BINARY: data.y,
        Task.MULTICLASS: (np.arange(240) // 3 + data.y) % 3,
        Task.REGRESSION: np.round(np.nan_to_num(data.X["age"].to_numpy(), nan=50.0)),
    }[task]
    target_type = "continuous" if task is Task.REGRESSION else task.value
    last = Ridge() if task is Task.REGRESSION else LogisticRegression(max_iter=2000)
    plain = SamplingPipeline(
        [
            ("columns", ColumnTransformer([
                ("number", SimpleImputer(strategy="mean"), ["age"]),
                ("town", TargetEncoder(target_type=target_type,
                                       cv=KFold(5, shuffle=True, random_state=7)), ["town"]),
            ])),
            ("model", last),
        ]
    )  # fmt: skip
    own = recipe(step("mean_imputer"), step("target_encoding"))
    method = "predict" if task is Task.REGRESSION else "predict_proba"
    ours = our_scores(own, type(last)(**last.get_params()), data, task=task, y=y, seed=7)
    close(ours, scores_of(plain, data, method=method, y=y))


def test_smote_after_encoding(example, recipe, step, model):
    data = example.only("age", "income", "town")
    plain = SamplingPipeline(
        [
            ("columns", ColumnTransformer([
                ("number", Pipeline([
                    ("fill", SimpleImputer(strategy="median")),
                    ("scale", StandardScaler()),
                ]), NUMBERS),
                ("town", OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=2,
                                       max_categories=200), ["town"]),
            ])),
            ("smote", SMOTE(random_state=5, k_neighbors=3)),
            ("model", LogisticRegression(max_iter=500)),
        ]
    )  # fmt: skip
    own = recipe(
        step("median_imputer"), step("standard_scaler"), step("one_hot"),
        step("smote", k_neighbors=3),
    )  # fmt: skip
    close(our_scores(own, model, data, seed=5), scores_of(plain, data))


def test_smote_with_categories_before_encoding(example, recipe, step, model):
    data = example.only("age", "income", "smoker", "town")
    filled = ColumnTransformer(
        [
            ("number", Pipeline([
                ("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler()),
            ]), NUMBERS),
            ("level", SimpleImputer(strategy="most_frequent"), ["smoker"]),
            ("town", SimpleImputer(strategy="most_frequent"), ["town"]),
        ],
        verbose_feature_names_out=False,
    ).set_output(transform="pandas")  # fmt: skip
    plain = SamplingPipeline(
        [
            ("columns", filled),
            ("smote_nc", SMOTENC(["smoker", "town"], random_state=5)),
            ("encode", ColumnTransformer(
                [("town", OneHotEncoder(handle_unknown="ignore"), ["town"])],
                remainder="passthrough",
            )),
            ("model", LogisticRegression(max_iter=500)),
        ]
    )  # fmt: skip
    own = recipe(
        step("median_imputer"), step("most_frequent_imputer"), step("standard_scaler"),
        step("smote_nc"),
        step("one_hot", min_frequency=None, max_categories=None),
    )  # fmt: skip
    close(our_scores(own, model, data, seed=5), scores_of(plain, data))


def test_random_oversampling(example, recipe, step, model):
    data = example.only("age")
    plain = SamplingPipeline(
        [
            ("columns", ColumnTransformer([("number", SimpleImputer(), ["age"])])),
            ("over", RandomOverSampler(random_state=2)),
            ("model", LogisticRegression()),
        ]
    )
    own = recipe(step("mean_imputer"), step("random_over"))
    close(our_scores(own, LogisticRegression(), data, seed=2), scores_of(plain, data))


def test_class_weights_are_those_of_the_balanced_model(example, recipe, step, model):
    data = example.only("age", "income")
    plain = SamplingPipeline(
        [
            ("columns", ColumnTransformer([("number", Pipeline([
                ("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler()),
            ]), NUMBERS)])),
            ("model", LogisticRegression(max_iter=500, class_weight="balanced")),
        ]
    )  # fmt: skip
    own = recipe(step("median_imputer"), step("standard_scaler"), step("class_weights"))
    close(our_scores(own, model, data), scores_of(plain, data))


def test_dropping_rows_with_missing_values(example, recipe, step, model):
    data = example.only("age", "income")
    complete = data.X.iloc[TRAIN].notna().all(axis=1).to_numpy()
    plain = Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler()),
                      ("model", LogisticRegression())])  # fmt: skip
    plain.fit(data.X.iloc[TRAIN][complete], data.y[TRAIN][complete])
    own = recipe(step("drop_missing_rows"), step("standard_scaler"))
    close(our_scores(own, LogisticRegression(), data), plain.predict_proba(data.X.iloc[TEST]))


def test_word_weights(example, recipe, step, model):
    data = example.only("note").change(note=example.X["note"].fillna(""))
    plain = Pipeline([("columns", ColumnTransformer([("note", TfidfVectorizer(), "note")])),
                      ("model", LogisticRegression())])  # fmt: skip
    own = recipe(step("tfidf", min_rows=1))
    close(our_scores(own, LogisticRegression(), data), scores_of(plain, data))


def test_min_max_and_robust_scaling(example, recipe, step):
    from sklearn.preprocessing import MinMaxScaler, RobustScaler

    data = example.only("age", "income")
    filled = pd.DataFrame(SimpleImputer().fit_transform(data.X), columns=NUMBERS)
    low, robust = MinMaxScaler().fit(filled[["age"]]), RobustScaler().fit(filled[["income"]])
    expected = np.column_stack(
        [low.transform(filled[["age"]]), robust.transform(filled[["income"]])]
    )
    own = recipe(
        step("mean_imputer"), step("min_max_scaler", "age"), step("robust_scaler", "income")
    )
    preparation = make_preparation(own, data.schema, task=Task.BINARY, seed=0)
    close(preparation.fit(data.X, data.y).X, expected)


def test_as_pipeline_fits_in_one_go_like_the_parts(example, recipe, step, model):
    data = example.only("age", "income", "town")
    own = recipe(
        step("median_imputer"), step("standard_scaler"), step("one_hot"), step("smote")
    )  # fmt: skip
    preparation = make_preparation(own, data.schema, task=Task.BINARY, seed=0)
    whole = as_pipeline(preparation, LogisticRegression(max_iter=500))
    close(our_scores(own, model, data), scores_of(whole, data))


def test_as_pipeline_of_fitted_parts_predicts_at_once(example, model):
    recipe = auto_recipe("linear", takes_missing=False)
    preparation = make_preparation(recipe, example.schema, task=Task.BINARY, seed=0)
    prepared = preparation.fit(example.X.iloc[TRAIN], example.y[TRAIN])
    model.fit(prepared.X, prepared.y)
    expected = model.predict_proba(preparation.transform(example.X.iloc[TEST]))
    close(as_pipeline(preparation, model).predict_proba(example.X.iloc[TEST]), expected)
