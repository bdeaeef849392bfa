"""How soon the first page can be used, and how soon a page is redrawn after a change.

A browser is open, as a user's is; then ``streamlit run app.py`` is started, and the clock runs
until the last button of the first page is there. After that a finished benchmark is opened and its
charts are changed, tab after tab; the clock runs from the click until the new chart stands.

    python benchmarks/pages.py [--starts 3] [--changes 12]
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from lab.base import HOME_VARIABLE, Task, Workspace
from lab.benchmark import start, wait
from lab.data import load_sample, make_dataset, sample_roles
from lab.experiments import Candidate, Experiment
from lab.metrics import default_metrics
from lab.models import MODELS
from lab.recipes import auto_recipe
from lab.store import open_store
from lab.validation import SPLITTERS, ValidationPlan

ROOT = Path(__file__).resolve().parents[1]
TABS = ("Differences to the best", "Fold by fold", "Time", "Intervals")
IS_DRAWN = (
    "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
    " && document.querySelector('.js-plotly-plot .main-svg')"
)


def finished_benchmark(home: Path) -> str:
    """Run five models on the telecom customers and return the experiment's id."""
    store = open_store(Workspace(root=home))
    dataset = make_dataset(load_sample("telecom_churn"), sample_roles("telecom_churn"))
    experiment = Experiment(
        name="Churn",
        dataset_id=store.save_dataset(dataset),
        task=Task.BINARY,
        candidates=tuple(
            Candidate(
                name=MODELS[key].title,
                recipe=auto_recipe(MODELS[key].preset, takes_missing=MODELS[key].takes_missing),
                model=MODELS.choose(key),
            )
            for key in ("dummy", "logistic_regression", "gaussian_nb", "decision_tree", "lightgbm")
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 5})),
        metrics=default_metrics(Task.BINARY),
    )
    experiment_id = store.save_experiment(experiment)
    start(store, experiment_id)
    wait(store, experiment_id)
    return experiment_id


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Start the playground and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    process = subprocess.Popen(
        [*command, "--server.port", str(port)],
        env={**environment, HOME_VARIABLE: str(home)},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_until_up(address: str) -> None:
    while True:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
        except OSError:
            time.sleep(0.02)
        else:
            return


def first_page(browser: Browser, home: Path) -> tuple[float, float]:
    """Seconds until the server answers, and until the first page can be used."""
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.goto("about:blank")
    started = time.perf_counter()
    with served(home) as address:
        wait_until_up(address)
        answers = time.perf_counter() - started
        page.goto(address)
        page.get_by_role("button", name="Open").last.wait_for()
        usable = time.perf_counter() - started
    page.close()
    return answers, usable


def redraws(page: Page, changes: int) -> list[float]:
    """Seconds from the click on another tab until its chart stands."""
    seconds = []
    for number in range(changes):
        page.wait_for_timeout(800)
        tab = page.get_by_role("tab", name=TABS[number % len(TABS)])
        started = time.perf_counter()
        tab.click()
        page.wait_for_function(IS_DRAWN)
        seconds.append(time.perf_counter() - started)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--changes", type=int, default=12)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        experiment_id = finished_benchmark(home)
        browser = playwright.chromium.launch(executable_path=options.chromium)
        for number in range(options.starts):
            answers, usable = first_page(browser, home)
            print(f"start {number + 1}: answers after {answers:.2f} s, usable after {usable:.2f} s")
        page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
        with served(home) as address:
            wait_until_up(address)
            page.goto(f"{address}/leaderboard?experiment={experiment_id}")
            page.wait_for_function(IS_DRAWN)
            page.wait_for_timeout(6_000)  # what is imported in the background is there
            seconds = redraws(page, options.changes)
        print(
            f"another chart: {statistics.median(seconds) * 1000:.0f} ms median, "
            f"{min(seconds) * 1000:.0f} to {max(seconds) * 1000:.0f} ms"
        )
        browser.close()


if __name__ == "__main__":
    main()
