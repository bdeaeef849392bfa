"""A real playground and a real browser: every visit fails on errors in page, console or server."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from lab.base import HOME_VARIABLE, Workspace
from lab.benchmark import start, stop_process, wait
from lab.cli.planning import request_dataset, request_experiment
from lab.cli.request import RunRequest
from lab.data import read_table
from lab.explain import explanation_id
from lab.explain import request as request_explanation
from lab.store import Store, open_store

ROOT = Path(__file__).parents[2]
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
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
SECONDS = 60.0
PROBES = ("/_stcore/health", "/_stcore/host-config")
"""On a deep link Streamlit's own client asks under which path the server stands; a 404 is an
answer."""

expect.set_options(timeout=SECONDS * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True, kw_only=True)
class Playground:
    """A running server with a workspace of its own."""

    url: str
    home: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def store(self) -> Store:
        return open_store(Workspace(root=self.home))

    def start_experiment(self, file: Path, target: str, *models: str, **options: Any) -> str:
        """Start an experiment and return the link to it."""
        asked = RunRequest(name=file.stem, target=target, models=models, **options)
        dataset = request_dataset(read_table(file), asked)
        self.store.save_dataset(dataset)
        experiment_id = self.store.save_experiment(request_experiment(dataset, asked))
        start(self.store, experiment_id)
        return f"?dataset={dataset.id}&experiment={experiment_id}"

    def run_experiment(self, file: Path, target: str, *models: str, **options: Any) -> str:
        """Run an experiment, explain its first candidate, and return the link to it."""
        link = self.start_experiment(file, target, *models, **options)
        experiment_id = link.rpartition("=")[2]
        wait(self.store, experiment_id)
        request_explanation(self.store, experiment_id, 0)
        experiment = self.store.load_experiment(experiment_id)
        wait(self.store, explanation_id(experiment, 0))
        return link

    def stop(self) -> None:
        for job in self.store.jobs().values():
            if job.pid is not None and job.state.is_active:
                stop_process(job.pid, seconds=1.0)
        stop_process(self.process.pid, seconds=3.0)
        self.process.wait(timeout=20)


@dataclass(kw_only=True)
class Visitor:
    """One person with one browser window."""

    page: Page
    url: str
    errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Go to a page of the playground and wait until it has been drawn."""
        self.page.goto(self.url + path)
        self.page.wait_for_selector('[data-testid="stMain"] h1', timeout=SECONDS * 1000)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page's script has run."""
        self.page.wait_for_selector(SETTLED, timeout=SECONDS * 1000)

    def serious_faults(self) -> list[str]:
        """Return what axe finds that keeps somebody from using the page, one line each."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{fault['id']} ({fault['impact']}): {fault['nodes'][0]['html'][:200]}"
            for fault in found
            if fault["impact"] in {"serious", "critical"}
        ]

    def shown(self) -> str:
        """Return the words on the page and the errors so far."""
        return "\n".join([self.page.locator("body").inner_text()[:3000], *self.errors])

    def check(self) -> None:
        """Fail when anything went wrong that a person or a developer would have seen."""
        assert self.page.locator('[data-testid="stException"]').count() == 0
        assert self.errors == []
        assert self.foreign_requests == []


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
        started.append(_start(home or folder / "home", log=log, script=script))
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
        visitors.append(_watched(context, url or playground.url))
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


def _watched(context: BrowserContext, url: str) -> Visitor:
    visitor = Visitor(page=context.new_page(), url=url)
    host = urlsplit(url).netloc

    def on_console(message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if message.type == "error" and not place.endswith(PROBES):
            visitor.errors.append(f"{message.text} ({place})")

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != host:
            visitor.foreign_requests.append(request.url)

    context.on("console", on_console)
    context.on("request", on_request)
    context.on("weberror", lambda error: visitor.errors.append(str(error.error)))
    return visitor


def _start(home: Path, *, log: Path, script: str = "app.py") -> Playground:
    port = _free_port()
    environment = {**os.environ, HOME_VARIABLE: str(home), "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = [f"--server.port={port}", "--server.headless=true"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    playground = Playground(url=f"http://127.0.0.1:{port}", home=home, log=log, process=process)
    _wait_until_healthy(playground)
    return playground


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_healthy(playground: Playground) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        assert playground.process.poll() is None, playground.log.read_text()
        try:
            with urllib.request.urlopen(playground.url + "/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the playground did not start: {playground.log.read_text()}")
