"""Data: the kept file read differently, seen before it is used; tables out of databases."""

import sqlite3

import openpyxl
import pytest

from lab.data import ReadOptions

CSV = b"price;town;bought\n" + b"".join(
    f"{row},{row % 10};{'Ulm' if row % 3 else 'Köln'};{'yes' if row % 2 else 'no'}\n".encode()
    for row in range(60)
)


@pytest.fixture
def uploaded(visit, home):
    def upload(name="customers.csv", content=CSV):
        app = visit()
        app.file_uploader[0].upload(name, content).run()
        assert not app.error
        return app.switch_page("pages/data.py").run()

    return upload


def setting(app, label):
    """Return a widget of the panel for the open file; the box for another file has it as well."""
    boxes = [*app.selectbox, *app.number_input]
    (found,) = [box for box in boxes if box.label == label and box.key.startswith("again")]
    return found


def has_reading(app):
    return any(button.key == "use reading" for button in app.button)


def test_a_setting_shows_at_once_what_the_file_becomes(uploaded, words, store):
    app = uploaded()
    assert not has_reading(app)
    before = app.query_params["dataset"]
    setting(app, "Delimiter").set_value("Comma ,").run()
    assert not app.exception
    assert "60 rows, 2 columns** instead of 60 rows, 3 columns" in words(app)
    assert "Columns that go: price, town, bought" in words(app)
    assert app.query_params["dataset"] == before
    assert store.load_dataset(before).table.schema.names == ("price", "town", "bought")


def test_a_reading_is_used_on_demand_and_roles_stay_where_they_fit(uploaded, store):
    app = uploaded()
    before = store.load_dataset(app.query_params["dataset"])
    setting(app, "Encoding").set_value("cp1252").run()
    app.button(key="use reading").click().run()
    assert not app.exception
    assert not app.error
    data = store.load_dataset(app.query_params["dataset"])
    assert data.roles == before.roles
    assert data.name == "customers"
    assert set(data.table.frame["town"]) == {"Ulm", "KÃ¶ln"}
    assert store.source(data.table.id).options == ReadOptions(encoding="cp1252")
    assert not has_reading(app)
    assert setting(app, "Encoding").value == "cp1252"


def test_of_a_large_file_the_beginning_is_read_again_and_all_of_it_when_it_is_used(
    uploaded, words, store, monkeypatch
):
    from pages._ui import rereading

    monkeypatch.setattr(rereading, "BEGINNING", 300)
    app = uploaded()
    setting(app, "Encoding").set_value("cp1252").run()
    assert "22 rows, 3 columns** in the first 300 bytes" in words(app)
    app.button(key="use reading").click().run()
    assert not app.exception
    assert store.load_dataset(app.query_params["dataset"]).n_rows == 60


def test_keeping_it_as_it_was_changes_nothing(uploaded):
    app = uploaded()
    before = dict(app.query_params)
    setting(app, "Delimiter").set_value("Tab").run()
    app.button(key="drop reading").click().run()
    assert dict(app.query_params) == before
    assert setting(app, "Delimiter").value == "Guess"
    assert not has_reading(app)


def test_a_reading_that_fails_is_told_and_cannot_be_used(uploaded):
    app = uploaded()
    setting(app, "Encoding").set_value("utf-16").run()
    assert not app.exception
    assert len(app.error) == 1
    assert app.button(key="use reading").disabled
    app.button(key="drop reading").click().run()
    assert not app.error


def test_another_sheet_is_chosen_from_their_names(uploaded, tmp_path, words, store):
    book = openpyxl.Workbook()
    for name, rows in (("one", 12), ("two", 20)):
        sheet = book.create_sheet(name)
        sheet.append(["x", name])
        for row in range(rows):
            sheet.append([row * 1.5, "a" if row % 2 else "b"])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "book.xlsx")
    app = uploaded("book.xlsx", (tmp_path / "book.xlsx").read_bytes())
    assert setting(app, "Sheet").options == ["one", "two"]
    assert not any(box.key.startswith("again") and box.label == "Delimiter"
                   for box in app.selectbox)  # fmt: skip
    setting(app, "Sheet").set_value("two").run()
    assert "20 rows, 2 columns** instead of 12 rows" in words(app)
    app.button(key="use reading").click().run()
    assert store.load_dataset(app.query_params["dataset"]).table.schema.names == ("x", "two")


def test_the_file_stays_with_a_table_of_other_kinds_and_goes_with_it(uploaded, store):
    app = uploaded()
    key = app.data_editor[0].key
    app.session_state[key] = {
        "edited_rows": {0: {"kind": "Category"}}, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    app.run()
    app.button(key="use roles").click().run()
    data = store.load_dataset(app.query_params["dataset"])
    assert store.source_path(data.table.id).read_bytes() == CSV
    assert setting(app, "Delimiter").value == "Guess"
    store.clean(0)
    assert not store.source_path(data.table.id).exists()


def test_a_shipped_table_has_no_file_to_read_differently(visit, home):
    app = visit()
    app.button(key="sample penguins").click().run()
    app.switch_page("pages/data.py").run()
    assert not any(box.key.startswith("again") for box in app.selectbox)


@pytest.fixture
def shop(tmp_path):
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE orders (price REAL, town TEXT, bought TEXT)")
        rows = [(n / 4, "Ulm" if n % 3 else "Bonn", "yes" if n % 2 else "no") for n in range(60)]
        connection.executemany("INSERT INTO orders VALUES (?,?,?)", rows)
        connection.execute("CREATE TABLE towns AS SELECT DISTINCT town FROM orders")
    connection.close()
    return path


@pytest.mark.parametrize("page", ["home", "data"])
def test_a_table_of_a_database_becomes_the_current_data_set(
    visit, home, shop, store, page, labelled
):
    pytest.importorskip("sqlalchemy")
    app = visit(page)
    app.text_input(key="db address").set_value(f"sqlite:///{shop}")
    send = labelled(app.form_submit_button, "Read from the database")
    send.click().run()
    assert len(app.error) == 1
    assert "orders, towns" in app.error[0].value
    app.text_input(key="db table").set_value("orders")
    labelled(app.form_submit_button, "Read from the database").click().run()
    assert not app.exception
    assert not app.error
    assert store.load_dataset(app.query_params["dataset"]).n_rows == 60


def test_a_password_stays_nowhere(visit, home, shop):
    app = visit("data")
    app.text_input(key="db address").set_value("postgresql://me@127.0.0.1:1/shop")
    (field,) = [box for box in app.text_input if box.label == "Password"]
    field.set_value("top-secret")
    (send,) = [b for b in app.form_submit_button if b.label == "Read from the database"]
    send.click().run()
    assert len(app.error) == 1
    assert "top-secret" not in app.error[0].value
    (field,) = [box for box in app.text_input if box.label == "Password"]
    assert field.value == ""
    files = [path for path in home.rglob("*") if path.is_file()]
    assert not any(b"top-secret" in path.read_bytes() for path in files)
