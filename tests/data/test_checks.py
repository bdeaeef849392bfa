"""Every finding on a table that has it, and its absence on one that has not."""

import numpy as np
import pandas as pd
import pytest

from lab.base import Severity, Task
from lab.data import check_data, load_sample


def test_nothing_is_found_where_nothing_is(find, frame):
    assert find(frame) == {}


def test_constant_and_empty_columns(find, frame):
    found = find(frame.assign(same="x", none=np.nan))
    assert found["D001"].columns == ("same", "none")


def test_identifiers(find, frame):
    found = find(frame.assign(key=[f"k{row}" for row in range(len(frame))]))
    assert found["D002"].columns == ("key",)


def test_duplicate_rows_are_counted_as_pandas_counts_them(find, frame):
    double = pd.concat([frame, frame.iloc[:7], frame.iloc[:2]])
    assert find(double)["D003"].detail.startswith(f"{double.duplicated().sum()} rows")
    with_key = double.assign(key=[f"k{row}" for row in range(len(double))])
    assert "D003" in find(with_key)


def test_rows_with_the_same_gaps_are_duplicates(find, frame):
    frame.loc[:5, ["real", "colour"]] = [np.nan, None]
    double = pd.concat([frame, frame.iloc[:3]])
    assert find(double)["D003"].detail.startswith("3 rows")


@pytest.mark.parametrize("name", ["leak", "wording"])
def test_a_column_that_gives_a_class_away(find, frame, name):
    secret = (frame["y"] == "yes").astype(float)
    noise = np.random.default_rng(1).normal(scale=0.05, size=len(frame))
    columns = {"leak": secret + noise, "wording": secret.map({1.0: "seen", 0.0: "unseen"})}
    found = find(frame.assign(**{name: columns[name]}))
    assert found["D004"].columns == (name,)
    assert found["D004"].severity is Severity.SERIOUS


def test_a_column_that_gives_one_of_several_classes_away(find, frame):
    code = frame["colour"].map({"red": 1.0, "green": 2.0, "blue": 3.0})
    found = find(frame.assign(code=code), target="colour")
    assert found["D004"].columns == ("code",)


def test_a_column_that_gives_a_number_away(find, frame):
    found = find(frame.assign(twice=frame["real"] * 2 + 1), target="real")
    assert found["D004"].columns == ("twice",)


def test_a_strong_but_honest_column_is_not_accused():
    found = check_data(load_sample("breast_cancer"), target="diagnosis")
    assert not [one for one in found if one.code == "D004"]


def test_a_column_of_many_levels_is_not_accused_of_remembering(find, frame):
    rows = np.random.default_rng(2).permutation(len(frame)) // 2
    assert "D004" not in find(frame.assign(pair=[f"p{row}" for row in rows]))


def test_a_leak_is_found_with_gaps_in_target_and_column(find, frame):
    leak = (frame["y"] == "yes").astype(float).where(frame.index % 5 > 0)
    frame.loc[::7, "y"] = None
    assert find(frame.assign(leak=leak.fillna((frame["y"] == "yes") * 1.0)))["D004"]


def test_rare_classes(find, frame):
    frame.loc[:2, "colour"] = "violet"
    found = find(frame, target="colour")
    assert "'violet' (3)" in found["D005"].detail


def test_numbers_stored_as_text(find, frame):
    words = frame["whole"].astype(str).where(frame.index > 5, "n.k.")
    found = find(frame.assign(text=words))
    assert found["D006"].columns == ("text",)
    assert "'n.k.'" in found["D006"].detail


def test_money_and_percent_among_words_stored_as_text(find, frame):
    money = frame["whole"].map(lambda value: f"${value},000.50")
    money = money.where(frame.index > 5, "n.k.")
    assert find(frame.assign(money=money))["D006"].columns == ("money",)
    percent = frame["whole"].map(lambda value: f"{value}%").where(frame.index > 5, "n.k.")
    assert find(frame.assign(percent=percent))["D006"].columns == ("percent",)


def test_postcodes_are_not_numbers_stored_as_text(find, frame):
    assert "D006" not in find(frame.assign(zip=frame["whole"].map(lambda value: f"0{value:04}")))


def test_blank_strings_among_numbers_are_told(find, frame):
    blank = frame["whole"].astype(str).where(frame.index > 5, "  ")
    found = find(frame.assign(text=blank))
    assert "blank text (6 in 'text')" in found["D014"].detail


def test_mostly_missing_columns(find, frame):
    found = find(frame.assign(holes=frame["real"].where(frame.index % 4 == 0)))
    assert found["D007"].columns == ("holes",)
    assert "75%" in found["D007"].detail


def test_categories_with_many_values(find, frame):
    many = [f"level {row % 80}" for row in range(len(frame))]
    assert find(frame.assign(many=many))["D008"].columns == ("many",)


def test_classes_of_very_different_size(find, frame):
    frame["y"] = np.where(frame.index % 25 == 0, "yes", "no")
    assert "'yes' is 4.0%" in find(frame)["D009"].detail


def test_nearly_constant_columns(find, frame):
    found = find(frame.assign(rare=(frame.index == 3) * 1, some=(frame.index < 20) * 1))
    assert found["D010"].columns == ("rare",)


def test_more_columns_than_rows(find, frame):
    wide = {f"c{place}": np.random.default_rng(place).normal(size=30) for place in range(40)}
    assert "D011" in find(pd.DataFrame(wide).assign(y=["a", "b", "b"] * 10))


def test_columns_that_say_the_same(find, frame):
    found = find(frame.assign(copy=frame["whole"], other=frame["colour"].str.upper()))
    assert found["D012"].columns == ("copy", "other")


def test_two_texts_that_are_unique_do_not_say_the_same(find, frame):
    names = [f"Smith {row}, John of the North" for row in range(len(frame))]
    tickets = [f"ticket number {row * 7} for a seat" for row in range(len(frame))]
    assert "D012" not in find(frame.assign(name=names, ticket=tickets))


def test_rows_without_a_target(find, frame):
    frame.loc[:4, "y"] = None
    assert find(frame)["D013"].detail.startswith("5 rows of 400")


def test_without_a_target_only_the_table_is_checked(find, frame):
    frame["y"] = np.where(frame.index % 50 == 0, "yes", "no")
    assert find(frame, target="") == {}


def test_the_most_serious_comes_first(find, frame):
    table = frame.assign(leak=frame["y"] == "yes", same=1)
    codes = list(find(table, task=Task.BINARY))
    assert codes[0] == "D004"
    assert codes[-1] == "D001"


def test_hostile_text_stays_on_one_line_and_is_cut(find, frame):
    frame.loc[:2, "colour"] = "a\n\u202e<script>" + "x" * 500
    detail = find(frame, target="colour")["D005"].detail
    assert "\n" not in detail
    assert "\u202e" not in detail
    assert len(detail) < 300
