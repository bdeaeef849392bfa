"""The list of runs in a real browser: a row is chosen, its run is paused, a run is deleted."""

from playwright.sync_api import expect

from lab.benchmark import wait
from lab.store import JobState

SLOW = ("random_forest.n_estimators=2000",)


def choose_row(page, row):
    """Tick a row of the table of runs, which is drawn on a canvas."""
    table = page.locator('[data-testid="stDataFrame"]').first
    table.wait_for()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 16, box["y"] + 36 * (row + 1.5))


def test_a_run_is_paused_and_deleted_from_the_list(serve, visit, shoppers):
    playground = serve()
    kept = playground.run_experiment(shoppers, "bought", "dummy", "decision_tree", folds=2)
    link = playground.start_experiment(
        shoppers, "bought", "dummy", "random_forest", settings=SLOW, folds=3
    )
    experiment_id = link.rpartition("=")[2]
    visitor = visit(url=playground.url)
    page = visitor.open("/runs")
    choose_row(page, 0)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    assert wait(playground.store, experiment_id).state is JobState.PAUSED

    page.get_by_role("button", name="Delete", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("This deletes 1 run")).to_be_visible()
    assert visitor.serious_faults() == []
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    assert len(playground.store.experiments()) == 2

    page.get_by_role("button", name="Delete", exact=True).click()
    dialog.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("freed")).to_be_visible()
    (left,) = playground.store.experiments()
    assert left.id == kept.rpartition("=")[2]
    assert "Traceback" not in playground.log.read_text()
