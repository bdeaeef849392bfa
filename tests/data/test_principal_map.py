"""The map of rows against principal components computed by hand."""

import numpy as np
import pandas as pd
import pytest

from lab.base import from_json, to_json
from lab.data import PrincipalMap, load_sample, principal_map

NUMBERS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


def components(matrix):
    """Shares, scores and axes by the singular value decomposition."""
    centred = matrix - matrix.mean(axis=0)
    u, s, axes = np.linalg.svd(centred, full_matrices=False)
    return s**2 / (s**2).sum(), u * s, axes


def test_numbers_are_standardised_and_gaps_stand_at_the_mean():
    table = load_sample("penguins")
    plain = table.frame[list(NUMBERS)].astype(float)
    standard = ((plain - plain.mean()) / plain.std(ddof=0)).fillna(0.0).to_numpy()
    shares, scores, axes = components(standard)
    found = principal_map(table, NUMBERS)
    assert found.explained == pytest.approx(shares[:5])
    assert np.abs(found.x) == pytest.approx(np.abs(scores[:, 0]))
    assert np.abs(found.y) == pytest.approx(np.abs(scores[:, 1]))
    weights = dict(zip(NUMBERS, np.abs(axes[0]), strict=True))
    assert {one.name: abs(one.weight) for one in found.loadings[0]} == pytest.approx(weights)


def test_categories_become_a_column_of_zero_and_one_a_level():
    table = load_sample("penguins")
    found = principal_map(table, ["island", "sex"])
    dummies = pd.get_dummies(table.frame[["island", "sex"]], dtype=float)
    shares, _, _ = components(dummies.to_numpy())
    assert found.explained == pytest.approx(shares[:5])
    assert {one.name for one in found.loadings[0]} <= {
        name.replace("_", " = ") for name in dummies.columns
    }


def test_the_loadings_are_the_strongest_first():
    found = principal_map(load_sample("credit_scoring"), ("Age", "Income", "Home", "Amount"))
    for axis in found.loadings:
        sizes = [abs(one.weight) for one in axis]
        assert sizes == sorted(sizes, reverse=True)
        assert len(axis) == 5


def test_a_long_table_is_sampled_and_the_places_are_told():
    table = load_sample("diamonds")
    found = principal_map(table, ["carat", "depth", "price"], max_rows=500)
    assert len(found.x) == len(found.places) == 500
    assert list(found.places) == sorted(set(found.places))


@pytest.mark.parametrize("columns", [(), ("body_mass_g",)])
def test_one_direction_makes_no_map(columns):
    assert principal_map(load_sample("penguins"), columns) is None


def test_constant_text_and_empty_columns_take_no_part(read):
    rows = "".join(
        f"{n % 13},{n % 7},3,,this is the story of the row number {n}\n" for n in range(100)
    )
    found = principal_map(read("a,b,c,d,e\n" + rows), list("abcde"))
    assert found.columns == ("a", "b")


def test_many_columns_do_not_hold_it_up(read):
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(60, 300)).round(3))
    frame.columns = [f"c{n}" for n in range(300)]
    found = principal_map(read(frame.to_csv(index=False)), list(frame.columns))
    assert len(found.columns) == 200


def test_a_map_is_json_and_back():
    found = principal_map(load_sample("penguins"), NUMBERS, max_rows=50)
    assert from_json(PrincipalMap, to_json(found)) == found
