"""An imputer that learnt from the values in the middle is the one that scikit-learn learns."""

import numpy as np
import pandas as pd
import pytest
from sklearn.impute import SimpleImputer

from lab.recipes.median_fill import learn_medians
from lab.recipes.suiting import learn_columns


def numbers(n_rows):
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "skewed": rng.lognormal(0, 5, n_rows),
            "whole": rng.integers(-2, 3, n_rows).astype(float),
            "constant": 0.1,
            "huge": rng.normal(size=n_rows) * 1e300,
            "mostly missing": np.nan,
            "never there": np.nan,
            "gaps": rng.normal(size=n_rows),
        }
    )
    frame.loc[n_rows // 2, "mostly missing"] = 7.0
    frame.loc[::3, "gaps"] = np.nan
    return frame


def assert_same(quick, plain, X):
    assert vars(quick).keys() == vars(plain).keys()
    np.testing.assert_array_equal(quick.statistics_, plain.statistics_)
    assert quick.statistics_.dtype == plain.statistics_.dtype
    if plain.indicator_ is not None:
        np.testing.assert_array_equal(quick.indicator_.features_, plain.indicator_.features_)
    np.testing.assert_array_equal(quick.transform(X), plain.transform(X))
    np.testing.assert_array_equal(quick.get_feature_names_out(), plain.get_feature_names_out())


@pytest.mark.filterwarnings("ignore:Skipping features without any observed values")
@pytest.mark.parametrize("n_rows", [4_999, 5_000, 5_001, 16_000])
@pytest.mark.parametrize("indicator", [True, False])
@pytest.mark.parametrize("make", [pd.DataFrame, lambda frame: frame.to_numpy()])
def test_it_is_the_same_imputer(n_rows, indicator, make):
    X = make(numbers(n_rows))
    before = X.copy()
    plain = SimpleImputer(strategy="median", add_indicator=indicator).fit(X)
    quick = SimpleImputer(strategy="median", add_indicator=indicator)
    learn_medians(quick, X)
    assert_same(quick, plain, X)
    np.testing.assert_array_equal(X, before)


@pytest.mark.parametrize("strategy", ["mean", "median", "most_frequent"])
@pytest.mark.parametrize("kind", [np.float32, np.int64, np.float64])
def test_other_strategies_and_kinds_are_learnt_as_ever(strategy, kind):
    X = pd.DataFrame({"one": np.arange(6_000) % 7, "two": np.arange(6_000) ** 2}).astype(kind)
    plain = SimpleImputer(strategy=strategy).fit(X)
    quick = SimpleImputer(strategy=strategy)
    np.testing.assert_array_equal(learn_columns(quick, X, np.zeros(6_000)), plain.transform(X))
    assert_same(quick, plain, X)


def test_sparse_rows_are_learnt_as_ever():
    from scipy.sparse import csc_array

    X = csc_array(np.nan_to_num(numbers(6_000)[["whole", "gaps"]].to_numpy()))
    quick = SimpleImputer(strategy="median")
    learn_medians(quick, X)
    np.testing.assert_array_equal(
        quick.statistics_, SimpleImputer(strategy="median").fit(X).statistics_
    )


def test_an_infinite_value_is_told():
    X = numbers(6_000)
    X.loc[5, "gaps"] = np.inf
    with pytest.raises(ValueError, match="contains infinity"):
        learn_medians(SimpleImputer(strategy="median"), X)


@pytest.mark.parametrize("learn", [SimpleImputer.fit, learn_medians])
def test_no_columns_are_told_as_ever(learn):
    with pytest.raises(ValueError, match="Found array with 0 feature"):
        learn(SimpleImputer(strategy="median"), np.empty((6_000, 0)))
    with pytest.raises(ValueError, match="at least one array or dtype is required"):
        learn(SimpleImputer(strategy="median"), pd.DataFrame(index=range(6_000)))
