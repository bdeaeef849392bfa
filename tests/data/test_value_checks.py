"""Long tails, near copies and mixtures, against scipy."""

import numpy as np
import pytest
from scipy.stats import pearsonr, skew, spearmanr

from lab.base import ActionKind, Severity
from lab.data import load_sample
from lab.data.check_case import Case
from lab.data.value_checks import alike_pairs, skewness

RNG = np.random.default_rng(7)


def test_the_skewness_is_that_of_scipy():
    table = load_sample("ames_housing")
    case = Case(table=table)
    lot = table.frame["Lot_Area"].to_numpy(dtype=float)
    assert skewness(case, table.schema["Lot_Area"]) == pytest.approx(skew(lot))
    assert skewness(case, table.schema["Neighborhood"]) is None


def test_long_tails_are_told_with_the_steps_that_even_them(find, frame):
    tail = np.random.default_rng(0).lognormal(0, 1.5, 400).round(4)
    found = find(frame.assign(income=tail))["D019"]
    assert found.columns == ("income",)
    assert [one.settings["step"] for one in found.actions] == ["log1p", "power_transform"]
    found = find(frame.assign(income=-tail))["D019"]
    assert [one.settings["step"] for one in found.actions] == ["power_transform"]


def test_a_bell_and_a_uniform_have_no_long_tail(find, frame):
    assert "D019" not in find(frame.assign(flat=np.random.default_rng(0).random(400).round(4)))


def test_near_copies_are_found_as_pearson_and_spearman_say(find, frame):
    near = frame["real"] * 2 + np.random.default_rng(1).normal(0, 0.1, 400)
    bent = np.exp(frame["real"] * 3)
    found = find(frame.assign(near=near.round(4), bent=bent, free=RNG.normal(size=400)))["D022"]
    assert found.columns == ("near", "bent")
    assert [(one.kind, one.columns) for one in found.actions] == [
        (ActionKind.IGNORE, ("near", "bent"))
    ]


def test_the_correlation_is_of_rows_where_both_have_a_value():
    one = RNG.normal(size=300)
    other = one + RNG.normal(0, 0.05, 300)
    one[::5], other[::7] = np.nan, np.nan
    both = ~np.isnan(one) & ~np.isnan(other)
    [(first, second, size)] = alike_pairs({"one": one, "other": other})
    assert (first, second) == ("one", "other")
    pearson = abs(pearsonr(one[both], other[both]).statistic)
    spearman = abs(spearmanr(one[both], other[both]).statistic)
    assert size == pytest.approx(max(pearson, spearman), abs=0.002)
    assert size >= pearson - 1e-9


def test_columns_of_one_value_or_none_are_alike_to_nothing():
    constant, empty = np.ones(50), np.full(50, np.nan)
    values = RNG.normal(size=50)
    assert alike_pairs({"c": constant, "e": empty, "v": values, "d": constant + 1}) == []
    assert alike_pairs({}) == []


def test_equal_columns_are_told_once(find, frame):
    found = find(frame.assign(copy=frame["real"]))
    assert found["D012"].columns == ("copy",)
    assert "D022" not in found


def test_numbers_among_words_are_told(find, frame):
    words = np.where(RNG.random(400) < 0.25, "see note", frame["whole"].astype(str) + ".5")
    found = find(frame.assign(size=words))["D020"]
    assert found.columns == ("size",)
    assert found.action.settings == {"kind": "number"}


def test_as_many_words_as_numbers_are_told_without_a_proposal(find, frame):
    words = np.where(RNG.random(400) < 0.5, "see note", frame["whole"].astype(str) + ".5")
    assert find(frame.assign(size=words))["D020"].actions == ()


def test_levels_such_as_three_and_more_are_no_mixture(find, frame):
    levels = np.array(["0", "1", "2", "3+"])[np.arange(400) % 4]
    assert "D020" not in find(frame.assign(rooms=levels))


def test_dates_in_mixed_forms_are_proposed_as_dates(find, frame):
    days = [f"2021-03-{1 + n % 28:02}" if n % 3 else f"{1 + n % 28:02}.04.2021" for n in range(400)]
    days[::20] = ["not yet"] * 20
    found = find(frame.assign(seen=days))["D020"]
    assert found.columns == ("seen",)
    assert found.action.settings == {"kind": "date"}


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_numbers_too_large_to_compute_with_are_told(find, frame):
    large = 1e300 * (1 + np.arange(400) / 400)
    found = find(frame.assign(large=large))["D024"]
    assert found.severity is Severity.SERIOUS
    assert found.columns == ("large",)
    assert found.action.kind is ActionKind.IGNORE
    assert "D024" not in find(frame.assign(large=large / 1e280))


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_column_of_large_numbers_that_gives_the_target_away_is_told(find, frame):
    large = np.where(frame["y"] == "yes", 1.0, 2.0) * 1e300 + np.arange(400) * 1e290
    found = find(frame.assign(large=large))
    assert found["D004"].columns == ("large",)


def test_a_target_of_one_value_is_told(find, frame):
    assert "D025" not in find(frame)
    assert find(frame.assign(y="yes"))["D025"].columns == ("y",)
