"""A telephone: a narrow screen that is touched, with the sidebar folded."""

import pytest
from playwright.sync_api import expect

BROWSER = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile "
    "Safari/537.36"
)


@pytest.fixture
def telephone(visit):
    visitor = visit(has_touch=True, is_mobile=True, user_agent=BROWSER)
    visitor.page.set_viewport_size({"width": 420, "height": 900})
    return visitor


def test_the_next_step_is_seen_without_the_sidebar(telephone, finished):
    page = telephone.open(f"/leaderboard{finished}")
    link = page.locator('[data-testid="stMain"]').get_by_role("link", name="See the curves")
    link.scroll_into_view_if_needed()
    expect(link).to_be_in_viewport()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Curves")


def test_no_toolbar_stays_over_a_chart_where_nothing_hovers(telephone, finished):
    page = telephone.open(f"/leaderboard{finished}")
    page.locator(".js-plotly-plot .plot-container").first.wait_for()
    expect(page.locator(".modebar")).to_have_count(0)


def test_a_toolbar_is_there_for_a_mouse(visitor, finished):
    page = visitor.open(f"/leaderboard{finished}")
    page.locator(".js-plotly-plot .plot-container").first.hover()
    expect(page.locator(".modebar").first).to_be_visible()
