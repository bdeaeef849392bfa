"""Whatever the table holds, the checks come to an end, and every proposal can be taken."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.base import LabError, fingerprint, to_plain
from lab.data import check_data, guess_roles, guess_target, make_dataset, mend, read_table

VALUES = {
    "number": ["0", "1.5", "-999", "7", "", "9999"],
    "whole": ["1", "2", "3", "-1", "12"],
    "word": ["red", "green", "unknown", "", "n.a.", "x y z"],
    "day": ["2021-03-04", "2020-01-31", "1900-01-01", ""],
    "flag": ["yes", "no"],
    "mixed": ["1", "two", "2021-01-01", "?", "€3", "4%"],
    "same": ["k"],
    "none": [""],
}


@st.composite
def frames(draw):
    n_rows = draw(st.integers(1, 90))
    kinds = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=5))
    seed = draw(st.integers(0, 2**31))
    rng = np.random.default_rng(seed)
    data = {
        f"c{place} {kind}": rng.choice(VALUES[kind], n_rows) for place, kind in enumerate(kinds)
    }
    if draw(st.booleans()):
        data["row_id"] = np.arange(n_rows)
    return pd.DataFrame(data)


@settings(max_examples=40)
@given(frame=frames())
def test_checks_come_to_an_end_and_proposals_can_be_taken(tmp_path_factory, frame):
    path = tmp_path_factory.mktemp("any") / "table.csv"
    frame.to_csv(path, index=False)
    try:
        table = read_table(path)
    except LabError:
        return
    check_data(table)
    try:
        roles = guess_roles(table, guess_target(table))
        make_dataset(table, roles)
    except LabError:
        return
    found = check_data(table, roles=roles)
    assert [to_plain(one) for one in found] == [
        to_plain(one) for one in check_data(table, roles=roles)
    ]
    for finding in found:
        for action in finding.actions:
            if action.kind.is_of_data:
                mended, changed = mend(table, roles, action)
                again = check_data(mended, roles=changed)
                assert fingerprint(finding) not in {fingerprint(one) for one in again}


@pytest.mark.parametrize("content", ["a\n1\n", "a,b\n1,2\n", "a,b\n,\n1,\n", "a,b\nx,y\n" * 3])
def test_the_smallest_tables_are_checked(read, content):
    assert isinstance(check_data(read(content)), tuple)
