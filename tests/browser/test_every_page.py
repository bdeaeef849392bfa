"""What every page promises: it opens by its address, it is accessible, it shows text as text."""

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

PAGES = ("", "data", "profile", "recipe", "benchmark", "runs", "leaderboard", "curves",
         "explain", "studies", "ablation", "report")  # fmt: skip
FACES = ("<img src=x onerror='window.hacked=1'>", "![x](http://evil.example/x.png)")
NAMES = (
    "<script>window.hacked=1</script>",
    FACES[1],
    "[click](http://evil.example/)",
    "=HYPERLINK('http://evil.example')",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_without_a_data_set_says_what_comes_first(visitor, path):
    page = visitor.open(f"/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(page.locator('[data-testid="stMain"]').inner_text()) > 60


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(visit, finished, path, colours):
    visitor = visit(color_scheme=colours)
    page = visitor.open(f"/{path}{finished}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert visitor.serious_faults() == []


@pytest.mark.parametrize("path", ["data", "leaderboard", "report"])
def test_a_deep_link_right_after_boot_is_a_visit_like_any_other(
    serve, visit, playground, finished, path
):
    fresh = serve(home=playground.home)
    visitor = visit(url=fresh.url)
    page = visitor.open(f"/{path}{finished}")
    expect(page.get_by_role("heading", level=1)).to_have_text(path.capitalize())
    expect(page.locator('[data-testid="stSidebar"]').get_by_role("link")).not_to_have_count(0)
    assert "ML playground" in page.title()
    assert "Traceback" not in fresh.log.read_text()


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / f"{FACES[0]} ![x](evil).csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*NAMES, "outcome"])
        for row in range(60):
            label = FACES[row % 2]
            writer.writerow([row % 7, FACES[(row // 2) % 2], f"{NAMES[2]}{row % 3}", row, label])
    return path


@pytest.fixture(scope="module")
def hostile(playground, hostile_file) -> str:
    """Return the link to a finished experiment on a table of hostile names and levels."""
    return playground.run_experiment(hostile_file, "outcome", "decision_tree", "dummy", folds=2)


def assert_nothing_ran(page) -> None:
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src*='evil'], a[href*='evil'], img[src='x']").count() == 0


@pytest.mark.parametrize("path", PAGES)
def test_hostile_names_are_shown_as_text(visitor, hostile, path):
    page = visitor.open(f"/{path}{hostile}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    for tab in page.get_by_role("tab").all():
        tab.click()
        visitor.settle()
        page.wait_for_load_state("networkidle")
    assert_nothing_ran(page)


def test_a_hostile_file_can_be_uploaded_and_its_name_is_shown_as_it_stands(visitor, hostile_file):
    page = visitor.open()
    page.locator('input[type="file"]').first.set_input_files(hostile_file)
    expect(page.locator('[data-testid="stMain"]').get_by_text(FACES[0]).first).to_be_visible()
    assert_nothing_ran(page)


def test_the_report_on_hostile_names_runs_and_asks_for_nothing(visit, visitor, hostile, tmp_path):
    page = visitor.open(f"/report{hostile}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the report").click()
    path = tmp_path / "report.html"
    download.value.save_as(path)
    reader = visit(url="file://")
    requests, dialogs = [], []
    reader.page.on("request", lambda request: requests.append(request.url))
    reader.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    reader.page.goto(path.as_uri())
    reader.page.locator(".js-plotly-plot .main-svg").first.wait_for()
    reader.page.wait_for_load_state("networkidle")
    assert_nothing_ran(reader.page)
    assert dialogs == []
    assert [url for url in requests if not url.startswith(("data:", "blob:"))] == [path.as_uri()]


def test_files_to_download_hold_no_live_formula(visitor, hostile, tmp_path):
    page = visitor.open(f"/report{hostile}")
    for stem in ("leaderboard", "folds", "predictions", "splits"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"{stem}.csv").click()
        path = tmp_path / f"{stem}.csv"
        download.value.save_as(path)
        with path.open(newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    with page.expect_download() as download:
        page.get_by_role("button", name="experiment.json").click()
    download.value.save_as(tmp_path / "experiment.json")
    json.loads((tmp_path / "experiment.json").read_text())
