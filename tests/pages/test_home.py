"""Home: ways in for data, and the way to a leaderboard in three clicks."""

import gzip

import pytest

from lab.base import Task

CSV = b"age,town,bought\n" + b"".join(
    f"{20 + row % 50},{'Ulm' if row % 3 else 'Bonn'},{'yes' if row % 2 else 'no'}\n".encode()
    for row in range(60)
)


def upload(visit, name, content):
    app = visit()
    app.file_uploader[0].upload(name, content).run()
    return app


@pytest.mark.usefixtures("home")
def test_an_upload_becomes_the_current_data_set(visit, store, words):
    app = upload(visit, "customers.csv", CSV)
    assert not app.exception
    assert not app.error
    assert [info.name for info in store.datasets()] == ["customers"]
    assert app.query_params["dataset"] == store.datasets()[0].id
    assert "60 rows, 3 columns" in words(app)
    assert app.selectbox[0].value == "bought"


@pytest.mark.usefixtures("home")
def test_an_upload_leaves_nothing_where_it_was_read(visit, store):
    upload(visit, "customers.csv.gz", gzip.compress(CSV))
    assert not list((store.workspace.root / "reading").iterdir())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("header.csv", b"a,b,c\n"),
        ("ragged.csv", b"a,b\n1,2\n1,2,3,4,5\n" * 30),
        ("not-a-table.parquet", b"PAR1 nonsense"),
        ("bomb.xlsx", b"PK\x03\x04 nonsense"),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_bad_file_gets_a_sentence_and_the_app_goes_on(visit, name, content):
    app = upload(visit, name, content)
    assert not app.exception
    assert len(app.error) <= 1
    if app.error:
        assert "Traceback" not in app.error[0].value
    app.file_uploader[0].upload("customers.csv", CSV).run()
    assert not app.exception
    assert not app.error


@pytest.mark.usefixtures("home")
def test_a_table_without_a_sound_target_stays_open_and_leads_on(visit, words):
    app = upload(visit, "one.csv", b"a\n1\n2\n3\n" * 20)
    assert len(app.error) == 1
    assert "table" in app.query_params
    assert "dataset" not in app.query_params
    app.switch_page("pages/data.py").run()
    assert not app.exception
    assert "Columns" in words(app)


@pytest.mark.usefixtures("home")
def test_a_file_name_that_attacks_is_shown_as_text(visit, words):
    app = upload(visit, "![x](http://evil/x.png)<script>.csv", CSV)
    assert not app.error
    assert "![x]" not in words(app)


def test_another_target_makes_another_data_set(visit, data, store):
    app = visit(dataset=data.id)
    app.selectbox[0].select("size").run()
    assert not app.error
    changed = store.load_dataset(app.query_params["dataset"])
    assert (changed.roles.target, changed.roles.task.value) == ("size", "multiclass")


def test_a_target_that_does_not_fit_is_told_and_the_old_one_stays(visit, data):
    app = visit(dataset=data.id)
    app.selectbox[1].set_value(Task.REGRESSION).run()
    assert len(app.error) == 1
    assert app.query_params["dataset"] == data.id
    assert app.selectbox[1].value is Task.BINARY


@pytest.mark.usefixtures("home")
def test_a_shipped_data_set_opens_with_its_roles(visit, store):
    app = visit()
    app.button(key="sample penguins").click().run()
    assert not app.error
    assert store.load_dataset(app.query_params["dataset"]).roles.target == "species"


def test_recent_experiments_lead_to_their_leaderboard(visit, finished):
    app = visit()
    labels = [link.proto.label for link in app.get("page_link")]
    assert sum("a first look" in label for label in labels) == 3
    assert finished


@pytest.mark.usefixtures("home")
def test_a_file_of_this_computer_is_read_by_its_path(visit, store, tmp_path, labelled):
    path = tmp_path / "large.csv"
    path.write_bytes(CSV)
    app = visit("data")
    labelled(app.text_input, "Or the path of a file on this computer").set_value(str(path))
    labelled(app.form_submit_button, "Open").click().run()
    assert not app.exception
    assert not app.error
    assert [info.name for info in store.datasets()] == ["large"]


@pytest.mark.usefixtures("home")
def test_a_path_that_leads_nowhere_is_told(visit, labelled):
    app = visit("data")
    labelled(app.text_input, "Or the path of a file on this computer").set_value(
        "/nowhere/at/all.csv"
    )
    labelled(app.form_submit_button, "Open").click().run()
    assert len(app.error) == 1
