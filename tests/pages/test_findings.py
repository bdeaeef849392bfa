"""The panel of findings: one click applies a proposal, another takes it back."""

import numpy as np
import pandas as pd
import pytest

from lab.base import ColumnKind, Task, from_json, markdown_text
from lab.data import Roles, guess_roles, make_dataset, read_table
from lab.models import MODELS
from lab.recipes import check_recipe, columns_of, preset_recipe
from pages._ui.applying import with_step
from pages._ui.draft import ARTIFACT, Draft, recipe_of
from pages._ui.own_recipes import PREFIX

N = 240


def step_keys(recipe):
    return tuple(step.choice.key for step in recipe.steps)


def own_of(store, draft):
    return store.load_recipe(draft.recipe.removeprefix(PREFIX))


def plain():
    rng = np.random.default_rng(0)
    signal = rng.normal(size=N)
    return pd.DataFrame({
        "real": (signal + rng.normal(size=N)).round(4),
        "whole": rng.integers(0, 50, N),
        "town": rng.choice(["Ulm", "Bonn", "Graz"], N),
        "bought": np.where(signal + rng.normal(size=N) > 0, "yes", "no"),
    })  # fmt: skip


def faults():
    """Return a table for each finding with an action, the code, and the title of its button."""
    frame, rng = plain(), np.random.default_rng(1)
    yes = (frame["bought"] == "yes").to_numpy()
    who = np.arange(N) // 4
    days = pd.date_range("2021-01-01", periods=N).strftime("%Y-%m-%d")
    rare = frame["town"].where(frame.index > 9, "Linz").where(frame.index > 4, "Wien")
    return {
        "constant": (frame.assign(same=1), "D001", "Leave out 'same'"),
        "copies": (pd.concat([frame, frame.iloc[:30]]), "D003", "Keep one of each"),
        "leak": (frame.assign(leak=yes), "D004", "Leave out 'leak'"),
        "text": (frame.assign(size=frame["whole"].astype(str).where(frame.index > 3, "n.k.")),
                 "D006", "Make 'size' a number"),
        "holes": (frame.assign(holes=frame["real"].where(frame.index % 4 == 0)), "D007",
                  "Leave out 'holes'"),
        "levels": (frame.assign(shop=[f"shop {n}" for n in rng.integers(0, 70, N)]), "D008",
                   "Encode 'shop' by target mean"),
        "metric": (frame.assign(bought=np.where(frame.index % 25 == 0, "yes", "no")), "D009",
                   "Rank by average precision"),
        "weights": (frame.assign(bought=np.where(frame.index % 25 == 0, "yes", "no")), "D009",
                    "Give all classes the same weight"),
        "sentinel": (frame.assign(age=np.where(frame.index % 40 == 0, -999, frame["whole"])),
                     "D015", "Take '-999' in 'age' as missing"),
        "group": (frame.assign(who=[f"p{n}" for n in who], a=who * 7919 % 83, b=who * 31 % 17),
                  "D017", "Keep rows with the same 'who' together"),
        "time": (frame.assign(day=days), "D018", "Test on later rows by 'day'"),
        "drift": (frame.assign(day=days, price=rng.normal(size=N) + (np.arange(N) > N / 2)),
                  "D021", "Test on later rows by 'day'"),
        "near": (frame.assign(near=frame["real"] + rng.normal(0, 0.01, N)), "D022",
                 "Leave out 'near'"),
        "merge": (frame.assign(bought=rare), "D005", "Join the 2 rare classes"),
        "drop": (frame.assign(bought=rare), "D005", "Leave out the 10 rows of rare classes"),
        "folds": (frame.assign(bought=np.where(frame.index < 4, "yes", "no")), "D005",
                  "Use at most 4 folds"),
    }  # fmt: skip


FAULTS = faults()
NAMES = [name for name in FAULTS if name != "folds"]


@pytest.fixture
def keep(store, home):
    def keep_frame(frame, target="bought", **roles):
        path = home / "table.csv"
        frame.to_csv(path, index=False)
        table = read_table(path)
        guess = guess_roles(table, target)
        chosen = Roles(target=target, task=guess.task, **roles)
        data = make_dataset(table, chosen, name="table")
        store.save_table(table)
        store.save_dataset(data)
        return data

    return keep_frame


def draft_of(store, dataset_id):
    kept = store.load_artifact(ARTIFACT, dataset_id)
    return from_json(Draft, kept) if kept else None


def told(app):
    """Return the codes of the findings that are not settled yet."""
    boxes = [*app.error, *app.warning, *app.info]
    return {box.proto.title[-5:-1] if hasattr(box.proto, "title") else "" for box in boxes}


def button_of(app, title):
    wanted = markdown_text(title)
    return next(one for one in app.button if one.label.startswith(wanted))


def buttons_of(app, code):
    return [one for one in app.button if (one.key or "").startswith(f"apply {code} ")]


@pytest.mark.parametrize("name", NAMES)
def test_one_click_applies_and_another_takes_it_back(visit, store, keep, name):
    frame, code, title = FAULTS[name]
    data = keep(frame)
    app = visit("profile", dataset=data.id)
    assert not app.exception
    n_before, before = len(buttons_of(app, code)), draft_of(store, data.id)
    assert n_before
    app = button_of(app, title).click().run()
    assert not app.exception
    assert not app.error or code != "D004"
    assert len(buttons_of(app, code)) < n_before
    assert markdown_text(title.split("'")[0].strip()) in app.success[0].value
    app = app.button(key="take back").click().run()
    assert not app.exception
    assert app.query_params["dataset"] == data.id
    assert len(buttons_of(app, code)) == n_before
    assert "aken back" in app.success[0].value
    assert draft_of(store, data.id) == before or before is None


def test_nothing_is_changed_before_a_click(visit, store, keep):
    data = keep(FAULTS["sentinel"][0])
    app = visit("profile", dataset=data.id)
    assert app.query_params["dataset"] == data.id
    assert len(store.datasets()) == 1
    assert not [one for one in app.button if one.key == "take back"]


def applied(visit, store, keep, name, **roles):
    frame, _, title = FAULTS[name]
    data = keep(frame, **roles)
    app = button_of(visit("profile", dataset=data.id), title).click().run()
    assert not app.exception
    changed = store.load_dataset(app.query_params["dataset"])
    return app, changed, draft_of(store, changed.id)


def test_a_column_is_left_out(visit, store, keep):
    _, changed, _ = applied(visit, store, keep, "leak")
    assert changed.roles.ignored == ("leak",)
    assert "leak" not in changed.features.names


def test_a_value_is_taken_as_missing_and_the_table_tells_it(visit, store, keep):
    _, changed, _ = applied(visit, store, keep, "sentinel")
    assert int(changed.table.frame["age"].isna().sum()) == 6
    assert "6 values '-999' of 'age' made missing." in changed.table.notes


def test_a_kind_is_changed(visit, store, keep):
    _, changed, _ = applied(visit, store, keep, "text")
    assert changed.table.schema["size"].kind is ColumnKind.NUMBER


def test_copies_are_dropped_and_the_table_tells_it(visit, store, keep):
    _, changed, _ = applied(visit, store, keep, "copies")
    assert changed.n_rows == N
    assert any("30 rows that repeat" in note for note in changed.table.notes)


def test_a_group_brings_its_folds(visit, store, keep):
    _, changed, draft = applied(visit, store, keep, "group")
    assert changed.roles.group == "who"
    assert draft.plan.splitter.key == "group"


@pytest.mark.parametrize("name", ["time", "drift"])
def test_a_time_brings_its_folds(visit, store, keep, name):
    _, changed, draft = applied(visit, store, keep, name)
    assert changed.roles.time == "day"
    assert draft.plan.splitter.key == "time"


def test_a_metric_comes_first_and_is_told_as_settled(visit, store, keep):
    app, changed, draft = applied(visit, store, keep, "metric")
    assert draft.metrics[0] == "average_precision"
    assert any("settled finding" in box.label for box in app.expander)
    assert changed.roles.task is Task.BINARY


def test_a_step_is_put_into_the_recipe_of_every_model_that_takes_it(visit, store, keep):
    app, changed, draft = applied(visit, store, keep, "weights")
    assert draft.recipe.startswith(PREFIX)
    weighted = {one.model.key: "class_weights" in step_keys(recipe_of(draft, one))
                for one in draft.contenders}  # fmt: skip
    assert not weighted.pop("knn")
    assert all(weighted.values())
    for one in draft.contenders:
        entry = MODELS[one.model.key]
        problems = check_recipe(
            recipe_of(draft, one), changed.features, task=Task.BINARY,
            takes_missing=entry.takes_missing, takes_weights=entry.takes_weights,
        )  # fmt: skip
        assert problems == ()
    assert any("settled finding" in box.label for box in app.expander)


def test_an_encoding_takes_its_columns_from_the_others(visit, store, keep):
    _, changed, draft = applied(visit, store, keep, "levels")
    own = own_of(store, draft)
    steps = {step.choice.key: step.selection.names for step in own.steps}
    assert steps["target_encoding"] == ("shop",)
    assert steps["one_hot"] == ("town",)
    assert check_recipe(own, changed.features, task=Task.BINARY) == ()


def test_rare_classes_are_joined(visit, store, keep):
    _, changed, draft = applied(visit, store, keep, "merge")
    assert changed.labels == ("Bonn", "Graz", "Ulm", "other")
    assert draft.contenders


def test_too_few_rows_for_the_folds_are_settled_by_the_usual_plan(visit, store, keep):
    frame, code, _ = FAULTS["folds"]
    data = keep(frame)
    app = visit("profile", dataset=data.id)
    assert not buttons_of(app, code)
    assert any("settled finding" in box.label for box in app.expander)


def test_what_was_chosen_in_the_draft_is_carried_along(visit, store, keep):
    data = keep(FAULTS["leak"][0])
    app = visit("recipe", dataset=data.id)
    app = app.radio[0].set_value("trees").run()
    app = button_of(app.switch_page("pages/profile.py").run(), "Leave out 'leak'").click().run()
    changed = app.query_params["dataset"]
    assert changed != data.id
    assert draft_of(store, changed).recipe == "trees"


def test_several_changes_are_taken_back_one_by_one(visit, store, keep):
    data = keep(plain().assign(same=1, leak=lambda f: f["bought"] == "yes"))
    app = visit("profile", dataset=data.id)
    app = button_of(app, "Leave out 'leak'").click().run()
    app = button_of(app, "Leave out 'same'").click().run()
    assert store.load_dataset(app.query_params["dataset"]).roles.ignored == ("leak", "same")
    app = app.button(key="take back").click().run()
    assert store.load_dataset(app.query_params["dataset"]).roles.ignored == ("leak",)
    app = app.button(key="take back").click().run()
    assert app.query_params["dataset"] == data.id
    assert not [one for one in app.button if one.key == "take back"]


def test_what_cannot_be_done_is_told_and_nothing_changes(visit, store, keep):
    frame = plain()[["bought"]].assign(same=1)
    data = keep(frame)
    app = button_of(visit("profile", dataset=data.id), "Leave out 'same'").click().run()
    assert not app.exception
    assert "No column is left as a feature" in app.error[0].value
    assert app.query_params["dataset"] == data.id


def test_hostile_names_stay_text_in_buttons_and_boxes(visit, keep):
    name = "![x](http://evil.example/x.png)"
    data = keep(plain().assign(**{name: 1}))
    app = visit("profile", dataset=data.id)
    label = next(one.label for one in buttons_of(app, "D001"))
    assert "![x](" not in label
    assert not any("![x](" in box.value for box in [*app.info, *app.warning])


def test_a_shape_of_numbers_stands_before_the_scalers(keep):
    data = keep(plain())
    own = with_step(preset_recipe("linear"), "log1p", ("real", "gone"), data.features)
    keys = step_keys(own)
    assert keys.index("median_imputer") < keys.index("log1p") < keys.index("standard_scaler")
    step = own.steps[keys.index("log1p")]
    assert columns_of(step, data.features) == ("real",)
    assert check_recipe(own, data.features, task=Task.BINARY) == ()
    assert "log1p" in step_keys(
        with_step(preset_recipe("trees"), "log1p", ("real",), data.features)
    )


def test_an_own_recipe_forgets_columns_that_are_left_out(visit, store, keep):
    shops = [f"shop {n % 70}" for n in range(N)]
    data = keep(plain().assign(shop=shops, same="x"))
    app = visit("profile", dataset=data.id)
    app = button_of(app, "Encode 'shop'").click().run()
    own = own_of(store, draft_of(store, data.id))
    assert any("same" in step.selection.names for step in own.steps)
    app = button_of(app, "Leave out 'same'").click().run()
    changed = store.load_dataset(app.query_params["dataset"])
    own = own_of(store, draft_of(store, changed.id))
    assert check_recipe(own, changed.features, task=Task.BINARY) == ()
    assert "target_encoding" in step_keys(own)
