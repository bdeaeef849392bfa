"""Matrices of association against pandas, scipy and scikit-learn."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.metrics import adjusted_mutual_info_score

from lab.base import LabError, from_json, to_json
from lab.data import (
    AssociationMatrix,
    AssociationMethod,
    association_matrix,
    associations,
    load_sample,
)
from lab.data.association_matrix import information
from lab.data.associations import correlation_ratio, cramers_v

PENGUIN_NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]


def as_frame(found):
    return pd.DataFrame(found.strengths, index=found.rows, columns=found.columns, dtype=float)


@pytest.mark.parametrize(
    ("method", "plain"),
    [(AssociationMethod.PEARSON, stats.pearsonr), (AssociationMethod.SPEARMAN, stats.spearmanr)],
)
def test_correlations_are_scipys_with_their_sign(method, plain):
    table = load_sample("penguins")
    found = as_frame(association_matrix(table, method, names=PENGUIN_NUMBERS))
    assert list(found.columns) == PENGUIN_NUMBERS
    for one in PENGUIN_NUMBERS:
        for other in PENGUIN_NUMBERS:
            both = table.frame[[one, other]].dropna().to_numpy()
            expected = plain(both[:, 0], both[:, 1]).statistic
            assert found.loc[one, other] == pytest.approx(expected)
    assert found.min().min() < -0.3


def test_cramers_v_compares_categories_only():
    table = load_sample("penguins")
    found = as_frame(association_matrix(table, AssociationMethod.CRAMERS_V))
    assert list(found.columns) == ["species", "island", "sex"]
    codes = [pd.factorize(table.frame[name])[0].astype(np.int32) for name in found.columns]
    assert found.loc["species", "island"] == pytest.approx(cramers_v(codes[0], codes[1]))


def test_the_correlation_ratio_has_numbers_as_rows_and_categories_as_columns():
    table = load_sample("penguins")
    found = as_frame(association_matrix(table, AssociationMethod.CORRELATION_RATIO))
    assert list(found.index)[:4] == PENGUIN_NUMBERS
    assert list(found.columns) == ["species", "island", "sex"]
    codes = pd.factorize(table.frame["species"])[0].astype(np.int32)
    mass = table.frame["body_mass_g"].to_numpy(float)
    expected = correlation_ratio(codes, mass)
    assert found.loc["body_mass_g", "species"] == pytest.approx(expected)


def test_mutual_information_is_scikit_learns_on_tenths_and_levels():
    table = load_sample("penguins")
    found = as_frame(association_matrix(table, AssociationMethod.MUTUAL_INFORMATION))
    known = table.frame[["body_mass_g", "species"]].dropna()
    inner = np.quantile(known["body_mass_g"], np.arange(1, 10) / 10)
    tenths = pd.cut(known["body_mass_g"], [-np.inf, *inner, np.inf], labels=False)
    expected = adjusted_mutual_info_score(known["species"], tenths)
    assert found.loc["species", "body_mass_g"] == pytest.approx(expected)
    assert found.loc["body_mass_g", "species"] == found.loc["species", "body_mass_g"]


def test_mutual_information_sees_what_correlations_do_not(read):
    x = np.random.default_rng(0).normal(size=2_000).round(3)
    table = read("x,y\n" + "".join(f"{one},{one**2:.4f}\n" for one in x))
    assert abs(association_matrix(table, AssociationMethod.PEARSON).strengths[0][1]) < 0.1
    assert association_matrix(table, AssociationMethod.MUTUAL_INFORMATION).strengths[0][1] > 0.5


def test_independent_levels_have_no_mutual_information():
    x, y = np.random.default_rng(0).integers(0, 60, (2, 3_000)).astype(np.int32)
    assert information(x, y) < 0.05
    assert information(x, x) == pytest.approx(1)
    assert information(np.full(9, 1, dtype=np.int32), np.arange(9, dtype=np.int32)) is None


def test_rare_levels_count_as_one_for_mutual_information(read):
    rng = np.random.default_rng(0)
    town = rng.integers(0, 300, 3_000)
    rows = "".join(f"town {one},{one % 2}.5\n" for one in town)
    found = association_matrix(read("a,b\n" + rows), AssociationMethod.MUTUAL_INFORMATION)
    assert 0 <= found.strengths[0][1] < 0.3


def test_the_mixed_measure_is_that_of_the_associations_with_the_target():
    table = load_sample("credit_scoring")
    found = associations(table, target="Status")
    names = ("Status", *(one.column for one in found.with_target))
    matrix = association_matrix(table, AssociationMethod.MIXED, names=names)
    expected = [one.strength for one in found.with_target][: len(matrix.columns) - 1]
    assert matrix.strengths[0][1:] == pytest.approx(expected)


@pytest.mark.parametrize("method", list(AssociationMethod))
def test_every_measure_keeps_to_its_bounds_and_to_the_size(method):
    found = association_matrix(load_sample("ames_housing"), method, max_columns=12)
    values = np.array(found.strengths, dtype=float)
    assert values.size > 0
    assert np.nanmin(values) >= (-1 if method.is_signed else 0)
    assert np.nanmax(values) <= 1
    assert len(found.columns) <= 12
    assert found.left_out > 0
    assert from_json(AssociationMatrix, to_json(found)) == found
    assert method.title
    assert method.explanation.endswith(".")


def test_no_column_of_a_kind_gives_an_empty_matrix():
    found = association_matrix(load_sample("concrete_strength"), AssociationMethod.CRAMERS_V)
    assert found.strengths == ()


def test_an_unknown_column_is_an_error():
    with pytest.raises(LabError, match="there is no column"):
        association_matrix(load_sample("penguins"), AssociationMethod.MIXED, names=["nothing"])
