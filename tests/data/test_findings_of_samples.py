"""What is found in each data set that comes with the playground, and nothing else."""

import pytest

from lab.data import SAMPLES, check_data, guess_roles, load_sample, sample_roles

FOUND = {
    "penguins": "",
    "breast_cancer": "D019 D022",
    "telecom_churn": "D003 D016",
    "credit_scoring": "D003 D016 D019",
    "employee_attrition": "",
    "taxi_tips": "D003 D009 D016",
    "road_accidents": "D009 D016",
    "computing_jobs": "D009 D019",
    "concrete_strength": "D003",
    "chemical_yield": "D019 D022",
    "food_deliveries": "",
    "ames_housing": "D007 D010 D019",
    "diamonds": "D003 D015 D015 D019 D022",
    "chicago_ridership": "D012 D019 D021 D022",
    "artworks": "D003 D008 D017",
}


def test_every_sample_is_listed():
    assert set(FOUND) == set(SAMPLES.keys)


@pytest.mark.parametrize("key", SAMPLES.keys)
def test_nothing_is_found_but_what_is_there(key):
    found = check_data(load_sample(key), roles=sample_roles(key))
    assert sorted(one.code for one in found) == FOUND[key].split()


GROUPS = {"road_accidents": [("caseid",)], "artworks": [("artist",)]}
"""What is proposed as the group where only the target was chosen."""


@pytest.mark.parametrize("key", SAMPLES.keys)
def test_no_group_is_proposed_but_where_rows_belong_together(key):
    table = load_sample(key)
    roles = guess_roles(table, sample_roles(key).target)
    found = [one.columns for one in check_data(table, roles=roles) if one.code == "D017"]
    assert found == GROUPS.get(key, [])
