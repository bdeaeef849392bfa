"""What a profile says of a table, against numpy and pandas."""

import numpy as np
import pandas as pd
import pytest

from lab.base import ColumnKind, LabError, from_json, to_json
from lab.data import Profile, load_sample, make_profile


def column(profile, name):
    return next(column for column in profile.columns if column.name == name)


@pytest.fixture(scope="module")
def penguins():
    return make_profile(load_sample("penguins"), target="species")


def test_sizes_and_missing_shares_are_those_of_the_table(penguins):
    plain = load_sample("penguins").frame
    assert (penguins.n_rows, penguins.n_columns) == plain.shape
    assert penguins.missing_share == pytest.approx(plain.isna().to_numpy().mean())
    for name in plain:
        assert column(penguins, name).missing_share == pytest.approx(plain[name].isna().mean())
        assert column(penguins, name).count == plain[name].count()
        assert column(penguins, name).n_levels == plain[name].nunique()


def test_numbers_are_summed_up_as_pandas_does(penguins):
    expected = load_sample("penguins").frame["body_mass_g"].describe()
    found = column(penguins, "body_mass_g").numbers
    assert [found.mean, found.sd, found.minimum, found.q25, found.median, found.q75,
            found.maximum] == pytest.approx(expected.tolist()[1:])  # fmt: skip


def test_histograms_hold_every_value_in_at_most_forty_bins():
    table = load_sample("ames_housing")
    for found in make_profile(table).columns:
        if found.edges:
            assert 1 <= len(found.counts) <= 40
            assert len(found.edges) == len(found.counts) + 1
            assert sum(found.counts) == found.count
            assert np.all(np.diff(found.edges) > 0)


def test_few_whole_numbers_have_a_bin_each(read):
    table = read("a,b\n" + "".join(f"{row % 4},{row}.5\n" for row in range(40)))
    found = column(make_profile(table), "a")
    assert found.counts == (10, 10, 10, 10)
    assert found.edges == (-0.5, 0.5, 1.5, 2.5, 3.5)


def test_the_top_levels_are_the_most_frequent_first(penguins):
    found = column(penguins, "island")
    expected = load_sample("penguins").frame["island"].value_counts()
    assert {level.text: level.count for level in found.top} == expected.to_dict()
    assert list(found.counts) == sorted(found.counts, reverse=True)
    assert found.other_count == 0


def test_rare_levels_are_counted_together(read):
    table = read("a,b\n" + "".join(f"level {row % 60},{row % 3}\n" for row in range(600)))
    found = column(make_profile(table), "a")
    assert len(found.top) == 20
    assert found.other_count == 400


def test_distributions_are_divided_by_class(penguins):
    mass = column(penguins, "body_mass_g")
    assert set(mass.by_class) == {"Adelie", "Gentoo", "Chinstrap"}
    assert np.sum(list(mass.by_class.values()), axis=0).tolist() == list(mass.counts)
    island = column(penguins, "island")
    assert np.sum(list(island.by_class.values()), axis=0).tolist() == list(island.counts)


def test_class_balance_is_of_the_whole_table():
    profile = make_profile(load_sample("taxi_tips"), target="tip", max_rows=500)
    assert [(one.label, one.count) for one in profile.classes] == [("yes", 9209), ("no", 791)]
    assert profile.sample_rows == 500


def test_a_number_to_predict_has_no_classes():
    profile = make_profile(load_sample("concrete_strength"), target="compressive_strength")
    assert profile.classes == ()
    assert not profile.columns[0].by_class


def test_dates_have_a_range_and_a_histogram():
    found = column(make_profile(load_sample("chicago_ridership")), "date")
    assert found.kind is ColumnKind.DATE
    assert (found.first, found.last) == ("2001-01-22", "2016-08-28")
    assert found.edges[0] == pd.Timestamp("2001-01-22").timestamp()
    assert sum(found.counts) == 5_698


def test_the_sample_is_stated_and_missing_values_are_of_all_rows(read):
    rows = "".join(f"{row}.5,{'' if row % 2 else 'x'}\n" for row in range(30_000))
    profile = make_profile(read("a,b\n" + rows))
    assert profile.sample_rows == 20_000
    assert sum(column(profile, "a").counts) == 20_000
    assert column(profile, "b").missing_share == 0.5


def test_a_column_without_values_has_an_empty_profile(read):
    found = column(make_profile(read("a,b\n1.5,\n2.5,\n")), "b")
    assert (found.count, found.counts, found.top, found.numbers) == (0, (), (), None)


def test_a_constant_column_has_one_bin(read):
    found = column(make_profile(read("a,b\n1.5,1\n1.5,2\n1.5,3\n")), "a")
    assert found.counts == (3,)
    assert found.numbers.sd == 0


def test_a_profile_is_json_and_back(penguins):
    assert from_json(Profile, to_json(penguins)) == penguins


def test_an_unknown_target_is_an_error():
    with pytest.raises(LabError, match="there is no column 'nothing'"):
        make_profile(load_sample("penguins"), target="nothing")
