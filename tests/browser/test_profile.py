"""The tabs of the page on which a table is looked at: accessible, and within their window."""

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

from lab.base import Task
from lab.data import Roles, make_dataset, read_table

TABS = ("One column", "Two columns", "Together", "Missing", "Outliers", "Map", "Over time",
        "Duplicates")  # fmt: skip


@pytest.fixture(scope="module")
def dated(playground, tmp_path_factory) -> str:
    """Return the link to a table of every kind with gaps, dates and repeated rows."""
    rng = np.random.default_rng(5)
    n = 200
    frame = pd.DataFrame(
        {
            "day": pd.date_range("2023-01-01", periods=n, freq="D").strftime("%Y-%m-%d"),
            "age": rng.normal(45, 12, n).round(1),
            "income": rng.gamma(2, 900, n).round(),
            "town": rng.choice(["Lyon", "Graz", "Turku"], n),
        }
    )
    frame["bought"] = np.where(frame["age"] + rng.normal(0, 8, n) > 45, "yes", "no")
    frame.loc[::7, ["age", "income"]] = np.nan
    frame = pd.concat([frame, frame.head(3)])
    path = tmp_path_factory.mktemp("dated") / "dated.csv"
    frame.to_csv(path, index=False)
    data = make_dataset(read_table(path), Roles(target="bought", task=Task.BINARY), name="dated")
    playground.store.save_dataset(data)
    return f"/profile?dataset={data.id}"


def open_tab(visitor, page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    visitor.settle()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious_in_any_tab(visit, dated, colours):
    visitor = visit(color_scheme=colours)
    page = visitor.open(dated)
    for name in TABS:
        open_tab(visitor, page, name)
        kind = "metric" if name == "Duplicates" else "plotly"
        shown = ".js-plotly-plot .main-svg" if kind == "plotly" else '[data-testid="stMetric"]'
        expect(page.locator(shown).first).to_be_visible()
        assert visitor.serious_faults() == [], name


def test_a_narrow_window_shows_every_tab_without_scrolling_sideways(visitor, dated):
    visitor.page.set_viewport_size({"width": 400, "height": 900})
    page = visitor.open(dated)
    for name in TABS:
        open_tab(visitor, page, name)
        main = page.locator('[data-testid="stMain"]')
        assert main.evaluate("one => one.scrollWidth <= one.clientWidth"), name


def test_another_measure_and_another_column_are_drawn(visitor, dated):
    page = visitor.open(dated)
    open_tab(visitor, page, "Together")
    page.get_by_role("radiogroup").get_by_text("Spearman").click()
    visitor.settle()
    expect(page.get_by_text("the correlation of their ranks")).to_be_visible()
