"""The lines of the list of runs: what tells one run from another is not cut off."""

from datetime import datetime

import pandas as pd
import pytest

from lab.store import size_text
from pages._ui.run_list import MOST_LETTERS, date_column, short_name

PROPOSED = "10 models · stratified k-fold, 5 folds × 6"


def test_the_number_that_tells_runs_apart_is_seen():
    assert short_name(PROPOSED) == "10 models · stratified 5 folds × 6"
    assert short_name(f"{PROPOSED} · 2") == "10 models · stratified 5 folds × 6 · 2"


def test_a_long_name_keeps_its_beginning_and_its_end():
    short = short_name(f"{PROPOSED} · My own recipe for linear models · 12")
    assert len(short) <= MOST_LETTERS
    assert short.startswith("10 models · strat")
    assert short.endswith("linear models · 12")


@pytest.mark.parametrize(("years_ago", "is_told"), [(0, False), (1, True)])
def test_the_year_is_told_only_where_it_is_another(years_ago, is_told):
    date = datetime.now().replace(day=1)
    dates = pd.Series([date, date.replace(year=date.year - years_ago)])
    assert ("YYYY" in date_column(dates)["type_config"]["format"]) == is_told


def test_sizes_in_the_table_of_disk_use_are_told_as_above_it(finished, visit):
    app = visit("runs", **finished["binary"])
    use = app.dataframe[-1].value
    total = next(item.value for item in app.markdown if "** in " in item.value)
    assert use["size"].str.fullmatch(r"[\d.]+ (bytes|kB|MB)").all()
    assert size_text(73_700) == "73.7 kB"
    assert total.split("**")[1].split()[1] in {"kB", "MB"}
