"""A real playground and a real browser: every visit fails on errors in page, console or server."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from served import SECONDS, Playground, start_playground
from visiting import Visitor, watched

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
expect.set_options(timeout=SECONDS * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


VISITORS = pytest.StashKey[list[Visitor]]()
"""The windows that a test has opened."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """When a visit fails, add what its windows showed to the report."""
    report = yield
    if report.when == "call" and report.failed:
        for visitor in item.stash.get(VISITORS, []):
            report.sections.append((visitor.page.url, visitor.shown()))
    return report


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the browser's path; without one skip, or fail where `CI` is set."""
    for name in (os.environ.get("PLAYGROUND_BROWSER", ""), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    message = "no Chromium here: apt-get install chromium"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Playground]]:
    """Return a function that starts one more playground; all are stopped at the end."""
    started: list[Playground] = []

    def start_one(*, home: Path | None = None, script: str = "app.py") -> Playground:
        folder = tmp_path_factory.mktemp("playground")
        log = folder / "server.txt"
        started.append(start_playground(home or folder / "home", log=log, script=script))
        return started[-1]

    yield start_one
    for playground in started:
        playground.stop()


@pytest.fixture(scope="session")
def playground(serve: Callable[..., Playground]) -> Playground:
    """Return the server that most tests share."""
    return serve()


@pytest.fixture
def visit(
    browser: Browser, playground: Playground, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Visitor]]:
    """Return a function that opens a browser window of its own; each is checked at the end."""
    contexts: list[BrowserContext] = []
    visitors = request.node.stash.setdefault(VISITORS, [])
    logged = len(playground.log.read_text())

    def arrive(*, url: str = "", **options: Any) -> Visitor:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, accept_downloads=True, **options
        )
        context.set_default_timeout(SECONDS * 1000)
        contexts.append(context)
        visitors.append(watched(context, url or playground.url))
        return visitors[-1]

    yield arrive
    try:
        for visitor in visitors:
            visitor.check()
        assert "Traceback" not in playground.log.read_text()[logged:]
    finally:
        for context in contexts:
            context.close()


@pytest.fixture(scope="session")
def shoppers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small mixed table with missing values in which age and town tell who bought."""
    rng = np.random.default_rng(3)
    age = rng.normal(45, 12, 160).round(1)
    town = rng.choice(["Lyon", "Graz", "Turku"], 160)
    bought = np.where(age + 12 * (town == "Graz") + rng.normal(0, 8, 160) > 48, "yes", "no")
    frame = pd.DataFrame({"age": age, "town": town, "visits": rng.poisson(3, 160)})
    frame.loc[::9, "age"] = np.nan
    path = tmp_path_factory.mktemp("tables") / "shoppers.csv"
    frame.assign(bought=bought).to_csv(path, index=False)
    return path


@pytest.fixture(scope="session")
def finished(playground: Playground, shoppers: Path) -> str:
    """Return the link to an experiment that has run and whose first candidate is explained."""
    models = ("logistic_regression", "decision_tree", "dummy")
    return playground.run_experiment(shoppers, "bought", *models, folds=3)


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Visitor:
    """Return one visitor who prefers light colours."""
    return visit()


@pytest.fixture(autouse=True)
def a_process_waits() -> None:
    """Have none wait: what these tests look at are processes and their environment."""
