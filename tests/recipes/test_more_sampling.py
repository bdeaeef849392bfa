"""Samplers give the rows of imbalanced-learn run plainly, with weights and notes beside them."""

import numpy as np
import pytest
from imblearn import combine, over_sampling, under_sampling
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder

from lab.base import LabError, Task
from lab.recipes import check_recipe, make_preparation

MAKING = ("borderline_smote", "svm_smote", "adasyn", "smote_tomek", "smote_enn")
LEAVING = ("tomek_links", "edited_neighbours", "near_miss", "cluster_centroids")
ALL = under_sampling.EditedNearestNeighbours(sampling_strategy="all")


@pytest.fixture(scope="module")
def numbers(example):
    """Return two numbers of overlapping classes, 180 and 60 rows."""
    rng = np.random.default_rng(3)
    y = np.repeat([0, 1], [180, 60])
    values = rng.normal(size=(240, 2)) + y[:, None]
    data = example.only("age", "income").change(age=values[:, 0], income=values[:, 1])
    return type(data)(data.X, y)


def prepare(recipe, data, task=Task.BINARY, **rest):
    return make_preparation(recipe, data.schema, task=task, seed=0, **rest)


@pytest.mark.parametrize(
    ("key", "settings", "plain"),
    [
        ("borderline_smote", {}, over_sampling.BorderlineSMOTE(random_state=0)),
        ("borderline_smote", {"kind": "borderline-2", "k_neighbors": 3, "m_neighbors": 7},
         over_sampling.BorderlineSMOTE(random_state=0, kind="borderline-2", k_neighbors=3,
                                       m_neighbors=7)),
        ("svm_smote", {}, over_sampling.SVMSMOTE(random_state=0)),
        ("adasyn", {"n_neighbors": 4}, over_sampling.ADASYN(random_state=0, n_neighbors=4)),
        ("adasyn", {"ratio": 0.5},
         over_sampling.ADASYN(random_state=0, sampling_strategy=0.5)),
        ("tomek_links", {}, under_sampling.TomekLinks()),
        ("tomek_links", {"classes": "all"}, under_sampling.TomekLinks(sampling_strategy="all")),
        ("edited_neighbours", {}, under_sampling.EditedNearestNeighbours()),
        ("edited_neighbours", {"kind": "mode", "n_neighbors": 5},
         under_sampling.EditedNearestNeighbours(kind_sel="mode", n_neighbors=5)),
        ("near_miss", {}, under_sampling.NearMiss()),
        ("near_miss", {"variant": "2"}, under_sampling.NearMiss(version=2)),
        ("near_miss", {"variant": "3", "ratio": 0.75},
         under_sampling.NearMiss(version=3, sampling_strategy=0.75)),
        ("cluster_centroids", {}, under_sampling.ClusterCentroids(random_state=0)),
        ("cluster_centroids", {"rows": "hard", "ratio": 0.5}, under_sampling.ClusterCentroids(
            random_state=0, voting="hard", sampling_strategy=0.5)),
        ("smote_tomek", {}, combine.SMOTETomek(
            random_state=0, tomek=under_sampling.TomekLinks(sampling_strategy="all"))),
        ("smote_enn", {"ratio": 0.75}, combine.SMOTEENN(
            smote=over_sampling.SMOTE(sampling_strategy=0.75, random_state=0), enn=ALL)),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:The number of the samples to be selected")
def test_a_sampler_gives_what_imbalanced_learn_gives(numbers, recipe, step, key, settings, plain):
    preparation = prepare(recipe(step(key, **settings)), numbers)
    made = preparation.fit(numbers.X, numbers.y)
    X, y = plain.fit_resample(numbers.X.to_numpy(), numbers.y)
    np.testing.assert_allclose(made.X, X, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(made.y, y)
    np.testing.assert_array_equal(preparation.transform(numbers.X), numbers.X)


def test_smote_of_categories_gives_what_imbalanced_learn_gives(example, recipe, step):
    data = example.only("smoker", "town", "job")
    y = np.repeat([0, 1], [180, 60])
    own = recipe(
        step("most_frequent_imputer"), step("smote_n", k_neighbors=3),
        step("one_hot", min_frequency=None, max_categories=None),
    )  # fmt: skip
    made = prepare(own, data).fit(data.X, y)
    filled = data.X.copy()
    filled[:] = SimpleImputer(strategy="most_frequent").fit_transform(data.X.astype(object))
    X, labels = over_sampling.SMOTEN(random_state=0, k_neighbors=3).fit_resample(
        filled.astype(str), y
    )
    towns = OneHotEncoder(sparse_output=False).fit(X[["town", "job"]])
    found = made.X if isinstance(made.X, np.ndarray) else made.X.toarray()
    expected = np.column_stack([towns.transform(X[["town", "job"]]), X["smoker"].astype(float)])
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(made.y, labels)


@pytest.mark.parametrize(
    ("key", "settings"),
    [
        ("clip_outliers", {}),
        ("log1p", {}),
        ("power_transform", {}),
        ("quantile_transform", {}),
        ("binning", {"one_hot": True}),
        ("splines", {}),
        ("max_abs_scaler", {}),
    ],
)
def test_shapes_can_stand_before_smote_with_categories(example, recipe, step, key, settings):
    data = example.only("age", "income", "joined", "town")
    own = recipe(
        step("median_imputer"), step("most_frequent_imputer"), step("date_features"),
        step(key, **settings), step("smote_nc"), step("frequency"),
    )  # fmt: skip
    preparation = prepare(own, data)
    made = preparation.fit(data.X, np.repeat([0, 1], [180, 60]))
    assert len(made.y) == 360
    assert set(preparation.origins) == set(data.X)
    alone = prepare(recipe(*(step for step in own.steps if step.choice.key != "smote_nc")), data)
    plain = alone.fit(data.X, np.repeat([0, 1], [180, 60])).X
    numbers = [name for name in alone.feature_names if name != "town"]
    ours = [preparation.feature_names.index(name) for name in numbers]
    theirs = [alone.feature_names.index(name) for name in numbers]
    np.testing.assert_allclose(made.X[:240][:, ours], plain[:, theirs])


def test_smote_of_categories_is_for_categories_only(example, recipe, step):
    own = recipe(
        step("most_frequent_imputer"), step("mean_imputer"), step("smote_n"), step("one_hot")
    )
    (problem,) = check_recipe(own, example.only("age", "town").schema, task=Task.BINARY)
    assert problem.message == "smote_n takes every number for a category; take smote_nc instead"
    late = recipe(step("most_frequent_imputer"), step("one_hot"), step("smote_n"))
    found = check_recipe(late, example.only("town").schema, task=Task.BINARY)
    assert found[0].message == "smote_n must come before one_hot"


@pytest.mark.parametrize("key", [*MAKING, *LEAVING[:-1]])
def test_weights_follow_their_rows_and_made_rows_weigh_as_their_class(numbers, recipe, step, key):
    weight = np.arange(1.0, 241.0)
    made = prepare(recipe(step(key)), numbers).fit(numbers.X, numbers.y, weight)
    known = {tuple(row): w for row, w in zip(numbers.X.to_numpy(), weight, strict=True)}
    means = {label: weight[numbers.y == label].mean() for label in (0, 1)}
    expected = [
        known.get(tuple(row), means[label]) for row, label in zip(made.X, made.y, strict=True)
    ]
    np.testing.assert_allclose(made.weight, expected)
    assert len(set(made.weight)) > 2


def test_centres_of_clusters_weigh_as_their_class_on_average(numbers, recipe, step):
    weight = np.arange(1.0, 241.0)
    made = prepare(recipe(step("cluster_centroids")), numbers).fit(numbers.X, numbers.y, weight)
    np.testing.assert_array_equal(made.weight[:60], weight[:180].mean())
    np.testing.assert_array_equal(made.weight[60:], weight[180:])


@pytest.mark.parametrize("key", [*MAKING, *LEAVING])
def test_samplers_of_numbers_come_last_and_take_no_gaps(example, recipe, step, key):
    data = example.only("age")
    assert f"{key} takes no missing values; fill 'age' before it" in [
        problem.message
        for problem in check_recipe(
            recipe(step("keep_missing"), step(key)),
            data.schema,
            task=Task.BINARY,
            takes_missing=True,
        )
    ]
    early = recipe(step("mean_imputer"), step(key), step("standard_scaler"))
    (problem,) = check_recipe(early, data.schema, task=Task.BINARY)
    assert problem.message == f"standard_scaler must come before {key}"


@pytest.mark.parametrize(
    ("key", "note"),
    [
        ("borderline_smote", "Borderline-SMOTE used 2 instead of 5 neighbours: the smallest"),
        ("svm_smote", "SVM-SMOTE used 2 instead of 5 neighbours: the smallest"),
        ("adasyn", "ADASYN used 2 instead of 5 neighbours: the smallest"),
        ("smote_tomek", "SMOTE used 2 instead of 5 neighbours: the smallest"),
        ("smote_enn", "SMOTE used 2 instead of 5 neighbours: the smallest"),
    ],
)
def test_a_small_class_lowers_the_neighbours_and_it_is_told(numbers, recipe, step, key, note):
    preparation = prepare(recipe(step(key)), numbers)
    rows = np.r_[0:100, 180, 182, 183]
    X = numbers.X.iloc[rows].reset_index(drop=True)
    together, apart = [[0.1, 0.1], [0.11, 0.1], [0.1, 0.12]], [[0, 0], [1, -1], [-1, 1]]
    X.iloc[-3:] = apart if key == "adasyn" else together
    preparation.fit(X, numbers.y[rows])
    assert preparation.notes[0].startswith(note)


def test_near_miss_lowers_its_neighbours_to_the_smallest_class(numbers, recipe, step):
    preparation = prepare(recipe(step("near_miss", n_neighbors=10)), numbers)
    made = preparation.fit(numbers.X.iloc[:184], numbers.y[:184])
    assert list(np.bincount(made.y)) == [4, 4]
    assert (
        "NearMiss used 4 instead of 10 neighbours: the smallest class has 4"
        in (preparation.notes[0])
    )


def test_classes_far_apart_have_no_border_and_it_is_told(numbers, recipe, step):
    apart = numbers.X + 1000 * numbers.y[:, None]
    preparation = prepare(recipe(step("borderline_smote")), numbers)
    assert len(preparation.fit(apart, numbers.y).y) == 240
    assert preparation.notes == (
        "Borderline-SMOTE made no rows: no smaller class has a row at a border",
    )
    with pytest.raises(LabError, match="ADASYN finds no row at the border") as caught:
        prepare(recipe(step("adasyn")), numbers).fit(apart, numbers.y)
    assert caught.value.hint == "Take smote instead."


def test_near_miss_3_tells_when_it_keeps_fewer_rows_than_asked(numbers, recipe, step):
    preparation = prepare(recipe(step("near_miss", variant="3", n_neighbors=1)), numbers)
    made = preparation.fit(numbers.X, numbers.y)
    assert np.bincount(made.y)[0] < 60
    assert preparation.notes[0].startswith("NearMiss kept fewer rows than asked")


def test_a_missed_positive_costs_what_is_said(numbers, recipe, step):
    own = recipe(step("class_costs", missed_positive=7))
    made = prepare(own, numbers).fit(numbers.X, numbers.y)
    np.testing.assert_array_equal(made.weight, np.where(numbers.y == 1, 7, 1))
    given = prepare(own, numbers).fit(numbers.X, numbers.y, np.full(240, 2.0))
    np.testing.assert_array_equal(given.weight, 2 * made.weight)


def test_classes_are_weighed_by_name_or_code(numbers, recipe, step):
    named = recipe(step("class_costs", weights="yes: 5, no: 0.5"))
    made = prepare(named, numbers, labels=("no", "yes")).fit(numbers.X, numbers.y)
    np.testing.assert_array_equal(made.weight, np.where(numbers.y == 1, 5, 0.5))
    coded = recipe(step("class_costs", weights="1:5,0:0.5"))
    again = prepare(coded, numbers).fit(numbers.X, numbers.y)
    np.testing.assert_array_equal(again.weight, made.weight)


def test_costs_and_balance_multiply(numbers, recipe, step):
    own = recipe(step("class_weights"), step("class_costs", missed_positive=3))
    made = prepare(own, numbers).fit(numbers.X, numbers.y)
    np.testing.assert_allclose(made.weight, np.where(numbers.y == 1, 3 * 2, 240 / 360))


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ("yes 5", "hold 'yes 5', which is no class with a number above 0"),
        ("yes: -1", "hold 'yes: -1'"),
        ("yes: 1, yes: 2", "list 'yes' twice"),
        ("maybe: 2", "names the class 'maybe'; the classes are 'no', 'yes'"),
    ],
)
def test_costs_that_cannot_be_read_are_a_problem(numbers, recipe, step, weights, said):
    own = recipe(step("class_costs", weights=weights))
    (problem,) = check_recipe(own, numbers.schema, task=Task.BINARY, labels=("no", "yes"))
    assert said in problem.message
    with pytest.raises(LabError, match="class"):
        prepare(own, numbers, labels=("no", "yes"))


def test_several_classes_need_weights_by_name(numbers, recipe, step):
    (problem,) = check_recipe(recipe(step("class_costs")), numbers.schema, task=Task.MULTICLASS)
    assert "needs weights by class" in problem.message
