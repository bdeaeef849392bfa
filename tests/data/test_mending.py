"""Each action of each finding, done to data: what it changes, and that the finding is gone."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lab.base import Action, ActionKind, LabError, Task
from lab.data import Roles, check_data, guess_roles, make_dataset, mend

RNG = np.random.default_rng(11)


def broken(frame):
    """Return tables that each have one fault, by the code of its finding."""
    n = len(frame)
    yes = (frame["y"] == "yes").to_numpy()
    codes = np.where(np.arange(n) % 40 == 0, -999, frame["whole"])
    who = np.arange(n) // 4
    days = pd.date_range("2021-01-01", periods=n).strftime("%Y-%m-%d")
    mixed = [f"2021-03-{1 + k % 28:02}" if k % 3 else f"{1 + k % 28:02}.04.2021" for k in range(n)]
    mixed[::20] = ["not yet"] * len(mixed[::20])
    words = frame["whole"].astype(str)
    late = np.where(np.random.default_rng(2).random(n) < 0.75, yes, np.arange(n) % 2 == 0)
    return {
        "D001": frame.assign(same=1),
        "D002": frame.assign(key=[f"k{row}" for row in range(n)]),
        "D003": pd.concat([frame, frame.iloc[:50]]),
        "D004": frame.assign(leak=yes),
        "D006": frame.assign(text=words.where(frame.index > 5, "n.k.")),
        "D007": frame.assign(holes=frame["real"].where(frame.index % 4 == 0)),
        "D010": frame.assign(rare=(frame.index == 3) * 1),
        "D012": frame.assign(copy=frame["whole"]),
        "D015": frame.assign(age=codes),
        "D017": frame.assign(who=[f"p{k}" for k in who], a=(who * 7919) % 83, b=(who * 31) % 17),
        "D018": frame.assign(day=days),
        "D020": frame.assign(seen=mixed),
        "D021": frame.assign(day=days, price=RNG.normal(size=n) + (np.arange(n) > 200)),
        "D022": frame.assign(near=frame["real"] + RNG.normal(0, 0.01, n)),
        "D023": frame.assign(late=late, real=RNG.normal(size=n)),
    }


CODES = ("D001", "D002", "D003", "D004", "D006", "D007", "D010", "D012", "D015", "D017", "D018",
         "D020", "D021", "D022", "D023")  # fmt: skip


def rare(frame):
    """Return a table with a target of three large and two rare classes."""
    frame["colour"] = frame["colour"].where(frame.index > 14, "violet")
    frame["colour"] = frame["colour"].where(frame.index > 6, "beige")
    return frame


def findings(table, roles, code):
    return [one for one in check_data(table, roles=roles) if one.code == code]


@pytest.mark.parametrize("code", CODES)
def test_what_was_mended_is_not_found_again(read, frame, code):
    table = read(broken(frame)[code].to_csv(index=False))
    roles = replace(guess_roles(table, "y"), ignored=())
    [found] = findings(table, roles, code)
    actions = [action for action in found.actions if action.kind.is_of_data]
    assert actions
    for action in actions:
        mended, changed = mend(table, roles, action)
        data = make_dataset(mended, changed)
        again = [*findings(mended, changed, code), *findings(data.table, changed, code)]
        assert not any(one.actions for one in again)
        assert code == "D021" or not again  # a change along time stays one
        assert findings(table, roles, code) == [found]


@pytest.mark.parametrize("kind", [ActionKind.MERGE_CLASSES, ActionKind.DROP_CLASSES])
def test_rare_classes_are_joined_or_left_out(read, frame, kind):
    table = read(rare(frame).to_csv(index=False))
    roles = Roles(target="colour", task=Task.MULTICLASS)
    [found] = findings(table, roles, "D005")
    assert [one.kind for one in found.actions] == [
        ActionKind.MERGE_CLASSES, ActionKind.DROP_CLASSES,
    ]  # fmt: skip
    mended, changed = mend(table, roles, next(a for a in found.actions if a.kind is kind))
    assert findings(mended, changed, "D005") == []
    counts = mended.frame["colour"].value_counts()
    large = frame["colour"].value_counts()[["red", "green", "blue"]]
    assert (counts[large.index] == large).all()
    assert counts.get("other", 0) == (15 if kind is ActionKind.MERGE_CLASSES else 0)
    assert "'beige', 'violet'" in mended.notes[-1] or "'violet', 'beige'" in mended.notes[-1]


def test_with_two_classes_left_the_question_is_binary(read, frame):
    frame["colour"] = frame["colour"].replace("blue", "red").where(frame.index > 3, "violet")
    table = read(frame.to_csv(index=False))
    roles = Roles(target="colour", task=Task.MULTICLASS)
    [found] = findings(table, roles, "D005")
    mended, changed = mend(table, roles, found.action)
    assert changed.task is Task.BINARY
    assert make_dataset(mended, changed).labels == ("green", "red")


def test_the_word_for_joined_classes_is_none_that_is_there(read, frame):
    frame = rare(frame)
    frame["colour"] = frame["colour"].replace("red", "other")
    table = read(frame.to_csv(index=False))
    [found] = findings(table, Roles(target="colour", task=Task.MULTICLASS), "D005")
    assert found.action.settings["into"] == "other classes"


def test_copies_are_dropped_as_pandas_drops_them(read, frame):
    double = pd.concat([frame, frame.iloc[:50], frame.iloc[:7]], ignore_index=True)
    double.loc[::9, "real"] = np.nan
    table = read(double.assign(key=range(len(double))).to_csv(index=False))
    roles = guess_roles(table, "y")
    mended, _ = mend(table, roles, Action(kind=ActionKind.DROP_DUPLICATES, title="Drop"))
    kept = double.drop_duplicates()
    assert mended.frame.index.tolist() == kept.index.tolist()
    assert f"{len(double) - len(kept)} rows that repeat an earlier one" in mended.notes[-1]


def test_nothing_to_drop_changes_nothing(read, frame):
    table = read(frame.to_csv(index=False))
    roles = guess_roles(table, "y")
    for kind in (ActionKind.DROP_DUPLICATES, ActionKind.DROP_CLASSES, ActionKind.MERGE_CLASSES):
        settings = {"fewer_than": 10, "into": "other"}
        assert mend(table, roles, Action(kind=kind, title="", settings=settings)) == (table, roles)


def test_a_column_left_out_has_no_other_role(read, frame):
    table = read(frame.assign(w=1.5, who=range(400)).to_csv(index=False))
    roles = Roles(target="y", task=Task.BINARY, weight="w", group="who")
    action = Action(kind=ActionKind.IGNORE, title="", columns=("w", "who", "whole"))
    changed = mend(table, roles, action)[1]
    assert changed.ignored == ("w", "who", "whole")
    assert (changed.weight, changed.group) == ("", "")


def test_a_target_made_a_number_is_another_question(read, frame):
    text = frame["real"].round(3).astype(str).where(frame.index > 5, "n.k.")
    table = read(frame.assign(y=text).to_csv(index=False))
    roles = Roles(target="y", task=Task.MULTICLASS)
    [found] = findings(table, roles, "D006")
    assert mend(table, roles, found.action)[1].task is Task.REGRESSION


def test_the_last_class_is_not_left_alone(read, frame):
    table = read(frame.assign(y=np.where(frame.index < 5, "a", "b")).to_csv(index=False))
    roles = Roles(target="y", task=Task.BINARY)
    action = Action(kind=ActionKind.DROP_CLASSES, title="", settings={"fewer_than": 10})
    with pytest.raises(LabError, match="only one class"):
        mend(table, roles, action)


def test_of_two_classes_none_is_dropped_or_joined(read, frame):
    table = read(frame.assign(y=np.where(frame.index < 5, "a", "b")).to_csv(index=False))
    [found] = findings(table, Roles(target="y", task=Task.BINARY), "D005")
    assert [one.kind for one in found.actions] == [ActionKind.FOLDS]
    assert found.action.settings == {"folds": 5}


def test_one_row_that_is_dropped_is_told_as_one(read, frame):
    frame["colour"] = frame["colour"].where(frame.index > 0, "violet")
    table = read(frame.to_csv(index=False))
    roles = Roles(target="colour", task=Task.MULTICLASS)
    action = Action(kind=ActionKind.DROP_CLASSES, title="", settings={"fewer_than": 10})
    mended, _ = mend(table, roles, action)
    assert mended.notes[-1] == "1 row of 'violet' in 'colour' left out."
