"""The first page, as a newcomer meets it."""

import pytest
from playwright.sync_api import expect


def test_the_home_page_says_what_the_playground_is(visitor):
    page = visitor.open()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator('[data-testid="stFileUploader"]').first).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_home_page(visit, colours):
    visitor = visit(color_scheme=colours)
    visitor.open()
    assert visitor.serious_faults() == []
