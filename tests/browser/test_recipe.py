"""One's own recipe, as a person builds it: steps found and ordered, shared, and run."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from lab.base import Task
from lab.cli.planning import request_dataset
from lab.cli.request import RunRequest
from lab.data import read_table
from lab.recipes import preset_recipe, recipe_from_json
from visiting import SETTLED

ALL_STEPS = re.compile(r"^(\d+) of \1 steps")
"""What the list of steps says as long as no word narrows it: it has every title already."""


@pytest.fixture
def houses(playground, tmp_path) -> str:
    """Return the link to a table of prices that no other test looks at."""
    rng = np.random.default_rng(8)
    size = rng.gamma(4, 30, 200).round()
    town = rng.choice(["<img src=x onerror='window.hacked=1'>", "Graz", "Turku"], 200)
    price = np.exp(5 + size / 150 + (town == "Graz") * 0.3 + rng.normal(0, 0.1, 200)).round()
    frame = pd.DataFrame({"size": size, "town": town, "rooms": rng.poisson(3, 200), "price": price})
    frame.loc[::7, "size"] = np.nan
    path = tmp_path / f"houses{len(list(playground.home.glob('tables/*')))}.csv"
    frame.to_csv(path, index=False)
    asked = RunRequest(name="houses", target="price", task=Task.REGRESSION)
    dataset = request_dataset(read_table(path), asked)
    playground.store.save_dataset(dataset)
    return f"?dataset={dataset.id}"


def add(page: Page, words: str, title: str) -> None:
    """Find a step by words and add it."""
    page.get_by_role("button", name="Add a step").click()
    dialog = page.get_by_role("dialog")
    search = dialog.get_by_role("textbox", name="Search")
    search.fill(words)
    search.press(
        "Enter"
    )  # else the click below ends the entry, and the list is drawn anew under it
    expect(dialog.get_by_text(ALL_STEPS)).not_to_be_visible()
    expect(dialog.get_by_text(title, exact=True).first).to_be_visible()
    page.wait_for_selector(SETTLED)
    dialog.get_by_text(title, exact=True).first.click()
    button = dialog.get_by_role("button", name=f"Add “{title}”")
    button.click()
    try:
        expect(dialog).not_to_be_visible(timeout=15_000)
    except AssertionError:  # the click met a list that was being drawn anew: people click again
        button.click()
    expect(dialog).not_to_be_visible()
    expect(card(page, title)).to_be_visible()


def card(page: Page, title: str):
    return page.locator("[class*='st-key-step-card']").filter(
        has_text=re.compile(rf"\d+\. {re.escape(title)}")
    )


def test_a_recipe_is_built_shared_and_run(visitor, houses, playground, tmp_path):
    page = visitor.open(f"/recipe{houses}")
    page.get_by_role("radiogroup").get_by_text("For linear models", exact=True).click()
    page.get_by_role("button", name="Change these steps").click()
    expect(page.get_by_role("button", name="Add a step")).to_be_visible()
    add(page, "log target", "Logarithm of the target")
    add(page, "0 to 1", "Scale to 0 to 1")
    visitor.settle()  # else the click meets a card that is drawn anew under it
    place = page.get_by_text(re.compile(r"^\d+\. Standardise$")).inner_text().split(".")[0]
    card(page, "Scale to 0 to 1").get_by_role("button", name="Up").click()
    expect(page.get_by_text(f"{place}. Scale to 0 to 1", exact=True)).to_be_visible()
    visitor.settle()
    titles = page.locator("[class*='st-key-step-card'] strong").all_inner_texts()
    order = [title.partition(". ")[2] for title in titles]
    assert order.index("Scale to 0 to 1") + 1 == order.index("Standardise")
    assert order[-1] == "Logarithm of the target"
    path = share(page, tmp_path)
    page.reload()
    visitor.settle()
    expect(card(page, "Logarithm of the target")).to_be_visible()
    assert_kept(playground.store, path)
    run(page)


def share(page: Page, folder: Path) -> Path:
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    return path


def assert_kept(store, path: Path) -> None:
    """The file is what the workspace keeps, and what the command line reads."""
    recipe = recipe_from_json(path.read_text())
    assert recipe in [kept.recipe for kept in store.recipes()]
    assert json.loads(path.read_text())["title"] == recipe.title


def run(page: Page) -> None:
    page.get_by_role("link", name="Benchmark", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Benchmark")).to_be_visible()
    page.get_by_role("radio", name="Fast").or_(page.get_by_text("Fast", exact=True)).first.click()
    page.get_by_role("button", name="Start the benchmark").click()
    page.get_by_text("Finished", exact=True).first.wait_for()
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)


def test_a_shared_file_is_brought_in(visitor, houses, tmp_path):
    from lab.recipes import recipe_to_json

    path = tmp_path / "shared.json"
    path.write_text(recipe_to_json(preset_recipe("trees")).replace("For trees", "From a friend"))
    page = visitor.open(f"/recipe{houses}")
    page.get_by_role("button", name="Bring in").click()
    dialog = page.get_by_role("dialog")
    dialog.locator('input[type="file"]').set_input_files(path)
    dialog.get_by_role("button", name="Bring it in").click()
    expect(dialog).not_to_be_visible()
    expect(card(page, "Fill with the median")).to_be_visible()
    expect(page.get_by_role("radiogroup").get_by_text("From a friend").first).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_an_own_recipe_is_accessible_and_shows_hostile_levels_as_text(visit, houses, colours):
    visitor = visit(color_scheme=colours)
    page = visitor.open(f"/recipe{houses}")
    page.get_by_role("radiogroup").get_by_text("For linear models", exact=True).click()
    page.get_by_role("button", name="Change these steps").click()
    card(page, "One-hot").get_by_role("button", name="Edit").click()
    expect(card(page, "One-hot").get_by_role("button", name="Done")).to_be_visible()
    visitor.settle()
    box = page.get_by_role("combobox", name="Look at")
    box.click()
    box.fill("One-hot")
    box.press("Enter")
    expect(page.get_by_text(re.compile("^Makes 3 columns"))).to_be_visible()
    page.get_by_text("Work it out", exact=True).click()
    expect(page.get_by_text(re.compile("training rows of its own fold only"))).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert visitor.serious_faults() == []
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src='x']").count() == 0
    page.get_by_role("button", name="Add a step").click()
    expect(page.get_by_role("dialog").get_by_text("Missing values").first).to_be_visible()
    assert visitor.serious_faults() == []
