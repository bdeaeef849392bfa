"""Encodings give the numbers of their definition, and of category_encoders where it has them."""

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score

from lab.base import Task
from lab.recipes import check_recipe, make_preparation
from lab.recipes.estimators.level_codes import BinaryDigits, LevelFrequencies, OrderedLevels
from lab.recipes.estimators.level_hashes import HashedLevels, LevelVectors
from lab.recipes.estimators.level_targets import LeaveOneOut, OrderedTargets, WeightOfEvidence

RNG = np.random.default_rng(1)
N = 400
TOWNS = pd.DataFrame({
    "town": np.sort(RNG.choice(list("abcdefgh"), N)).astype(object),
    "job": RNG.choice(["clerk", "nurse", "pilot"], N).astype(object),
})  # fmt: skip
LABELS = (RNG.random(N) < np.where(TOWNS["town"] < "d", 0.7, 0.3)).astype(int)
NEW = pd.DataFrame({"town": ["a", "nowhere"], "job": ["pilot", "nurse"]}, dtype=object)
TARGETED = {
    "leave_one_out": LeaveOneOut(smooth=1.0),
    "ordered_target": OrderedTargets(random_state=0),
    "weight_of_evidence": WeightOfEvidence(random_state=0),
}

pytestmark = pytest.mark.filterwarnings("ignore:.future.no_silent_downcasting")  # category_encoders


def encoders():
    return pytest.importorskip("category_encoders")


def test_leave_one_out_is_that_of_category_encoders():
    theirs, ours = encoders().LeaveOneOutEncoder(), LeaveOneOut()
    np.testing.assert_allclose(
        ours.fit_transform(TOWNS, LABELS), theirs.fit_transform(TOWNS, pd.Series(LABELS))
    )
    np.testing.assert_allclose(ours.transform(NEW), theirs.transform(NEW))


def test_ordered_statistics_are_those_of_category_encoders():
    theirs, ours = encoders().CatBoostEncoder(a=2), OrderedTargets(smooth=2)
    np.testing.assert_allclose(
        ours.fit_transform(TOWNS, LABELS), theirs.fit_transform(TOWNS, pd.Series(LABELS))
    )
    np.testing.assert_allclose(ours.transform(NEW), theirs.transform(NEW))


def test_an_order_drawn_by_a_seed_is_that_of_rows_shuffled_by_it():
    order = np.random.default_rng(5).permutation(N)
    shuffled = OrderedTargets().fit_transform(TOWNS.iloc[order], LABELS[order])
    drawn = OrderedTargets(random_state=5).fit_transform(TOWNS, LABELS)
    np.testing.assert_allclose(drawn[order], shuffled)


def test_weight_of_evidence_is_that_of_category_encoders():
    theirs, ours = encoders().WOEEncoder(regularization=0.5), WeightOfEvidence(smooth=0.5)
    theirs.fit(TOWNS, pd.Series(LABELS))
    ours.fit(TOWNS, LABELS)
    np.testing.assert_allclose(ours.transform(TOWNS), theirs.transform(TOWNS))
    np.testing.assert_allclose(ours.transform(NEW), theirs.transform(NEW))


def test_binary_digits_and_counts_are_those_of_category_encoders():
    kept = encoders().BinaryEncoder().fit(TOWNS[["town"]])
    ours = BinaryDigits().fit(TOWNS[["town"]])
    np.testing.assert_array_equal(ours.transform(TOWNS[["town"]]), kept.transform(TOWNS[["town"]]))
    assert list(ours.get_feature_names_out()) == [f"town_bit{place}" for place in (8, 4, 2, 1)]
    for measure, normalize in (("count", False), ("share", True)):
        theirs = encoders().CountEncoder(normalize=normalize).fit(TOWNS)
        ours = LevelFrequencies(measure=measure).fit(TOWNS)
        np.testing.assert_allclose(ours.transform(TOWNS), theirs.transform(TOWNS))


def test_training_rows_get_the_evidence_of_the_other_folds_only():
    from sklearn.model_selection import KFold

    encoder = WeightOfEvidence(folds=4, random_state=2)
    made = encoder.fit_transform(TOWNS, LABELS)
    for others, own in KFold(4, shuffle=True, random_state=2).split(TOWNS):
        apart = WeightOfEvidence().fit(TOWNS.iloc[others], LABELS[others])
        np.testing.assert_allclose(made[own], apart.transform(TOWNS.iloc[own]))


@pytest.mark.parametrize("encoder", TARGETED.values(), ids=TARGETED)
def test_a_rows_own_target_never_changes_its_code(encoder):
    before = encoder.fit_transform(TOWNS, LABELS)
    for row in (0, 100, 399):
        flipped = LABELS.copy()
        flipped[row] = 1 - flipped[row]
        after = encoder.fit_transform(TOWNS, flipped)
        overall = np.abs(after[row] - before[row])
        assert (overall < 0.02).all()  # the overall mean moves by 1/400, no more
        assert np.abs(after - before).max() > 0.001


def test_noise_levels_say_nothing_of_the_target_when_encoded_apart():
    noise = pd.DataFrame({"id": RNG.integers(0, 150, N).astype(str)}, dtype=object)
    for key in ("ordered_target", "weight_of_evidence"):
        apart = TARGETED[key].fit_transform(noise, LABELS)
        leaking = TARGETED[key].transform(noise)
        assert roc_auc_score(LABELS, leaking[:, 0]) > 0.7
        assert abs(roc_auc_score(LABELS, apart[:, 0]) - 0.5) < 0.1


@pytest.mark.parametrize("key", TARGETED)
def test_several_classes_give_a_column_each(example, recipe, step, key):
    data = example.only("town", "job")
    y = (np.arange(240) + data.y) % 3
    preparation = make_preparation(recipe(step(key)), data.schema, task=Task.MULTICLASS, seed=0)
    X = preparation.fit(data.X, y).X
    assert preparation.feature_names[:4] == ("town_0", "town_1", "town_2", "job_0")
    assert preparation.origins == ("town",) * 3 + ("job",) * 3
    assert X.shape == (240, 6)


@pytest.mark.parametrize("key", ["leave_one_out", "ordered_target"])
def test_numbers_that_look_like_classes_are_numbers_in_a_regression(example, recipe, step, key):
    data = example.only("town")
    preparation = make_preparation(recipe(step(key)), data.schema, task=Task.REGRESSION, seed=0)
    assert preparation.fit(data.X, np.arange(240) % 3 * 10.0).X.shape == (240, 1)
    unseen = preparation.transform(pd.DataFrame({"town": ["nowhere"]}, dtype=object))
    assert unseen == pytest.approx(10.0)


def test_weight_of_evidence_is_refused_where_there_are_no_classes(example, recipe, step):
    data = example.only("town")
    problems = check_recipe(recipe(step("weight_of_evidence")), data.schema, task=Task.REGRESSION)
    assert problems[0].message == "weight_of_evidence needs classes; regression has none"


def test_levels_take_the_places_of_the_given_order_and_others_are_told(example, recipe, step):
    data = example.only("job", "age").change(job=np.resize(["low", "high", "none"], 240), age=1.0)
    own = recipe(step("ordered_codes", order="low < medium < high"))
    preparation = make_preparation(own, data.schema, task=Task.BINARY, seed=0)
    X = preparation.fit(data.X, data.y).X
    assert list(X[:3, 0]) == [0, 2, -1]
    assert preparation.notes == (
        "ordered: the order does not list 'none' of column 'job': taken as unknown",
    )
    new = pd.DataFrame({"job": ["medium", None, "?"], "age": 1.0})
    assert list(preparation.transform(new)[:, 0]) == [1, -2, -1]


def test_without_an_order_numbers_inside_levels_go_by_size():
    levels = np.array([["10-20"], ["5-9"], ["100+"], ["none"]], dtype=object)
    assert list(OrderedLevels().fit_transform(levels).ravel()) == [1, 0, 2, 3]
    kept = OrderedLevels(keep_missing=True).fit(levels)
    assert np.isnan(kept.transform(np.array([[None], ["?"]], dtype=object))).all()


@pytest.mark.parametrize(
    ("order", "said"),
    [("low < high < low", "lists 'low' twice"), ("low, high", "write levels with < between them")],
)
def test_an_order_that_cannot_be_read_is_a_problem(example, recipe, step, order, said):
    own = recipe(step("ordered_codes", order=order))
    problems = check_recipe(own, example.only("job").schema, task=Task.BINARY)
    assert len(problems) == 1
    assert said in problems[0].message


def test_the_most_frequent_level_has_rank_0_and_an_unknown_one_the_last():
    levels = np.array([["b"], ["a"], ["b"], [None], ["c"]], dtype=object)
    ranks = LevelFrequencies(measure="rank").fit(levels)
    assert list(ranks.transform(levels).ravel()) == [0, 1, 0, 3, 2]
    assert ranks.transform(np.array([["new"]], dtype=object))[0, 0] == 4


def test_a_hashed_level_is_where_scikit_learn_puts_it():
    from sklearn.feature_extraction import FeatureHasher

    plain = FeatureHasher(16, input_type="string").transform([[town] for town in TOWNS["town"]])
    ours = HashedLevels(n_columns=16).fit_transform(TOWNS[["town"]])
    np.testing.assert_array_equal(ours.toarray(), plain.toarray())


def test_vectors_of_spelling_are_those_of_tfidf_and_svd():
    jobs = pd.DataFrame({"job": ["head nurse", "nurse", "pilot", "co-pilot", "clerk"]})
    ours = LevelVectors(n_columns=3, random_state=0).fit(jobs)
    levels = sorted(jobs["job"])
    weights = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)).fit(levels)
    svd = TruncatedSVD(3, random_state=0).fit(weights.transform(levels))
    plain = svd.transform(weights.transform(jobs["job"]))
    np.testing.assert_allclose(ours.transform(jobs), plain, rtol=0, atol=1e-12)
    typo, nurse, pilot = ours.transform(pd.DataFrame({"job": ["nurze", "nurse", "pilot"]}))
    assert typo @ nurse > abs(typo @ pilot)


def test_levels_of_pandas_categories_are_taken_too(example, recipe, step):
    data = example.only("town").change(town=example.X["town"].astype("category"))
    for key in (*TARGETED, "ordered_codes", "frequency", "binary_codes", "hashing", "similarity"):
        own = recipe(step(key))
        first = make_preparation(own, data.schema, task=Task.BINARY, seed=0)
        second = make_preparation(own, data.schema, task=Task.BINARY, seed=0)
        X, plain = first.fit(data.X, data.y).X, second.fit(example.X[["town"]], data.y).X
        assert (plain != X).sum() == 0
