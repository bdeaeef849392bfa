"""An ablation from the click to its verdict, and what leaking would have shown."""

import pytest
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def compared(playground, shoppers) -> str:
    """Return the link to an experiment of its own, so that its ablations are in nobody's way."""
    models = ("logistic_regression", "knn")
    return playground.run_experiment(shoppers, "bought", *models, folds=4)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_an_ablation_is_started_watched_and_read(visit, compared, colours):
    visitor = visit(color_scheme=colours)
    page = visitor.open(f"/ablation{compared}")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", name="Ablation for 2 models")).to_be_visible()
    expect(page.get_by_role("heading", level=5)).to_contain_text("Standardise")
    expect(page.get_by_text("Standardise over 2 models")).to_be_visible()
    visitor.settle()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert visitor.serious_faults() == []
    page.get_by_role("link", name="Back to the experiment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leaderboard")


def test_what_leaking_would_have_shown_is_asked_for_and_read(visitor, compared):
    page = visitor.open(f"/ablation{compared}")
    page.get_by_text("Show what leaking would have shown").click()
    page.get_by_role("button", name="Go the wrong way once").click()
    expect(page.get_by_text("before the split (wrong)").first).to_be_visible()
    expect(page.get_by_text("prepared before the split it would have shown")).to_be_visible()
    expect(page.get_by_text("One step at a time")).to_be_visible()
    visitor.settle()
    assert visitor.serious_faults() == []


def test_a_narrow_window_shows_the_form_without_scrolling_sideways(visitor, compared):
    visitor.page.set_viewport_size({"width": 400, "height": 900})
    page = visitor.open(f"/ablation{compared}")
    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
