"""Steps that look across columns give the numbers of a pipeline written by hand."""

import numpy as np
import pytest
from imblearn.over_sampling import SMOTE
from imblearn.pipeline import Pipeline as SamplingPipeline
from sklearn.cluster import FeatureAgglomeration, KMeans
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA, FastICA, TruncatedSVD
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.feature_selection import (
    RFECV,
    SelectFdr,
    SelectFromModel,
    SelectKBest,
    SequentialFeatureSelector,
    VarianceThreshold,
    f_classif,
)
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import Normalizer, OneHotEncoder, PolynomialFeatures, StandardScaler
from sklearn.random_projection import GaussianRandomProjection

from lab.base import LabError, Task
from lab.recipes import make_preparation

TRAIN, TEST = np.arange(0, 240, 2), np.arange(1, 240, 2)
NUMBERS, CATEGORIES = ["age", "income"], ["town", "job"]


@pytest.fixture
def data(example):
    """Return numbers, a 0/1 column and categories, each with gaps."""
    return example.only("age", "income", "smoker", "town", "job")


@pytest.fixture
def before(step):
    """Return the steps that every recipe here begins with."""
    return (
        step("median_imputer"),
        step("most_frequent_imputer", "boolean", "category"),
        step("standard_scaler"),
        step("one_hot", min_frequency=None, max_categories=None),
    )


def columns_by_hand():
    numbers = Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
    categories = Pipeline([
        ("fill", SimpleImputer(strategy="most_frequent")),
        ("code", OneHotEncoder(handle_unknown="ignore", sparse_output=False)),
    ])  # fmt: skip
    return ColumnTransformer(
        [
            ("number", numbers, NUMBERS),
            ("boolean", SimpleImputer(strategy="most_frequent"), ["smoker"]),
            ("category", categories, CATEGORIES),
        ]
    )


def fitted(recipe, data, *, seed=7, task=Task.BINARY):
    preparation = make_preparation(recipe, data.schema, task=task, seed=seed)
    prepared = preparation.fit(data.X.iloc[TRAIN], data.y[TRAIN])
    return preparation, prepared


def plain(matrix):
    return matrix if isinstance(matrix, np.ndarray) else matrix.toarray()


def close(ours, theirs):
    np.testing.assert_allclose(plain(ours), plain(theirs), rtol=0, atol=1e-12)


def ridge():
    model = RidgeClassifier(class_weight="balanced")
    return Pipeline([("scale", StandardScaler(with_mean=False)), ("model", model)])


def folds():
    return StratifiedKFold(3, shuffle=True, random_state=7)


BY_HAND = {
    "pca": ({"keep": "count", "n_components": 4}, PCA(4, random_state=7)),
    "pca by share": ({"keep": "share", "share": 0.8}, PCA(0.8, svd_solver="full")),
    "truncated_svd": ({"n_components": 4}, TruncatedSVD(4, random_state=7)),
    "ica": ({"n_components": 3}, FastICA(3, max_iter=500, random_state=7)),
    "lda": ({}, LinearDiscriminantAnalysis()),
    "random_projection": ({"n_components": 5}, GaussianRandomProjection(5, random_state=7)),
    "kmeans_features": ({"n_clusters": 4}, KMeans(4, n_init=3, random_state=7)),
    "feature_agglomeration": ({"n_clusters": 4}, FeatureAgglomeration(4)),
    "nystroem": ({"n_components": 20}, Nystroem(n_components=20, random_state=7)),
    "variance_threshold": ({"threshold": 0.1}, VarianceThreshold(0.1)),
    "univariate_selection": ({"k": 5}, SelectKBest(f_classif, k=5)),
    "univariate_selection by fdr": ({"rule": "fdr", "alpha": 0.1}, SelectFdr(f_classif, alpha=0.1)),
    "l1_selection": (
        {"c": 0.3},
        SelectFromModel(
            Pipeline([
                ("scale", StandardScaler(with_mean=False)),
                ("model", LogisticRegression(l1_ratio=1.0, C=0.3, solver="liblinear",
                                             max_iter=300, random_state=7)),
            ]),
            threshold=1e-10, importance_getter="named_steps.model.coef_",
        ),
    ),
    "tree_selection": (
        {"threshold": "median"},
        SelectFromModel(
            ExtraTreesClassifier(100, min_samples_leaf=5, random_state=7), threshold="median"
        ),
    ),
    "recursive_elimination": (
        {},
        RFECV(ridge(), step=0.1, cv=folds(), scoring="balanced_accuracy",
              importance_getter="named_steps.model.coef_"),
    ),
    "sequential_selection": (
        {"k": 2},
        SequentialFeatureSelector(ridge(), n_features_to_select=2, cv=folds(),
                                  scoring="balanced_accuracy"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BY_HAND)
def test_steps_on_all_features(case, data, recipe, step, before):
    settings, by_hand = BY_HAND[case]
    theirs = Pipeline([("columns", columns_by_hand()), ("last", by_hand)])
    preparation, prepared = fitted(recipe(*before, step(case.split()[0], **settings)), data)
    close(prepared.X, theirs.fit_transform(data.X.iloc[TRAIN], data.y[TRAIN]))
    close(preparation.transform(data.X.iloc[TEST]), theirs.transform(data.X.iloc[TEST]))
    names = theirs.get_feature_names_out()
    assert len(preparation.feature_names) == len(names)


def test_neighbours_fill_scaled_numbers_whatever_happens_to_other_columns(data, recipe, step):
    own = recipe(
        step("standard_scaler", "number"),
        step("knn_imputer", n_neighbors=3),
        step("most_frequent_imputer", "boolean", "category"),
        step("one_hot", min_frequency=None, max_categories=None),
    )
    numbers = Pipeline([("scale", StandardScaler()), ("fill", KNNImputer(n_neighbors=3))])
    theirs = columns_by_hand().set_params(number=numbers)
    preparation, _ = fitted(own, data)
    expected = theirs.fit(data.X.iloc[TRAIN]).transform(data.X.iloc[TEST])
    found = preparation.transform(data.X.iloc[TEST])
    order = [preparation.feature_names.index(name) for name in NUMBERS]
    close(plain(found)[:, order], expected[:, :2])
    assert found.shape == expected.shape
    assert sorted(plain(found).sum(axis=0)) == pytest.approx(sorted(expected.sum(axis=0)))


def test_columns_that_were_filled_otherwise_meet_in_one_step(data, recipe, step):
    data = data.only("age", "income", "smoker")
    own = recipe(
        step("median_imputer", "age"), step("mean_imputer", "income"),
        step("most_frequent_imputer", "smoker"), step("standard_scaler", "number"),
        step("polynomial", "number", "boolean"),
    )  # fmt: skip
    parts = ColumnTransformer([
        ("age", Pipeline([("fill", SimpleImputer(strategy="median")), ("s", StandardScaler())]),
         ["age"]),
        ("income", Pipeline([("fill", SimpleImputer()), ("s", StandardScaler())]), ["income"]),
        ("smoker", SimpleImputer(strategy="most_frequent"), ["smoker"]),
    ])  # fmt: skip
    theirs = Pipeline([("parts", parts), ("products", PolynomialFeatures(2, include_bias=False))])
    preparation, prepared = fitted(own, data)
    close(prepared.X, theirs.fit_transform(data.X.iloc[TRAIN]))
    assert preparation.feature_names[:5] == ("age", "income", "smoker", "age^2", "age x income")
    assert preparation.origins[:5] == ("age", "income", "smoker", "age", "")
    assert preparation.sources[4] == ("age", "income")


def test_components_of_chosen_columns_leave_the_others_alone(data, recipe, step, before):
    own = recipe(*before[:3], step("pca", "number", keep="count", n_components=1), before[3])
    theirs = columns_by_hand()
    steps = theirs.transformers[0][1].steps
    theirs.set_params(number=Pipeline([*steps, ("pca", PCA(1, random_state=7))]))
    preparation, _ = fitted(own, data)
    expected = theirs.fit(data.X.iloc[TRAIN]).transform(data.X.iloc[TEST])
    found = plain(preparation.transform(data.X.iloc[TEST]))
    assert found.shape == expected.shape
    place = preparation.feature_names.index("pca_1")
    close(found[:, place], expected[:, 0])
    assert preparation.sources[place] == ("age", "income")


def test_rows_get_length_one(data, recipe, step, before):
    data = data.only("age", "income")
    own = recipe(before[0], before[2], step("row_normalizer", norm="l1"))
    steps = columns_by_hand().transformers[0][1].steps
    theirs = Pipeline([*steps, ("length", Normalizer("l1"))])
    preparation, prepared = fitted(own, data)
    close(prepared.X, theirs.fit_transform(data.X.iloc[TRAIN]))
    assert preparation.feature_names == ("age", "income")


def test_columns_are_chosen_before_new_rows_are_made(data, recipe, step, before):
    own = recipe(*before, step("univariate_selection", k=4), step("smote", k_neighbors=3))
    theirs = SamplingPipeline([
        ("columns", columns_by_hand()), ("best", SelectKBest(f_classif, k=4)),
        ("smote", SMOTE(random_state=7, k_neighbors=3)),
    ])  # fmt: skip
    _, prepared = fitted(own, data)
    X, y = theirs.fit_resample(data.X.iloc[TRAIN], data.y[TRAIN])
    close(prepared.X, X)
    np.testing.assert_array_equal(prepared.y, y)


def test_sparse_columns_stay_sparse_where_the_step_takes_them(data, recipe, step, before):
    wide = data.change(town=np.array([f"t{i % 80}" for i in range(240)], dtype=object))
    chosen, prepared = fitted(recipe(*before, step("univariate_selection", k=40)), wide)
    assert not isinstance(prepared.X, np.ndarray)
    assert not isinstance(chosen.transform(wide.X), np.ndarray)
    assert isinstance(fitted(recipe(*before, step("pca")), wide)[1].X, np.ndarray)


def test_a_column_with_too_many_gaps_in_these_training_rows_goes(data, recipe, step, before):
    gone = np.where(np.arange(240) % 2 == 0, np.nan, data.X["age"])
    gone[:40] = data.X["age"][:40]
    holed = data.change(age=gone)
    own = recipe(step("drop_columns", max_missing=0.5), *before)
    preparation, _ = fitted(own, holed)
    assert "age" not in preparation.origins
    assert {"income", "smoker", "town", "job"} == set(preparation.origins)
    whole = make_preparation(own, holed.schema, task=Task.BINARY, seed=0)
    whole.fit(holed.X, holed.y)
    assert "age" in whole.origins


def test_too_many_components_are_lowered_and_told(data, recipe, step, before):
    own = recipe(*before, step("pca", keep="count", n_components=500))
    preparation, prepared = fitted(own, data)
    assert prepared.X.shape[1] == len(preparation.feature_names) == 25
    assert preparation.notes == (
        "pca used n_components = 25 instead of 500: there are 120 training rows of 25 columns",
    )


def test_a_sample_is_told(data, recipe, step, before):
    own = recipe(step("knn_imputer", max_rows=100), *before[1:])
    preparation, _ = fitted(own, data)
    assert preparation.notes == ("knn_imputer looked at 100 of 120 training rows",)


def test_when_no_column_is_kept_it_is_told(data, recipe, step, before):
    own = recipe(*before, step("l1_selection", c=0.0001))
    with pytest.raises(LabError, match="l1_selection keeps none of them"):
        fitted(own, data)
    own = recipe(*before, step("variance_threshold", threshold=100))
    with pytest.raises(LabError, match="none varies enough"):
        fitted(own, data)


def test_values_below_zero_cannot_be_counted(data, recipe, step, before):
    own = recipe(*before, step("univariate_selection", score="chi2"))
    with pytest.raises(LabError, match="values below 0"):
        fitted(own, data)


def test_one_class_teaches_nothing(data, recipe, step, before):
    preparation = make_preparation(
        recipe(*before, step("tree_selection")), data.schema, task=Task.BINARY, seed=0
    )
    with pytest.raises(LabError, match="only one class, from which tree_selection learns nothing"):
        preparation.fit(data.X, np.zeros(240, dtype=np.int64))
