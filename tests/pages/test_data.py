"""Data: kinds and roles of columns, edited in one table."""

from lab.base import ColumnKind
from lab.data import read_table
from pages._ui.roles import columns_frame


def editor_key(app):
    return app.data_editor[0].key


def edit(app, **rows):
    """Change cells as a person does in the table: rows by column name."""
    frame = app.data_editor[0].value
    names = frame["column"].tolist()
    edits = {names.index(name): change for name, change in rows.items()}
    app.session_state[editor_key(app)] = {
        "edited_rows": edits, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    return app.run()


def use(app):
    return app.button(key="use roles").click().run()


def test_the_table_lists_every_column_with_kind_and_role(visit, data):
    app = visit("data", dataset=data.id)
    frame = app.data_editor[0].value.set_index("column")
    assert frame.loc["bought", "role"] == "Target"
    assert frame.loc["age", "kind"] == "Number"
    assert 0 < frame.loc["age", "missing"] < 0.3
    assert app.button(key="use roles").disabled


def test_roles_are_used_only_on_demand(visit, data, store):
    app = edit(visit("data", dataset=data.id), town={"role": "Group"})
    assert app.query_params["dataset"] == data.id
    assert not app.button(key="use roles").disabled
    use(app)
    assert not app.exception
    changed = store.load_dataset(app.query_params["dataset"])
    assert changed.roles.group == "town"
    assert "town" not in changed.features.names
    assert app.data_editor[0].value.set_index("column").loc["town", "role"] == "Group"


def test_all_problems_of_roles_are_told_at_once(visit, data):
    app = edit(
        visit("data", dataset=data.id),
        bought={"role": "Feature"},
        age={"role": "Time"},
        town={"role": "Group"},
        size={"role": "Group"},
        spent={"role": "Time"},
    )
    told = app.warning[0].value
    assert "No column is the target" in told
    assert "more than one column is the group" in told.lower()
    assert "more than one column is the time" in told.lower()
    assert app.button(key="use roles").disabled


def test_another_kind_converts_the_values(visit, data, store):
    app = use(edit(visit("data", dataset=data.id), age={"kind": "Category"}))
    assert not app.error
    changed = store.load_dataset(app.query_params["dataset"])
    assert changed.features["age"].kind is ColumnKind.CATEGORY


def test_a_kind_that_does_not_fit_is_told_and_nothing_changes(visit, data):
    app = use(edit(visit("data", dataset=data.id), town={"kind": "Number"}))
    assert not app.exception
    assert len(app.error) == 1
    assert app.query_params["dataset"] == data.id


def test_another_positive_class_can_be_chosen(visit, data, store):
    app = visit("data", dataset=data.id)
    positive = next(box for box in app.selectbox if box.label == "Positive class")
    assert positive.value == "yes"
    positive.select("no").run()
    use(app)
    assert store.load_dataset(app.query_params["dataset"]).labels == ("yes", "no")


def test_rows_without_a_target_come_back_with_another_target(visit, store, home, labelled):
    path = home / "gaps.csv"
    path.write_text(
        "a,b,c\n" + "".join(f"{n},{n % 2},{'' if n % 4 else n % 3}\n" for n in range(80))
    )
    app = visit("data")
    labelled(app.text_input, "Or the path of a file on this computer").set_value(str(path))
    labelled(app.form_submit_button, "Open").click().run()
    for target, other, rows in (("b", "c", 80), ("c", "b", 20), ("b", "c", 80)):
        app = edit(app, **{target: {"role": "Target"}, other: {"role": "Feature"}})
        if not app.button(key="use roles").disabled:
            app = use(app)
        assert store.load_dataset(app.query_params["dataset"]).n_rows == rows
        assert app.metric[0].value == "80"


def test_examples_of_long_texts_and_of_days_are_short_and_tell_that_they_are(tmp_path):
    path = tmp_path / "days.csv"
    path.write_text("day,text\n2018-03-01,A text that is rather long 1.\n2018-03-02,B\n")
    examples = columns_frame(read_table(path), None).set_index("column")["examples"]
    assert examples["day"] == "2018-03-01, 2018-03-02"
    assert examples["text"] == "A text that is rather l…, B"
