"""Our estimators that look across columns: scikit-learn's checks, and what they make of values."""

import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import ExtraTreesRegressor, HistGradientBoostingRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer
from sklearn.inspection import permutation_importance
from sklearn.linear_model import Ridge
from sklearn.utils.estimator_checks import parametrize_with_checks

from lab.recipes.estimators.averaged_imputer import AveragedImputer
from lab.recipes.estimators.correlation_filter import CorrelationFilter
from lab.recipes.estimators.gappy_columns import DropGappyColumns
from lab.recipes.estimators.model_imputer import ModelImputer
from lab.recipes.estimators.nearest_rows import NearestRowsImputer
from lab.recipes.estimators.permutation_selector import (
    PermutationSelector,
    _share_explained,
    _shuffling_losses,
)
from lab.recipes.estimators.random_sample import RandomSampleImputer
from lab.recipes.estimators.sampled_kernel_pca import SampledKernelPCA
from lab.recipes.estimators.sequential import SequentialSelector
from lab.recipes.estimators.shadow_selector import ShadowSelector
from lab.recipes.estimators.univariate_scores import UnivariateScores


@pytest.mark.filterwarnings("ignore:.*Early stopping criterion not reached")
@parametrize_with_checks(
    [
        AveragedImputer(),
        AveragedImputer(draws=3),
        CorrelationFilter(),
        DropGappyColumns(),
        ModelImputer(),
        NearestRowsImputer(),
        NearestRowsImputer(max_rows=8, random_state=0),
        PermutationSelector(trees=5),
        PermutationSelector(target="value", trees=5),
        RandomSampleImputer(),
        SampledKernelPCA(n_components=1, max_rows=10),
        SequentialSelector(Ridge(), n_features_to_select=1, cv=3),
        ShadowSelector(rounds=3, trees=5),
        ShadowSelector(target="value", rounds=3, trees=5),
    ],
    expected_failed_checks=lambda estimator: (
        {"check_transformer_n_iter": "scikit-learn excepts its KernelPCA by name"}
        if isinstance(estimator, SampledKernelPCA)
        else {}
    ),
)
def test_it_is_an_ordinary_scikit_learn_estimator(estimator, check):
    check(estimator)


@pytest.fixture
def rows():
    """Return 200 rows of four numbers that depend on each other, a fifth of them missing."""
    rng = np.random.default_rng(0)
    first = rng.normal(size=200)
    values = np.column_stack([first, 2 * first, first**2, rng.normal(size=200)])
    values += rng.normal(0, 0.1, values.shape)
    values[rng.random(values.shape) < 0.2] = np.nan
    return values


def test_one_chain_fills_like_scikit_learn(rows):
    learnt, others = rows[:150], rows[150:]
    with _quiet():
        theirs = IterativeImputer(random_state=3).fit(learnt)
        ours = AveragedImputer(random_state=3).fit(learnt)
    full = others[~np.isnan(others).all(axis=1)]
    np.testing.assert_allclose(ours.transform(full), theirs.transform(full), rtol=0, atol=1e-12)


def test_several_draws_are_averaged_and_nothing_is_drawn_when_filling(rows):
    with _quiet():
        imputer = AveragedImputer(draws=4, rounds=3).fit(rows)
    once, again = imputer.transform(rows), imputer.transform(rows)
    np.testing.assert_array_equal(once, again)
    chains = [chain.transform(rows.copy()) for chain in imputer.chains_]
    assert np.std(chains, axis=0).max() > 0.01
    full = ~np.isnan(rows).all(axis=1)
    np.testing.assert_allclose(once[full], np.mean(chains, axis=0)[full], rtol=0, atol=1e-12)


def test_a_row_of_gaps_only_is_filled_alike_alone_and_among_others(rows):
    with _quiet():
        imputer = AveragedImputer().fit(rows)
    empty = np.full((1, 4), np.nan)
    among = imputer.transform(np.vstack([rows, empty]))[-1]
    np.testing.assert_allclose(imputer.transform(empty)[0], among, rtol=0, atol=1e-12)


def test_trees_can_predict_the_columns(rows):
    with _quiet():
        ours = AveragedImputer(model="trees", rounds=2, random_state=5).fit(rows)
        trees = ExtraTreesRegressor(30, min_samples_leaf=5, random_state=5)
        theirs = IterativeImputer(trees, max_iter=2, random_state=5).fit(rows)
    np.testing.assert_allclose(ours.transform(rows), theirs.transform(rows), rtol=0, atol=1e-12)


def test_neighbours_come_from_all_rows_or_a_sample_of_them(rows):
    plain = KNNImputer(n_neighbors=3).fit(rows)
    whole = NearestRowsImputer(n_neighbors=3, max_rows=200).fit(rows)
    np.testing.assert_array_equal(whole.transform(rows), plain.transform(rows))
    sample = NearestRowsImputer(max_rows=50, random_state=1).fit(rows)
    assert sample._fit_X.shape == (50, 4)
    assert not np.isnan(sample.transform(rows)).any()


def test_a_column_with_a_single_value_is_in_every_sample():
    values = np.column_stack([np.arange(300.0), np.full(300, np.nan)])
    values[217, 1] = 5.0
    for seed in range(5):
        filled = NearestRowsImputer(max_rows=20, random_state=seed).fit_transform(values)
        assert (filled[:, 1] == 5.0).all()


def test_a_column_is_filled_by_a_model_of_the_others(rows):
    ours = ModelImputer(random_state=2).fit(rows[:150]).transform(rows[150:])
    known = ~np.isnan(rows[:150, 1])
    model = HistGradientBoostingRegressor(max_iter=50, random_state=2)
    model.fit(np.delete(rows[:150], 1, axis=1)[known], rows[:150, 1][known])
    gaps = np.isnan(rows[150:, 1])
    expected = model.predict(np.delete(rows[150:], 1, axis=1)[gaps])
    np.testing.assert_allclose(ours[gaps, 1], expected, rtol=0, atol=1e-12)
    assert ours[~gaps, 1].tolist() == rows[150:, 1][~gaps].tolist()


def test_a_later_gap_in_a_complete_column_gets_the_median():
    values = np.column_stack([np.arange(30.0), np.arange(30.0) ** 2])
    filled = ModelImputer().fit(values).transform(np.array([[np.nan, 4.0]]))
    assert filled.tolist() == [[14.5, 4.0]]


def test_random_values_are_training_values_and_belong_to_the_row():
    frame = pd.DataFrame({"age": np.arange(500.0), "town": ["Ulm", "Bonn"] * 250}).astype(
        {"town": object}
    )
    holed = frame.assign(town=frame["town"].where(np.arange(500) % 2 == 0))
    imputer = RandomSampleImputer(random_state=4).fit(frame)
    filled = imputer.transform(holed)
    assert set(filled["town"]) == {"Ulm", "Bonn"}
    assert 0.4 < (filled["town"][1::2] == "Ulm").mean() < 0.6
    pd.testing.assert_frame_equal(imputer.transform(holed.iloc[[7]]), filled.iloc[[7]])
    other = RandomSampleImputer(random_state=5).fit(frame).transform(holed)
    assert not other.equals(filled)
    assert filled["age"].dtype == np.float64


def test_columns_above_the_share_of_gaps_go():
    frame = pd.DataFrame({"a": [1.0, np.nan], "b": ["x", "y"], "c": pd.to_datetime(["NaT", "NaT"])})
    assert DropGappyColumns(max_missing=0.5).fit(frame).get_support().tolist() == [
        True, True, False,
    ]  # fmt: skip
    assert DropGappyColumns(max_missing=0.0).fit(frame).get_support().tolist() == [
        False, True, False,
    ]  # fmt: skip


def test_the_later_of_two_columns_that_run_alike_goes():
    rng = np.random.default_rng(0)
    first, other = rng.normal(size=(2, 100))
    values = np.column_stack([first, np.full(100, 0.1), -3 * first + 7, other, np.exp(first)])
    assert CorrelationFilter().fit(values).get_support().tolist() == [True, True, False, True, True]
    ranks = CorrelationFilter(method="spearman").fit(values)
    assert ranks.get_support().tolist() == [True, True, False, True, False]


def test_correlations_are_those_of_pandas():
    frame = pd.DataFrame(np.random.default_rng(1).normal(size=(80, 6))).cumsum()
    expected, threshold = frame.corr().abs().to_numpy(), 0.4
    kept = []
    for column in range(6):
        if all(expected[column, other] <= threshold for other in kept):
            kept.append(column)
    found = CorrelationFilter(threshold=threshold).fit(frame.to_numpy())
    assert found.get_support(indices=True).tolist() == kept
    assert 0 < len(kept) < 6


@pytest.fixture(params=["class", "value"])
def target(request):
    """Return what the target is."""
    return request.param


def known_columns(target):
    """Return ten columns of which the first three matter, and the target."""
    rng = np.random.default_rng(3)
    values = rng.normal(size=(400, 10))
    y = values[:, 0] + values[:, 1] * values[:, 2] + rng.normal(0, 0.2, 400)
    return values, (y > 0).astype(int) if target == "class" else y


def test_columns_that_beat_their_shadows_are_those_that_matter(target):
    values, y = known_columns(target)
    selector = ShadowSelector(target=target, rounds=20, trees=50, random_state=0).fit(values, y)
    assert selector.get_support(indices=True).tolist() == [0, 1, 2]
    assert (selector.verdicts_[3:] == -1).sum() >= 3
    with_open = ShadowSelector(
        target=target, rounds=3, trees=20, keep_open=True, random_state=0
    ).fit(values, y)
    assert with_open.get_support().all()


def test_a_shadow_is_as_good_as_a_column_that_does_not_matter():
    rng = np.random.default_rng(8)
    values, y = rng.normal(size=(200, 6)), rng.integers(0, 2, 200)
    selector = ShadowSelector(rounds=20, trees=20, random_state=0).fit(values, y)
    assert (selector.verdicts_ != 1).all()
    assert selector.get_support().sum() == 1


def test_columns_that_are_missed_when_shuffled_are_those_that_matter(target):
    values, y = known_columns(target)
    kept = PermutationSelector(target=target, random_state=0).fit(values, y)
    assert kept.get_support(indices=True).tolist() == [0, 1, 2]


def test_shuffling_costs_what_scikit_learn_says():
    values, y = known_columns("value")
    model = Ridge().fit(values[:200], y[:200])
    ours = _shuffling_losses(
        model, values[200:], y[200:], _share_explained, np.random.RandomState(0)
    )
    theirs = permutation_importance(
        model, values[200:], y[200:], scoring="r2", n_repeats=200, random_state=1
    )
    spread = theirs.importances_std / 5**0.5
    assert (np.abs(ours.mean(axis=1) - theirs.importances_mean) <= 4 * spread + 1e-12).all()
    assert ours[0].mean() > 10 * np.abs(ours[4:].mean(axis=1)).max()


def test_a_class_that_is_missing_in_a_fold_is_no_error():
    values, y = known_columns("class")
    y = y.copy()
    y[0] = 7
    for selector in (PermutationSelector(trees=10, random_state=0), ShadowSelector(rounds=5)):
        assert selector.fit(values, y).get_support().any()


@pytest.mark.parametrize("kind", ["f", "chi2", "mutual_info"])
def test_scores_are_those_of_scikit_learn(kind):
    from scipy import sparse
    from sklearn.feature_selection import chi2, f_classif, mutual_info_classif

    values, y = known_columns("class")
    values = np.abs(values)
    ours = UnivariateScores(kind, True, 6)(values, y)
    by_hand = {
        "f": f_classif, "chi2": chi2,
        "mutual_info": lambda X, y: mutual_info_classif(X, y, random_state=6),
    }[kind](values, y)  # fmt: skip
    np.testing.assert_allclose(ours, by_hand, rtol=0, atol=1e-12)
    of_sparse = UnivariateScores(kind, True, 6)(sparse.csr_matrix(values), y)
    np.testing.assert_allclose(of_sparse, ours, rtol=0, atol=1e-9)


def test_a_column_that_is_the_target_scores_best():
    values = np.random.default_rng(5).normal(size=(101, 4))
    for column in range(4):
        for scale in (1.0, -0.1, 3.7):
            scores, p_values = UnivariateScores("f", False)(values, values[:, column] * scale)
            assert scores.argmax() == column
            assert p_values.argmin() == column


def test_kernel_components_learn_from_a_sample():
    from sklearn.decomposition import KernelPCA

    values = np.random.default_rng(0).normal(size=(300, 3))
    whole = SampledKernelPCA(2, max_rows=300, random_state=0).fit_transform(values)
    plain = KernelPCA(2, kernel="rbf", random_state=0).fit(values).transform(values)
    np.testing.assert_allclose(whole, plain, rtol=0, atol=1e-12)
    assert SampledKernelPCA(2, max_rows=100).fit_transform(values).shape == (300, 2)


def _quiet():
    """Return a context that does not tell that values have not settled."""
    return warnings.catch_warnings(action="ignore", category=ConvergenceWarning)
