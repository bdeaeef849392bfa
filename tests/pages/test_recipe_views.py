"""Recipe: what each step does, and the fold ledger."""

from dataclasses import replace

from lab.base import from_json, to_json
from lab.models import MODELS
from lab.recipes import STEPS, add_step, preset_recipe
from pages._ui.draft import ARTIFACT, Draft


def test_each_step_can_be_looked_at(own, store):
    box = next(b for b in own.selectbox if b.label == "Look at")
    steps = [step.choice.key for step in store.recipes()[0].recipe.steps]
    app = box.set_value(steps.index("one_hot")).run()
    assert not app.exception
    labels = {metric.label: metric.value for metric in app.metric}
    before, after = (int(part) for part in labels["Columns"].split(" → "))
    assert after > before
    assert any("Makes" in caption.value for caption in app.caption)


def test_a_line_for_each_step_tells_columns_rows_and_time(own, store):
    app = next(t for t in own.toggle if t.key == "each step").set_value(True).run()
    assert not app.exception
    frame = next(f.value for f in app.dataframe if "Step" in f.value.columns)
    assert len(frame) == len(store.recipes()[0].recipe.steps)
    assert frame["Time"].str.endswith("s").all()
    assert frame["Makes"].str.contains("missingindicator").any()


def test_the_ledger_says_what_each_fold_was_fitted_on(own, data):
    app = next(t for t in own.toggle if t.key == "ledger").set_value(True).run()
    assert not app.exception
    told = "".join(item.value for item in app.markdown)
    assert "training rows of its own fold only" in told
    frame = next(f.value for f in app.dataframe if "Training rows" in f.value.columns)
    assert (frame["Training rows"] + frame["Test rows"] == data.n_rows).all()
    assert (frame["Test rows"] == frame["Transformed only"]).all()
    assert frame["Test rows"].sum() == data.n_rows
    assert "Every fold makes the same columns" in "".join(item.value for item in app.caption)


def test_categories_are_a_problem_of_the_models_that_meet_the_recipe_only(
    visit, data, store, words
):
    steps = [step for step in preset_recipe("trees").steps if step.choice.key != "ordinal"]
    recipe = add_step(
        replace(preset_recipe("trees"), steps=tuple(steps)), STEPS.choose("native_category")
    )
    word = f"own:{store.add_recipe(replace(recipe, title='Mine'))}"
    app = visit("recipe", dataset=data.id)
    app = app.radio[0].set_value(word).run()
    assert not app.exception
    assert "needs a model that takes categories, such as lightgbm" in words(app)
    draft = from_json(Draft, store.load_artifact(ARTIFACT, data.id))
    others = tuple(
        one if MODELS[one.model.key].takes_categories else replace(one, recipe="linear")
        for one in draft.contenders
    )
    changed = to_json(replace(draft, contenders=others)).encode()
    store.save_artifact(ARTIFACT, data.id, changed)
    app = visit("recipe", dataset=data.id)
    assert not app.exception
    assert app.radio[0].value == word
    assert "Categories for the model" in words(app)
    assert "needs a model that takes categories" not in words(app)
    assert not app.warning
