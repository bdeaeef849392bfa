"""A study from the click to its advice, in light and dark, wide and narrow."""

import pytest
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def studied(playground, shoppers) -> str:
    """Return the link to an experiment of its own, so that its studies are in nobody's way."""
    models = ("decision_tree", "dummy")
    return playground.run_experiment(shoppers, "bought", *models, folds=4)


def test_a_learning_curve_is_started_watched_and_read(visitor, studied):
    page = visitor.open(f"/studies{studied}")
    page.get_by_role("button", name="Start the study").click()
    expect(page.get_by_role("heading", name="Learning curve of decision_tree")).to_be_visible()
    expect(page.get_by_text("24 of 24 fits finished")).to_be_visible()
    visitor.settle()
    expect(page.get_by_role("heading", level=5)).to_contain_text("ore data would")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    page.get_by_role("link", name="Back to the experiment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leaderboard")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("kind", ["Validation curve", "Repeated seeds"])
def test_axe_finds_nothing_serious_on_a_finished_study(visit, studied, kind, colours):
    visitor = visit(color_scheme=colours)
    page = visitor.open(f"/studies{studied}")
    page.get_by_role("radiogroup").get_by_text(kind).click()
    visitor.settle()
    page.get_by_role("button", name="Start the study").click()
    expect(page.get_by_role("heading", name=f"{kind} of decision_tree")).to_be_visible()
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert visitor.serious_faults() == []


def test_a_narrow_window_shows_a_study_without_scrolling_sideways(visitor, studied):
    visitor.page.set_viewport_size({"width": 420, "height": 900})
    page = visitor.open(f"/studies{studied}")
    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
