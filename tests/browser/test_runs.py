"""The list of runs in a real browser: a row is chosen, its run is paused, a run is deleted."""

from playwright.sync_api import expect

from lab.benchmark import cancel, pause, start, wait
from lab.store import JobState

SLOW = ("random_forest.n_estimators=5000",)


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


def test_a_click_on_a_run_that_was_just_started_elsewhere_is_answered(serve, visit, shoppers):
    playground = serve()
    link = playground.start_experiment(
        shoppers, "bought", "dummy", "random_forest", settings=SLOW, folds=3
    )
    experiment_id = link.rpartition("=")[2]
    pause(playground.store, experiment_id)
    wait(playground.store, experiment_id)
    page = visit(url=playground.url).open("/runs")
    choose_row(page, 0)
    button = page.get_by_role("button", name="Open", exact=True)
    expect(button).to_be_visible()
    page.wait_for_timeout(1100)
    start(playground.store, experiment_id)
    button.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Benchmark")


def test_two_tabs_watch_a_run_that_one_of_them_pauses_and_the_other_resumes(serve, visit, shoppers):
    playground = serve()
    link = playground.start_experiment(
        shoppers, "bought", "dummy", "random_forest", settings=SLOW, folds=20
    )
    first, second = (visit(url=playground.url).open(f"/benchmark{link}") for _ in range(2))
    listed = visit(url=playground.url).open("/runs")
    choose_row(listed, 0)
    first.get_by_role("button", name="Pause").click()
    for page in (first, second, listed):
        expect(page.get_by_role("button", name="Resume")).to_be_visible(timeout=20_000)
    second.get_by_role("button", name="Resume").click()
    for page in (second, first, listed):
        expect(page.get_by_role("button", name="Pause")).to_be_visible(timeout=20_000)
    cancel(playground.store, link.rpartition("=")[2])
