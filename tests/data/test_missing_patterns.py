"""Patterns of missing values against pandas, and their tests against scipy."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lab.base import Task, from_json, to_json
from lab.data import MissingPatterns, load_sample, missing_patterns


@pytest.fixture
def gaps(read):
    """A table where a and b are missing together, c by class and by number, d at random."""
    rng = np.random.default_rng(0)
    n = 600
    goal = rng.integers(0, 3, n)
    frame = pd.DataFrame(rng.normal(size=(n, 4)).round(3), columns=list("abcd"))
    frame["number"] = rng.normal(size=n).round(3) + goal
    together = rng.random(n) < 0.2
    frame.loc[together, ["a", "b"]] = np.nan
    frame.loc[rng.random(n) < 0.1 + 0.25 * (goal == 2), "c"] = np.nan
    frame.loc[rng.random(n) < 0.15, "d"] = np.nan
    frame["class"] = np.array(["red", "green", "blue"])[goal]
    return read(frame.to_csv(index=False))


def test_the_correlation_of_gaps_is_that_of_their_indicators(gaps):
    found = missing_patterns(gaps)
    plain = gaps.frame[list("abcd")].isna().corr()
    assert found.columns == tuple("abcd")
    np.testing.assert_allclose(np.array(found.correlations), plain, atol=1e-12)
    assert found.correlations[0][1] == pytest.approx(1)


def test_patterns_are_counted_as_pandas_does(gaps):
    found = missing_patterns(gaps)
    plain = gaps.frame[list("abcd")].isna().value_counts()
    assert found.n_patterns == len(plain)
    counts = {tuple(name for name, there in zip("abcd", key, strict=True) if there): n
              for key, n in plain.items()}  # fmt: skip
    assert {one.columns: one.count for one in found.patterns} == counts
    assert [one.count for one in found.patterns] == sorted(counts.values(), reverse=True)
    assert sum(one.share for one in found.patterns) == pytest.approx(1)


def test_the_test_against_classes_is_scipys_chi_square_adjusted(gaps):
    found = missing_patterns(gaps, target="class", task=Task.MULTICLASS).dependences
    frame = gaps.frame
    expected = {
        name: stats.chi2_contingency(
            pd.crosstab(frame[name].isna(), frame["class"]), correction=False
        )
        for name in "abcd"
    }
    assert {one.column: one.p_value for one in found} == pytest.approx(
        {name: one.pvalue for name, one in expected.items()}
    )
    adjusted = stats.false_discovery_control([one.pvalue for one in expected.values()])
    assert {one.column: one.adjusted for one in found} == pytest.approx(
        dict(zip("abcd", adjusted, strict=True))
    )
    assert found[0].column == "c"
    assert found[0].is_seen
    assert not found[0].is_weak
    assert "'blue'" in found[0].evidence
    assert [one.column for one in found if one.is_seen] == ["c"]


def test_the_test_against_a_number_is_scipys_mann_whitney(gaps):
    found = missing_patterns(gaps, target="number", task=Task.REGRESSION).dependences
    for one in found:
        mask = gaps.frame[one.column].isna()
        goal = gaps.frame["number"]
        plain = stats.mannwhitneyu(goal[mask], goal[~mask])
        assert one.p_value == pytest.approx(plain.pvalue)
        pairs = mask.sum() * (~mask).sum()
        assert one.strength == pytest.approx(abs(2 * plain.statistic / pairs - 1))
    assert found[0].column == "c"
    assert found[0].is_seen


def test_rows_without_a_target_do_not_count(gaps, read):
    frame = gaps.frame.copy()
    frame.loc[frame.index[::3], "class"] = None
    found = missing_patterns(read(frame.to_csv(index=False)), target="class",
                             task=Task.MULTICLASS).dependences  # fmt: skip
    known = frame[frame["class"].notna()]
    one = next(one for one in found if one.column == "c")
    table = pd.crosstab(known["c"].isna(), known["class"])
    assert one.p_value == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)
    assert "class" not in {one.column for one in found}


def test_columns_with_hardly_any_gap_are_not_tested(read):
    rows = "".join(f"{'' if n < 4 else n}.5,{n % 2}\n".replace(",.5", ",") for n in range(80))
    table = read("a,b\n" + rows.replace("\n.5,", "\n,"))
    assert missing_patterns(table, target="b", task=Task.BINARY).dependences == ()


def test_a_full_table_has_no_patterns():
    found = missing_patterns(load_sample("concrete_strength"))
    assert (found.columns, found.patterns, found.correlations) == ((), (), ())


def test_an_empty_column_has_no_correlation(read):
    table = read("a,b,c\n" + "".join(f"{n},,{'' if n % 3 else 1.5}\n" for n in range(50)))
    found = missing_patterns(table)
    place = found.columns.index("b")
    assert set(found.correlations[place]) == {None}


def test_patterns_are_json_and_back(gaps):
    found = missing_patterns(gaps, target="class", task=Task.MULTICLASS)
    assert from_json(MissingPatterns, to_json(found)) == found
