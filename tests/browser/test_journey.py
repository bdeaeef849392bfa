"""The main job, as a person does it: from an uploaded file to a report."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def follow(page: Page, name: str) -> None:
    """Go to a page by the navigation in the sidebar."""
    sidebar = page.locator('[data-testid="stSidebar"]')
    sidebar.get_by_role("link", name=name, exact=True).click()
    heading(page, name)


def test_an_uploaded_file_becomes_a_leaderboard_curves_importances_and_a_report(
    visitor, visit, shoppers, tmp_path
):
    table = tmp_path / "customers.csv"  # one that no other test has run models on
    table.write_text("".join(shoppers.read_text().splitlines(keepends=True)[:150]))
    page = visitor.open()
    page.locator('input[type="file"]').first.set_input_files(table)
    choose_target(page, "bought")
    page.get_by_role("button", name="Compare models").click()
    heading(page, "Benchmark")
    page.get_by_text("Finished", exact=True).first.wait_for()
    page.get_by_role("button", name="Open the leaderboard").click()
    heading(page, "Leaderboard")
    expect(page.locator('[data-testid="stDataFrame"]').first).to_be_visible()
    expect(page.get_by_text(re.compile("highest ROC AUC|told apart")).first).to_be_visible()
    follow(page, "Curves")
    expect(page.locator(".js-plotly-plot .legendtext, .js-plotly-plot text").first).to_be_visible()
    explain(page)
    check_report(download_report(page, tmp_path), visit, tmp_path)


def choose_target(page: Page, name: str) -> None:
    target = page.get_by_role("combobox", name="What is predicted (target)")
    target.click()
    page.get_by_role("option", name=name).click()
    card = page.locator('[data-testid="stSidebar"]')
    expect(card.get_by_text(f"predicts {name}")).to_be_visible()


def explain(page: Page) -> None:
    follow(page, "Explain")
    page.get_by_role("button", name="Explain this candidate").click()
    expect(page.get_by_text(re.compile("relies most on"))).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def download_report(page: Page, folder: Path) -> Path:
    follow(page, "Report")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the report").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def check_report(path: Path, visit, folder: Path) -> None:
    """Open the report without a server: it draws its charts and asks for nothing."""
    assert path.suffix == ".html"
    assert 100_000 < path.stat().st_size < 6_000_000
    reader = visit(url="file://")
    requests: list[str] = []
    reader.page.on("request", lambda request: requests.append(request.url))
    reader.page.goto(path.as_uri())
    heading_text = reader.page.locator("h1").first
    expect(heading_text).to_be_visible()
    reader.page.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert [url for url in requests if not url.startswith(("data:", "blob:"))] == [path.as_uri()]


def test_a_reload_looks_the_same(visitor, finished):
    page = visitor.open(f"/leaderboard{finished}")
    verdict = page.get_by_text(re.compile("highest ROC AUC|told apart")).first.inner_text()
    page.reload()
    visitor.settle()
    expect(page.get_by_text(verdict).first).to_be_visible()


def test_a_run_is_found_again_after_a_reload_and_from_a_second_window(visit, playground, shoppers):
    visitor = visit()
    models = ("mlp", "random_forest", "extra_trees")
    link = playground.start_experiment(shoppers, "bought", *models, repeats=40)
    page = visitor.open(f"/benchmark{link}")
    running = "Running"
    expect(page.get_by_text(running, exact=True).first).to_be_visible()
    page.reload()
    expect(page.get_by_text(running, exact=True).first).to_be_visible()
    other = visit().open()
    experiment = link.rpartition("=")[2]
    other.locator(f'[data-testid="stMain"] a[href*="{experiment}"]').first.click()
    heading(other, "Benchmark")
    expect(other.get_by_text(running, exact=True).first).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    for window in (page, other):
        expect(window.get_by_text(re.compile("^Stopped")).first).to_be_visible()
