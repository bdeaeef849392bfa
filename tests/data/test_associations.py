"""Associations against scipy, pandas and formulas written out."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lab.base import from_json, to_json
from lab.data import Associations, Measure, associations, load_sample
from lab.data.associations import correlation, correlation_ratio, cramers_v


@pytest.fixture
def generator():
    return np.random.default_rng(0)


def bergsma(x, y):
    """Cramér's V corrected for bias, as written in Bergsma (2013)."""
    counts = pd.crosstab(x, y).to_numpy()
    n, (r, k) = counts.sum(), counts.shape
    chi2 = stats.chi2_contingency(counts, correction=False).statistic
    phi2 = max(0.0, chi2 / n - (r - 1) * (k - 1) / (n - 1))
    rows = r - (r - 1) ** 2 / (n - 1)
    columns = k - (k - 1) ** 2 / (n - 1)
    return np.sqrt(phi2 / min(rows - 1, columns - 1))


@pytest.mark.parametrize("n_levels", [(2, 2), (3, 5), (10, 4), (60, 80)])
def test_cramers_v_is_bergsmas(generator, n_levels):
    x = generator.integers(0, n_levels[0], 500).astype(np.int32)
    noise = generator.integers(0, n_levels[1], 500)
    y = np.where(generator.random(500) < 0.5, x % n_levels[1], noise).astype(np.int32)
    assert cramers_v(x, y) == pytest.approx(bergsma(x, y), abs=1e-12)


def test_cramers_v_without_correction_agrees_with_scipy_in_the_limit(generator):
    x = generator.integers(0, 3, 200_000).astype(np.int32)
    y = np.where(generator.random(200_000) < 0.3, x, generator.integers(0, 3, 200_000))
    plain = stats.contingency.association(pd.crosstab(x, y).to_numpy(), method="cramer")
    assert cramers_v(x, y.astype(np.int32)) == pytest.approx(plain, abs=1e-3)


def test_independent_categories_of_many_levels_are_not_associated(generator):
    x, y = generator.integers(0, 100, (2, 1_000)).astype(np.int32)
    assert cramers_v(x, y) < 0.15


def test_the_correlation_ratio_is_that_of_an_analysis_of_variance(generator):
    codes = generator.integers(0, 4, 300).astype(np.int32)
    values = codes * 0.8 + generator.normal(size=300)
    f = stats.f_oneway(*(values[codes == code] for code in range(4))).statistic
    # Kelley's epsilon squared from F, k groups and n rows: (F - 1) (k - 1) / (F (k - 1) + n - k)
    expected = np.sqrt((f - 1) * 3 / (f * 3 + 300 - 4))
    assert correlation_ratio(codes, values) == pytest.approx(expected, abs=1e-12)


def test_the_correlation_is_the_larger_of_two(generator):
    x = generator.normal(size=400)
    for y in (np.exp(3 * x), x + generator.normal(size=400), -x, generator.normal(size=400)):
        expected = max(abs(stats.pearsonr(x, y).statistic), abs(stats.spearmanr(x, y).statistic))
        assert correlation(x, y) == pytest.approx(expected, abs=1e-12)


def test_rows_with_a_gap_do_not_count(generator):
    x, y = generator.normal(size=(2, 200))
    codes = generator.integers(0, 3, 200).astype(np.int32)
    gap = generator.random(200) < 0.2
    holes = np.where(gap, np.nan, x)
    assert correlation(holes, y) == pytest.approx(correlation(x[~gap], y[~gap]), abs=1e-12)
    expected = correlation_ratio(codes[~gap], x[~gap])
    assert correlation_ratio(codes, holes) == pytest.approx(expected, abs=1e-12)
    missing = np.where(gap, -1, codes).astype(np.int32)
    other = generator.integers(0, 2, 200).astype(np.int32)
    assert cramers_v(missing, other) == pytest.approx(cramers_v(codes[~gap], other[~gap]))


@pytest.mark.parametrize(
    "value",
    [
        correlation(np.array([1.0, 2.0, 3.0]), np.array([5.0, 5.0, 5.0])),
        correlation(np.array([1.0, np.nan]), np.array([1.0, 2.0])),
        cramers_v(np.zeros(9, dtype=np.int32), np.arange(9, dtype=np.int32) % 2),
        cramers_v(np.array([-1], dtype=np.int32), np.array([0], dtype=np.int32)),
        correlation_ratio(np.arange(5, dtype=np.int32), np.arange(5.0)),
        correlation_ratio(np.array([0, 1, 0, 1], dtype=np.int32), np.ones(4)),
        correlation_ratio(np.full(3, -1, dtype=np.int32), np.arange(3.0)),
    ],
)
def test_what_is_not_defined_is_none(value):
    assert value is None


def test_a_table_of_all_kinds_is_compared_by_the_right_measures():
    table = load_sample("penguins")
    found = associations(table, target="species")
    measures = {one.column: one.measure for one in found.with_target}
    assert measures["island"] is Measure.CRAMERS_V
    assert measures["bill_length_mm"] is Measure.CORRELATION_RATIO
    assert found.columns[0] == "species"
    assert [one.strength for one in found.with_target] == sorted(
        (one.strength for one in found.with_target), reverse=True
    )
    codes = pd.factorize(table.frame["species"])[0]
    island = next(one for one in found.with_target if one.column == "island")
    assert island.strength == pytest.approx(bergsma(codes, table.frame["island"]), abs=1e-12)


def test_the_matrix_is_symmetric_between_zero_and_one():
    found = associations(load_sample("credit_scoring"), target="Status")
    matrix = np.array(found.matrix, dtype=float)
    assert matrix.shape == (len(found.columns),) * 2
    assert np.allclose(matrix, matrix.T, equal_nan=True)
    assert np.nanmin(matrix) >= 0
    assert np.nanmax(matrix) <= 1
    assert np.allclose(np.diag(matrix), 1)


def test_a_wide_table_shows_the_columns_that_go_with_the_target_most():
    found = associations(load_sample("ames_housing"), target="Sale_Price", max_columns=10)
    assert len(found.columns) == 10
    assert found.columns[1:] == tuple(one.column for one in found.with_target[:9])


def test_without_a_target_the_first_columns_are_compared():
    found = associations(load_sample("penguins"), max_columns=3)
    assert found.columns == ("species", "island", "bill_length_mm")
    assert found.with_target == ()


def test_associations_are_json_and_back():
    found = associations(load_sample("penguins"), target="body_mass_g")
    assert from_json(Associations, to_json(found)) == found
