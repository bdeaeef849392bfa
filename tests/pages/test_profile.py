"""The page on which a table is looked at: its verdict and its tabs."""

import pytest

from lab.base import Task
from lab.data import SAMPLES, AssociationMethod, Roles, load_sample, make_dataset, sample_roles

TITLES = ["One column", "Two columns", "Together", "Missing", "Outliers", "Map", "Duplicates"]
TASKS = ("binary", "multiclass", "regression")
HOSTILE = "![x](http://evil.example/x.png)"


@pytest.fixture
def sample(store):
    """Return a function that keeps a shipped table as a data set and gives its id."""

    def keep(key: str) -> str:
        data = make_dataset(load_sample(key), sample_roles(key), name=key)
        store.save_dataset(data)
        return data.id

    return keep


@pytest.fixture
def look(visit):
    """Return a function that opens one tab of the page."""

    def open_tab(title: str, **ids: str):
        app = visit("profile", **ids)
        app.session_state["profile tabs"] = title
        app.run()
        assert not app.exception
        assert not app.error
        return app

    return open_tab


def charts(app) -> int:
    return len(app.get("plotly_chart"))


def box(app, label: str):
    return next(one for one in app.selectbox if one.label == label)


def test_the_page_begins_with_what_the_table_is(visit, data, words):
    told = words(visit("profile", dataset=data.id))
    assert "120 rows and 5 features to predict bought: 2 classes" in told
    assert "age (0." in told


def test_the_tab_on_time_is_there_only_with_dates(visit, data, sample):
    app = visit("profile", dataset=data.id)
    assert [tab.label for tab in app.tabs] == TITLES
    app = visit("profile", dataset=sample("chicago_ridership"))
    assert "Over time" in [tab.label for tab in app.tabs]


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("title", TITLES)
def test_every_tab_shows_something_at_once(look, finished, task, title):
    app = look(title, dataset=finished[task]["dataset"])
    shown = charts(app) + len(app.metric) - 3
    assert shown >= 1
    if title != "Duplicates":
        assert charts(app) >= 1


def test_only_the_open_tab_is_computed(look, data):
    app = look("Map", dataset=data.id)
    assert charts(app) == 1
    assert not [one for one in app.selectbox if one.label == "Column"]


def test_the_first_tab_begins_with_the_target_and_follows_the_choice(look, data):
    app = look("One column", dataset=data.id)
    assert box(app, "Column").value == "bought"
    assert charts(app) == 1
    box(app, "Column").select("age").run()
    assert not app.exception
    assert charts(app) == 2
    statistics = app.dataframe[-1].value
    assert statistics["statistic"].tolist()[:4] == ["Rows with a value", "Missing", "Mean",
                                                    "Standard deviation"]  # fmt: skip


@pytest.mark.parametrize("column", ["town", "<script>alert(1)</script>", "size", "spent"])
def test_any_column_can_be_looked_at(look, data, column):
    app = look("One column", dataset=data.id)
    box(app, "Column").select(column).run()
    assert not app.exception
    assert charts(app) >= 1


def test_statistics_of_all_columns_are_shown_by_kind_on_demand(look, data):
    app = look("One column", dataset=data.id)
    before = len(app.dataframe)
    app.session_state["all statistics"] = True
    app.run()
    assert not app.exception
    assert len(app.dataframe) == before + 3
    numbers = app.dataframe[before].value
    assert numbers["column"].tolist() == ["age", "<script>alert(1)</script>", "spent"]


def test_a_skewed_target_gets_the_advice_of_a_logarithm(look, sample):
    app = look("One column", dataset=sample("ames_housing"))
    assert any("skewed to the right" in one.value for one in app.info)


@pytest.mark.parametrize(
    ("x", "y", "told"),
    [("age", "spent", ("Pearson", "A dot a row")),
     ("town", "age", ("correlation ratio", "The box holds")),
     ("age", "town", ("correlation ratio", "The box holds")),
     ("town", "size", ("Cramér's V", "its share of the row"))],
)  # fmt: skip
def test_two_columns_of_any_kinds_get_a_chart_and_a_measure(look, data, words, x, y, told):
    app = look("Two columns", dataset=data.id)
    box(app, "First column").select(x).run()
    box(app, "Second column").select(y).run()
    assert not app.exception
    assert charts(app) == 1
    assert all(word in words(app) for word in told)


@pytest.mark.parametrize(
    "measure",
    ["pearson", "spearman", "cramers_v", "correlation_ratio", "mutual_information", "mixed"],
)
def test_every_measure_can_be_chosen(look, data, measure):
    app = look("Together", dataset=data.id)
    app.session_state["association measure"] = AssociationMethod(measure)
    app.run()
    assert not app.exception
    assert charts(app) == 2


def test_up_to_five_numbers_are_paired(look, data, words):
    app = look("Together", dataset=data.id)
    app.multiselect(key="paired columns").set_value(["age", "spent"]).run()
    assert charts(app) == 2
    app.multiselect(key="paired columns").set_value(["age"]).run()
    assert charts(app) == 1
    assert "Choose at least two" in words(app)


def test_missing_values_are_told_with_their_tests(look, sample, words):
    app = look("Missing", dataset=sample("credit_scoring"))
    told = words(app)
    assert "columns with missing values in" in told
    assert "Does it depend on" in told
    assert charts(app) == 3


def test_a_full_table_is_said_to_be_full(look, sample):
    app = look("Missing", dataset=sample("concrete_strength"))
    assert any("No value is missing" in one.value for one in app.success)


def test_unusual_rows_are_listed_with_reasons(look, sample):
    app = look("Outliers", dataset=sample("ames_housing"))
    table = next(one.value for one in app.dataframe if "why" in one.value)
    assert len(table) == 10
    assert table["why"].str.len().min() > 3


def test_the_map_says_what_its_axes_are_made_of(look, sample, words):
    told = words(look("Map", dataset=sample("penguins")))
    assert "First component: " in told
    assert "of the variance" in told


def test_numbers_and_rows_are_shown_over_time(look, sample, words):
    app = look("Over time", dataset=sample("chicago_ridership"))
    assert "by month from 2001-01" in words(app)
    box(app, "What").select("").run()
    assert not app.exception
    assert charts(app) == 1


def test_contradicting_rows_are_counted_and_shown(look, store, home, words):
    path = home / "twice.csv"
    lines = [f"{n % 20}.5,{'xy'[n % 2]},{'yes' if n < 40 else 'no'}" for n in range(60)]
    path.write_text("a,b,c\n" + "\n".join(lines) + "\n")
    from lab.data import read_table

    data = make_dataset(read_table(path), Roles(target="c", task=Task.BINARY), name="twice")
    store.save_dataset(data)
    app = look("Duplicates", dataset=data.id)
    values = {one.label: one.value for one in app.metric}
    assert values["Rows that repeat another"] == "20"
    assert values["Rows that contradict another"] == "60"
    assert "right in more than 66.67%" in words(app)
    assert len(app.dataframe) == 3


@pytest.mark.parametrize("title", TITLES)
def test_hostile_names_are_shown_as_they_stand(look, data, words, title):
    assert HOSTILE not in words(look(title, dataset=data.id)).replace("\\", "\\\\")


@pytest.mark.parametrize("key", [entry.key for entry in SAMPLES])
def test_every_shipped_table_has_a_verdict(visit, sample, words, key):
    app = visit("profile", dataset=sample(key))
    assert not app.exception
    assert " to predict " in words(app)
