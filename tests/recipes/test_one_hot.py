"""A one-hot encoder learnt from codes is the one that scikit-learn learns from texts."""

import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import OneHotEncoder

from lab.recipes.one_hot import learn_one_hot

SETTINGS = (
    {},
    {"min_frequency": 2},
    {"min_frequency": 0.1, "max_categories": 4},
    {"max_categories": 3},
    {"min_frequency": 2, "drop": "if_binary"},
)


def texts(n_rows=300):
    rng = np.random.default_rng(5)
    levels = np.array(["b", "a", "zu", "é", "Z", "10", "9", " ", "<b>", "one", "two"], dtype=object)
    skewed = levels[np.minimum(rng.geometric(0.3, n_rows) - 1, len(levels) - 1)]
    even = levels[rng.permutation(n_rows) % 6]  # ties
    return pd.DataFrame({"skewed": skewed, "even": even, "two": levels[rng.integers(0, 2, n_rows)]})


@pytest.mark.filterwarnings("ignore:Found unknown categories")
@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("make", [pd.DataFrame, lambda frame: frame.to_numpy()])
def test_it_is_the_same_encoder(settings, make):
    known = {"handle_unknown": "infrequent_if_exist"}
    X, unseen = make(texts()), texts(20)
    unseen.iloc[::3, 0] = "never seen"
    plain = OneHotEncoder(**known, **settings).fit(X)
    quick = OneHotEncoder(**known, **settings)
    learn_one_hot(quick, X)
    assert list(quick.get_feature_names_out()) == list(plain.get_feature_names_out())
    for rows in (X, make(unseen)):
        assert (quick.transform(rows) != plain.transform(rows)).nnz == 0
    assert vars(quick).keys() == vars(plain).keys()
    for one, other in zip(quick.categories_, plain.categories_, strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    "column", [[1.5, 2.5, 1.5], ["a", None, "b"], ["a", float("nan"), "a"], ["a", 1, "b"][:2] * 2]
)
def test_what_holds_more_than_texts_is_learnt_as_ever(column):
    X = pd.DataFrame({"column": pd.Series(column, dtype=None)})
    learnt = []
    for learn in (OneHotEncoder.fit, learn_one_hot):
        encoder = OneHotEncoder(min_frequency=1)
        try:
            learn(encoder, X)
        except TypeError as error:  # texts beside numbers
            learnt.append(str(error))
        else:
            learnt.append([str(level) for level in encoder.categories_[0]])
    assert learnt[0] == learnt[1]
