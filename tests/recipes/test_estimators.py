"""Our own estimators: scikit-learn's checks, and what each makes of known values."""

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.estimator_checks import parametrize_with_checks

from lab.base import LabError
from lab.recipes.estimators.category_codes import CategoryCodes
from lab.recipes.estimators.class_sizes import GrowClasses, ShrinkClasses
from lab.recipes.estimators.date_parts import DateParts
from lab.recipes.estimators.incomplete_rows import DropIncompleteRows
from lab.recipes.estimators.level_codes import BinaryDigits, LevelFrequencies, OrderedLevels
from lab.recipes.estimators.level_hashes import HashedLevels, LevelVectors
from lab.recipes.estimators.level_targets import LeaveOneOut, OrderedTargets, WeightOfEvidence
from lab.recipes.estimators.number_pieces import Bins, Splines
from lab.recipes.estimators.number_shapes import LogShape, PowerShape, QuantileShape, TailClipper
from lab.recipes.estimators.text_terms import HashedText, TextTerms
from lab.recipes.estimators.text_vectors import TextVectors
from lab.recipes.estimators.word_vectors import WordVectors


def expected_failures(estimator):
    """Return the checks that an estimator fails on purpose, each with its reason."""
    if not isinstance(estimator, OrderedTargets | WeightOfEvidence):
        return {}
    names = ("check_transformer_general", "check_transformer_data_not_an_array")
    return dict.fromkeys(names, "training rows are encoded without their own target")


OURS = [
    BinaryDigits(),
    Bins(),
    Bins(one_hot=True),
    CategoryCodes(),
    DateParts(),
    HashedLevels(sparse_output=False),
    HashedText(sparse_output=False),
    LeaveOneOut(),
    LevelFrequencies(),
    LevelFrequencies(measure="rank"),
    LevelVectors(random_state=0),
    LogShape(),
    OrderedLevels(),
    OrderedTargets(random_state=0),
    PowerShape(),
    QuantileShape(),
    Splines(),
    TailClipper(),
    TailClipper(method="iqr"),
    TextTerms(sparse_output=False),
    TextTerms(topics=3, random_state=0),
    TextVectors(sparse_output=False),
    WeightOfEvidence(random_state=0),
    WordVectors(random_state=0),
    WordVectors(weighting="mean", random_state=0),
]


@parametrize_with_checks(OURS, expected_failed_checks=expected_failures)
def test_it_is_an_ordinary_scikit_learn_estimator(estimator, check):
    check(estimator)


def dates(*texts):
    return pd.DataFrame({"day": pd.to_datetime(pd.Series(texts))})


def test_date_parts_are_those_of_the_calendar():
    made = DateParts().fit(dates("2023-12-31 23:10", "2024-02-29 06:00"))
    values = made.transform(dates("2024-02-29 06:30"))
    names = list(made.get_feature_names_out())
    found = dict(zip(names, values[0], strict=True))
    assert found == {
        "day_year": 2024,
        "day_month": 2,
        "day_day": 29,
        "day_weekday": 3,  # a Thursday
        "day_hour": 6,
        "day_elapsed_days": 59 + (7 * 60 + 20) / (24 * 60),
    }


def test_parts_that_do_not_vary_in_training_are_left_out():
    made = DateParts(elapsed=False).fit(dates("2024-03-04", "2024-03-11", "2024-04-01"))
    assert list(made.get_feature_names_out()) == ["day_month", "day_day"]


def test_a_constant_date_keeps_its_year():
    made = DateParts().fit(dates("2024-03-04", "2024-03-04"))
    assert list(made.get_feature_names_out()) == ["day_year"]


def test_a_missing_date_counts_as_the_median_date():
    made = DateParts(add_indicator=True).fit(dates("2024-01-01", "2024-01-03", "2024-01-09", None))
    missing, known = made.transform(dates(None, "2024-01-03"))
    np.testing.assert_array_equal(missing[:-1], known[:-1])
    assert (missing[-1], known[-1]) == (1, 0)


def test_a_missing_date_can_stay_missing():
    made = DateParts(missing="keep").fit(dates("2024-01-01", "2025-02-03"))
    assert np.isnan(made.transform(dates(None))).all()


def test_a_column_without_a_date_gives_no_column():
    frame = pd.DataFrame({"day": pd.to_datetime(pd.Series([None, None]))})
    assert DateParts().fit(frame).transform(frame).shape == (2, 0)


def test_dates_before_1970_and_fine_units_are_read_right():
    frame = dates("1901-05-06", "1969-12-31").astype("datetime64[ns]")
    values = DateParts(elapsed=False).fit(frame).transform(frame)
    np.testing.assert_array_equal(values[:, 0], [1901, 1969])


def test_words_weigh_what_scikit_learn_says():
    texts = ["red house", "blue house by the sea", "red sea"]
    ours = TextVectors().fit_transform(pd.DataFrame({"note": texts}))
    np.testing.assert_allclose(
        ours.toarray(), TfidfVectorizer().fit_transform(texts).toarray(), rtol=0, atol=1e-15
    )


def test_text_without_a_single_word_gives_no_column():
    made = TextVectors().fit(pd.DataFrame({"a": ["!", "?"], "b": ["word", None]}))
    assert list(made.get_feature_names_out()) == ["b_word"]
    empty = TextVectors().fit(pd.DataFrame({"a": ["!", None]}))
    assert empty.transform(pd.DataFrame({"a": ["x"]})).shape == (1, 0)


def test_rare_words_are_left_out_and_frequent_ones_kept():
    frame = pd.DataFrame({"note": ["one two", "one three", "one two four"]})
    kept = TextVectors(min_rows=2, max_features=1).fit(frame)
    assert list(kept.get_feature_names_out()) == ["note_one"]


def test_pairs_of_words_can_count():
    made = TextVectors(pairs=True).fit(pd.DataFrame({"note": ["not good"]}))
    assert "note_not good" in made.get_feature_names_out()


def test_only_the_named_columns_must_be_complete():
    frame = pd.DataFrame({"a": [1.0, np.nan, 3.0], "b": [np.nan, 2.0, 3.0]})
    sampler = DropIncompleteRows(columns=["a"])
    kept, y = sampler.fit_resample(frame, np.array([0, 1, 0]))
    assert list(y) == [0, 0]
    assert list(kept.index) == list(sampler.sample_indices_) == [0, 2]


def test_when_no_row_is_complete_the_worst_column_is_named():
    frame = pd.DataFrame({"a": [1.0, np.nan], "b": [np.nan, np.nan]})
    with pytest.raises(LabError, match="most of them in 'b'"):
        DropIncompleteRows().fit(frame, np.array([0, 1]))


def test_classes_grow_to_a_share_of_the_largest_and_never_shrink():
    y = np.repeat([0, 1, 2], [100, 60, 10])
    assert GrowClasses(0.5)(y) == {2: 50}
    assert ShrinkClasses(0.5)(y) == {0: 20, 1: 20}
