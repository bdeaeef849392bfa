"""What every page promises, whatever is open."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("home", "data", "profile", "recipe", "benchmark", "runs", "leaderboard", "curves",
         "explain", "studies", "ablation", "report")  # fmt: skip
HOSTILE = "![x](http://evil.example/x.png)"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("home")
def test_without_a_data_set_a_page_says_what_comes_first(visit, name, words):
    app = visit(name)
    assert not app.exception
    assert len(words(app)) > 100
    assert name in {"home", "runs"} or "No data set is open yet" in words(app)


@pytest.mark.parametrize("name", PAGES)
def test_with_a_data_set_a_page_shows_it_or_leads_to_a_benchmark(visit, name, data, words):
    app = visit(name, dataset=data.id)
    assert not app.exception
    assert not app.error
    leads = name in {"leaderboard", "curves", "explain", "studies", "ablation", "report"}
    assert ("No models have been compared" in words(app)) == leads


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
@pytest.mark.parametrize("name", PAGES)
def test_with_a_finished_experiment_a_page_shows_it(visit, name, task, finished):
    app = visit(name, **finished[task])
    assert not app.exception
    assert not app.error
    assert app.title[0].value


@pytest.mark.parametrize("name", PAGES)
def test_an_experiment_alone_in_the_url_brings_its_data_set(visit, name, finished):
    ids = finished["binary"]
    app = visit(name, experiment=ids["experiment"])
    assert app.query_params["dataset"] == ids["dataset"]
    assert app.query_params["experiment"] == ids["experiment"]
    assert not app.error


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("key", ["table", "dataset", "experiment"])
@pytest.mark.usefixtures("home")
def test_an_unknown_id_is_told_in_one_sentence(visit, name, key):
    app = visit("home", **{key: "../../../etc/passwd"})
    assert not app.exception
    assert len(app.error) == 1
    assert key not in app.query_params
    app.switch_page(f"pages/{name}.py").run()
    assert not app.exception


@pytest.mark.parametrize("name", PAGES)
def test_names_from_data_never_become_markdown(visit, name, finished, words):
    app = visit(name, **finished["binary"])
    shown = words(app) + "".join(str(link.proto.label) for link in app.get("page_link"))
    assert HOSTILE not in shown
    assert "<script>" not in shown.replace("\\<", "")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_file_begins_with_the_door_check_and_ends_with_the_next_step(name):
    tree = ast.parse((ROOT / "pages" / f"{name}.py").read_text())
    calls = [
        node.value.func.id
        for node in tree.body
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
    ]
    assert calls[0] == "open_page"
    assert calls[-1] == "close_page"


def test_every_page_file_is_in_the_navigation():
    files = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__"}
    assert files == set(PAGES)
    assert all(f"pages/{name}.py" in (ROOT / "app.py").read_text() for name in files)
