"""Summary statistics against pandas, scipy and numpy."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lab.base import ColumnKind, LabError, from_json, to_json
from lab.data import (
    BooleanStatistics,
    CategoryStatistics,
    ColumnStatistics,
    DateStatistics,
    NumberStatistics,
    TextStatistics,
    describe_column,
    describe_columns,
    load_sample,
)


def details(table, name):
    return describe_column(table, name).details


@pytest.mark.parametrize("name", ["body_mass_g", "bill_depth_mm"])
def test_numbers_are_summed_up_as_pandas_and_scipy_do(name):
    table = load_sample("penguins")
    plain = table.frame[name]
    found = details(table, name)
    assert isinstance(found, NumberStatistics)
    assert [found.mean, found.sd, found.minimum, found.q25, found.median, found.q75,
            found.maximum] == pytest.approx(plain.describe().tolist()[1:])  # fmt: skip
    known = plain.dropna()
    assert found.skewness == pytest.approx(stats.skew(known, bias=False))
    assert found.kurtosis == pytest.approx(stats.kurtosis(known, bias=False))


def test_outliers_are_those_beyond_one_and_a_half_interquartile_ranges():
    table = load_sample("ames_housing")
    plain = table.frame["Lot_Area"]
    reach = 1.5 * stats.iqr(plain)
    low, high = plain.quantile(0.25) - reach, plain.quantile(0.75) + reach
    found = details(table, "Lot_Area")
    assert (found.low_fence, found.high_fence) == pytest.approx((low, high))
    assert found.outliers_below == (plain < low).sum()
    assert found.outliers_above == (plain > high).sum() > 0


def test_counts_are_of_all_rows_even_when_details_are_of_a_sample():
    table = load_sample("penguins")
    found = describe_column(table, "body_mass_g", max_rows=100)
    assert found.sample_rows == 100
    assert (found.count, found.missing) == (342, 2)


def test_zeros_are_counted(read):
    found = details(read("a,b\n0,1.5\n0,2.5\n3,0\n-1,4.5\n7,8.5\n"), "b")
    assert found.zeros == 1


@pytest.mark.parametrize("values", [[3, 3, 3, 3, 3], [1, 2, 4]])
def test_skewness_is_not_defined_for_equal_or_too_few_values(read, values):
    found = details(read("a\n" + "".join(f"{value}.5\n" for value in values)), "a")
    assert found.skewness is None
    assert found.kurtosis is None


def test_skewness_of_huge_numbers_does_not_overflow(read):
    rows = "".join(f"{n % 7}.5e300\n" for n in range(50))
    found = details(read("a\n" + rows), "a")
    small = pd.Series([n % 7 + 0.5 for n in range(50)])
    assert found.skewness == pytest.approx(small.skew())


def test_the_entropy_of_categories_is_scipys():
    table = load_sample("penguins")
    counts = table.frame["island"].value_counts()
    found = details(table, "island")
    assert isinstance(found, CategoryStatistics)
    assert found.entropy == pytest.approx(stats.entropy(counts, base=2))
    assert found.evenness == pytest.approx(stats.entropy(counts, base=2) / np.log2(3))
    assert (found.most_frequent, found.levels, found.single) == ("Biscoe", 3, 0)
    assert found.most_frequent_share == pytest.approx(counts.iloc[0] / counts.sum())


def test_a_single_level_has_no_entropy(read):
    found = details(read("a,b\n" + "x,1\n" * 30), "a")
    assert found.entropy == 0
    assert found.evenness == 1


def test_a_column_of_yes_and_no_tells_the_share_of_yes(read):
    rows = "".join(f"{'no' if n % 4 else 'yes'},{n}\n" for n in range(40))
    found = details(read("a,b\n" + rows), "a")
    assert found == BooleanStatistics(true_label="yes", true_count=10, true_share=0.25)


def test_dates_have_a_span_a_step_and_gaps(read):
    days = [pd.Timestamp("2024-01-01") + pd.Timedelta(days=n) for n in range(60)]
    del days[20:25]
    rows = "".join(f"{day.date()},1\n{day.date()},2\n" for day in days)
    found = details(read("day,b\n" + rows), "day")
    assert isinstance(found, DateStatistics)
    assert (found.first, found.last, found.span_days) == ("2024-01-01", "2024-02-29", 59)
    assert (found.different, found.step_seconds, found.gaps) == (55, 86_400, 1)
    assert found.longest_gap_seconds == 6 * 86_400
    assert found.longest_gap_after == "2024-01-20"


def test_texts_have_lengths_and_words(read):
    texts = [f"{'word ' * (n % 9 + 4)}number {n}" for n in range(300)]
    table = read("a,b\n" + "".join(f"{text},{n % 3}\n" for n, text in enumerate(texts)))
    assert table.schema["a"].kind is ColumnKind.TEXT
    found = details(table, "a")
    lengths = pd.Series(texts).str.len()
    words = pd.Series(texts).str.split().str.len()
    assert isinstance(found, TextStatistics)
    assert (found.shortest, found.longest) == (lengths.min(), lengths.max())
    assert found.mean_length == pytest.approx(lengths.mean())
    assert found.mean_words == pytest.approx(words.mean())
    assert found.most_words == words.max()


def test_an_empty_column_has_no_details(read):
    found = describe_column(read("a,b\n1.5,\n2.5,\n"), "b")
    assert (found.count, found.missing, found.details) == (0, 2, None)


@pytest.mark.parametrize("key", ["penguins", "chicago_ridership", "food_deliveries"])
def test_all_columns_of_a_table_are_described_and_are_json(key):
    table = load_sample(key)
    found = describe_columns(table)
    assert [one.name for one in found] == list(table.schema.names)
    for one in found:
        assert from_json(ColumnStatistics, to_json(one)) == one


def test_an_unknown_column_is_an_error():
    with pytest.raises(LabError, match="there is no column 'nothing'"):
        describe_column(load_sample("penguins"), "nothing")
