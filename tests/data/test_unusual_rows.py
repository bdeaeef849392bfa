"""Outliers against pandas, and the isolation forest against scikit-learn run plainly."""

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import IsolationForest

from lab.base import from_json, to_json
from lab.data import UnusualRows, load_sample, outlier_counts, unusual_rows


def test_outliers_of_each_column_are_those_beyond_its_fences():
    table = load_sample("ames_housing")
    found = outlier_counts(table)
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    for one in found:
        plain = table.frame[one.column].dropna()
        q25, q75 = plain.quantile([0.25, 0.75])
        assert one.below == (plain < q25 - 1.5 * (q75 - q25)).sum()
        assert one.above == (plain > q75 + 1.5 * (q75 - q25)).sum()
        assert one.share == pytest.approx((one.below + one.above) / len(plain))


def test_the_forest_is_scikit_learns():
    table = load_sample("concrete_strength")
    found = unusual_rows(table, without=["compressive_strength"])
    numbers = table.frame.drop(columns="compressive_strength").to_numpy(float)
    scores = -IsolationForest(random_state=0).fit(numbers).score_samples(numbers)
    assert found.columns == tuple(table.frame.columns[:-1])
    assert [one.score for one in found.rows] == pytest.approx(sorted(scores, reverse=True)[:10])
    assert found.share == pytest.approx((scores > 0.5).mean())
    assert found.sample_rows == 1030


def test_a_wild_row_comes_first_with_the_columns_that_make_it_so(read):
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(400, 4)), columns=list("abcd"))
    frame.loc[123, ["b", "d"]] = 30.0, -25.0
    found = unusual_rows(read(frame.round(4).to_csv(index=False)))
    assert found.rows[0].row == 123
    assert set(found.rows[0].reasons[:2]) == {"b", "d"}
    values = dict(zip(found.rows[0].reasons, found.rows[0].values, strict=True))
    assert (values["b"], values["d"]) == (30.0, -25.0)


def test_missing_values_alone_make_no_row_unusual(read):
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(300, 3)), columns=list("abc"))
    frame.loc[7] = np.nan
    found = unusual_rows(read(frame.round(4).to_csv(index=False, na_rep="NA")))
    assert 7 not in {one.row for one in found.rows}


def test_row_numbers_are_those_of_the_file(read):
    lines = ["a,b", *(f"{n}.5,{n % 7}" for n in range(200)), "99999.5,3"]
    table = read("\n".join(lines) + "\n")
    assert unusual_rows(table).rows[0].row == 200


@pytest.mark.parametrize(
    "content", ["a,b\nx,y\nz,y\n" * 9, "a\n1.5\n2.5\n", "a,b\n5,x\n" + "5,y\n" * 40]
)
def test_without_numbers_that_vary_there_is_nothing_to_set_apart(read, content):
    assert unusual_rows(read(content)) is None


def test_unusual_rows_are_the_same_every_time_and_json():
    table = load_sample("ames_housing")
    found = unusual_rows(table)
    assert found == unusual_rows(table)
    assert from_json(UnusualRows, to_json(found)) == found
