"""Copies, contradictions and rows that belong together."""

import re

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import KFold

from lab.base import ActionKind, Severity, Task
from lab.data import Roles, check_data, guess_roles, load_sample

ROLES = Roles(target="y", task=Task.BINARY)


def percent(detail, pattern):
    return float(re.search(rf"{pattern} ([\d.]+)%", detail).group(1)) / 100


def test_the_share_of_copies_on_both_sides_is_that_of_real_folds(find, frame):
    double = pd.concat([frame, frame.iloc[:60], frame.iloc[:30]], ignore_index=True)
    told = percent(find(double)["D003"].detail, "folds drawn at random")
    keys = double.astype(str).agg("|".join, axis=1).to_numpy()
    shares = []
    for seed in range(30):
        twins = 0
        for train, test in KFold(5, shuffle=True, random_state=seed).split(keys):
            twins += int(np.isin(keys[test], keys[train]).sum())
        shares.append(twins / len(keys))
    assert told == pytest.approx(np.mean(shares), abs=0.01)


def test_copies_are_proposed_to_be_dropped(find, frame):
    found = find(pd.concat([frame, frame.iloc[:60]]))["D003"]
    assert found.severity is Severity.WARNING
    assert [action.kind for action in found.actions] == [ActionKind.DROP_DUPLICATES]


def test_equal_rows_of_a_table_with_few_values_are_no_copies(find):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"a": rng.integers(0, 4, 500), "b": rng.integers(0, 5, 500),
                          "y": rng.choice(["yes", "no"], 500)})  # fmt: skip
    found = find(frame)["D003"]
    assert found.severity is Severity.INFO
    assert found.actions == ()
    assert "are to be expected" in found.detail


def test_a_group_keeps_copies_together(read, frame):
    frame["who"] = [f"p{row // 4}" for row in range(len(frame))]
    table = read(pd.concat([frame, frame.iloc[:60]]).to_csv(index=False))
    roles = Roles(target="y", task=Task.BINARY, group="who")
    found = {one.code: one for one in check_data(table, roles=roles)}["D003"]
    assert found.actions == ()
    assert "Folds by 'who'" in found.detail


def test_equal_rows_with_different_targets_bound_every_model(find, frame):
    turned = frame.iloc[:80].assign(y=frame["y"].iloc[:80].map({"yes": "no", "no": "yes"}))
    double = pd.concat([frame, turned, frame.iloc[:10]], ignore_index=True)
    found = find(double)["D016"]
    features = double.columns[:-1].tolist()
    classes = double.groupby(features)["y"].transform("nunique")
    assert found.detail.startswith(f"{(classes > 1).sum()} of {len(double)} rows")
    best = double.groupby(features)["y"].agg(lambda y: y.value_counts().iloc[0]).sum()
    assert percent(found.detail, "more than") == pytest.approx(best / len(double), abs=0.0006)


def test_equal_rows_with_equal_targets_do_not_contradict(find, frame):
    assert "D016" not in find(pd.concat([frame, frame.iloc[:60]]))


def test_a_few_equal_rows_with_other_numbers_are_no_contradiction(find, frame):
    frame["y"] = np.random.default_rng(0).normal(size=len(frame))
    again = frame.iloc[:8].assign(y=0.5)
    assert "D016" not in find(pd.concat([frame, again]))
    again = frame.assign(y=np.random.default_rng(1).normal(size=len(frame)))
    found = find(pd.concat([frame, again]))["D016"]
    assert found.detail.startswith("800 of 800 rows")
    assert "No model" not in found.detail


def patients(frame, *, size=4):
    """Return the table with a person for each few rows who is always of one age and one sex."""
    who = np.arange(len(frame)) // size
    rng = np.random.default_rng(4)
    people = pd.DataFrame({"born": rng.integers(1930, 2000, len(frame)),
                           "sex": rng.choice(["f", "m"], len(frame))})  # fmt: skip
    return frame.assign(**people.iloc[who].reset_index(drop=True), who=[f"p{n}" for n in who])


def test_a_column_whose_rows_agree_elsewhere_is_proposed_as_the_group(find, frame):
    found = find(patients(frame))["D017"]
    assert found.columns == ("who",)
    assert "agree in 'born', 'sex'" in found.detail
    assert [(one.kind, one.columns) for one in found.actions] == [(ActionKind.GROUP, ("who",))]


def test_a_column_whose_rows_share_the_target_is_proposed_as_the_group(find, frame):
    rng = np.random.default_rng(0)
    who = np.arange(len(frame)) // 5
    frame["y"] = np.where(rng.random(80) > 0.5, "yes", "no")[who]
    found = find(frame.assign(patient_id=[f"p{n}" for n in who]))["D017"]
    assert found.columns == ("patient_id",)
    assert "kappa 1.00" in found.detail


def test_the_likeness_of_numbers_is_the_intraclass_correlation(find, frame):
    rng = np.random.default_rng(0)
    who = np.arange(len(frame)) // 5
    frame["y"] = rng.normal(size=80)[who] + rng.normal(0, 0.5, len(frame))
    found = find(frame.assign(shop=[f"s{n}" for n in who]))["D017"]
    groups = frame.groupby(who)["y"]
    between, within = 5 * groups.mean().var(), groups.var().mean()  # mean squares, one-way ANOVA
    anova = (between - within) / (between + 4 * within)  # ICC(1), Shrout and Fleiss 1979
    told = float(re.search(r"intraclass correlation ([\d.]+)", found.detail).group(1))
    assert told == pytest.approx(anova, abs=0.05)


def test_a_category_of_unrelated_rows_is_no_group(find, frame):
    rng = np.random.default_rng(0)
    assert "D017" not in find(frame.assign(shop=[f"s{n}" for n in rng.integers(0, 80, 400)]))
    assert "D017" not in find(frame.assign(shop_id=rng.integers(0, 80, 400)))


@pytest.mark.parametrize(
    "name", ["customer_id", "CustomerID", "patient", "shop.user_no", "student_no", "session_id"]
)
@pytest.mark.parametrize("gaps", [False, True])
def test_numbers_whose_name_says_whose_rows_they_are_are_proposed_as_the_group(
    find, frame, name, gaps
):
    who = pd.Series(np.random.default_rng(0).permutation(np.arange(len(frame)) // 3 + 1000))
    found = find(frame.assign(**{name: who.where(who.index > 9) if gaps else who}))["D017"]
    assert found.columns == (name,)
    assert "Its name says" in found.detail
    assert [(one.kind, one.columns) for one in found.actions] == [(ActionKind.GROUP, (name,))]


@pytest.mark.parametrize(
    "name",
    [
        "n_user",
        "users",
        "session_no",
        "device_age",
        "superuser",
        "customer_idle",
        "number",
        "person_number",
        "household",
    ],
)
def test_numbers_that_count_or_measure_are_no_group(find, frame, name):
    who = np.random.default_rng(0).permutation(np.arange(len(frame)) // 3 + 1000)
    assert "D017" not in find(frame.assign(**{name: who}))


def test_a_name_alone_does_not_make_few_values_broken_numbers_or_single_rows_a_group(find, frame):
    rng = np.random.default_rng(0)
    assert "D017" not in find(frame.assign(household=rng.integers(1, 9, 400)))
    assert "D017" not in find(frame.assign(household=rng.integers(0, 80, 400) / 7))
    assert "D017" not in find(frame.assign(customer_id=rng.permutation(400) + 1000))


def test_rows_that_are_alike_weigh_more_than_a_name(find, frame):
    who = np.random.default_rng(0).permutation(np.arange(len(frame)) // 3)
    assert find(patients(frame).assign(device_id=who))["D017"].columns == ("who",)


def test_no_group_is_proposed_where_there_is_one(read, frame):
    table = read(patients(frame).to_csv(index=False))
    roles = Roles(target="y", task=Task.BINARY, group="colour")
    assert not [one for one in check_data(table, roles=roles) if one.code == "D017"]


def test_columns_that_are_left_out_are_not_looked_at(read, frame):
    table = read(frame.assign(same=1, leak=frame["y"] == "yes").to_csv(index=False))
    assert {one.code for one in check_data(table, roles=ROLES)} == {"D001", "D004"}
    roles = Roles(target="y", task=Task.BINARY, ignored=("same", "leak"))
    assert check_data(table, roles=roles) == ()


def test_occupants_of_one_crash_belong_together():
    roles = guess_roles(load_sample("road_accidents"), "dead")
    found = {one.code: one for one in check_data(load_sample("road_accidents"), roles=roles)}
    assert found["D017"].columns == ("caseid",)


def test_columns_that_were_not_compared_are_named(find, frame):
    ids = frame.assign(key=[f"K{place:05}" for place in range(400)])
    double = pd.concat([ids, ids.assign(key=[f"L{place:05}" for place in range(400)])])
    assert "in every column but 'key'." in find(double)["D003"].detail
    assert "in every column." in find(pd.concat([frame, frame.iloc[:60]]))["D003"].detail
