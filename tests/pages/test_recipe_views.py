"""Recipe: what each step does, and the fold ledger."""


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
