"""The app run in this process, on a workspace of its own."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lab.base import HOME_VARIABLE, Task, Workspace
from lab.benchmark import start, wait
from lab.data import Dataset, Roles, make_dataset, read_table
from lab.experiments import Candidate, Experiment
from lab.metrics import default_metrics
from lab.models import MODELS
from lab.recipes import preset_recipe
from lab.store import Store, open_store
from lab.validation import SPLITTERS, ValidationPlan

ROOT = Path(__file__).parents[2]
HOSTILE = "![x](http://evil.example/x.png)"

Visit = Callable[..., AppTest]
Ids = dict[str, dict[str, str]]
Studied = tuple[Path, dict[str, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an empty workspace that the pages use."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    return tmp_path


@pytest.fixture(scope="session")
def visit() -> Visit:
    """Return a function that opens a page with ids in its URL, as a deep link does."""

    def open_page(name: str = "home", **ids: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for key, value in ids.items():
            app.query_params[key] = value
        app.run()
        if name != "home":
            app.switch_page(f"pages/{name}.py").run()
        return app

    return open_page


def shoppers(n: int = 120) -> pd.DataFrame:
    """Return a small table of numbers, categories and missing values, with names that attack."""
    rng = np.random.default_rng(0)
    age = rng.integers(18, 80, n).astype(float)
    town = rng.choice(["Ulm", "Bonn", HOSTILE], n)
    bought = np.where(age + 10 * (town == "Ulm") + rng.normal(0, 12, n) > 50, "yes", "no")
    return pd.DataFrame(
        {
            "age": np.where(rng.random(n) < 0.1, np.nan, age),
            "town": town,
            "<script>alert(1)</script>": rng.normal(size=n).round(3),
            "spent": (age * 2 + rng.normal(0, 5, n)).round(2),
            "size": np.array(["small", "middle", "large"])[
                ((age + rng.normal(0, 9, n)) // 25 % 3).astype(int)
            ],
            "bought": bought,
        }
    )


def keep(store: Store, folder: Path, target: str, task: Task, ignored: tuple[str, ...]) -> Dataset:
    """Keep the small table as a data set and return it."""
    path = folder / "shoppers.csv"
    shoppers().to_csv(path, index=False)
    roles = Roles(target=target, task=task, ignored=ignored)
    data = make_dataset(read_table(path), roles, name=f"shoppers {HOSTILE}")
    store.save_dataset(data)
    return data


def make(data: Dataset, *models: str) -> Experiment:
    """Return an experiment of some models on three folds."""
    splitter = "stratified" if data.roles.task.is_classification else "kfold"
    return Experiment(
        name="a first look",
        dataset_id=data.id,
        task=data.roles.task,
        candidates=tuple(
            Candidate(
                name=MODELS[key].title, recipe=preset_recipe("linear"), model=MODELS.choose(key)
            )
            for key in models
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose(splitter, {"folds": 3})),
        metrics=default_metrics(data.roles.task),
    )


@pytest.fixture(scope="session")
def finished_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a workspace with a finished experiment of each task."""
    folder = tmp_path_factory.mktemp("finished")
    store, ids = open_store_at(folder), []
    for target, task in (
        ("bought", Task.BINARY),
        ("size", Task.MULTICLASS),
        ("spent", Task.REGRESSION),
    ):
        data = keep(store, folder, target, task, ())
        linear = "ridge" if task is Task.REGRESSION else "logistic_regression"
        experiment = make(data, linear, "decision_tree", "dummy")
        ids.append(store.save_experiment(experiment))
        start(store, ids[-1])
    for experiment_id in ids:
        wait(store, experiment_id)
    return folder


def open_store_at(folder: Path) -> Store:
    """Return the store of a workspace in a folder."""
    return open_store(Workspace(root=folder))


@pytest.fixture(scope="session")
def finished_ids(finished_home: Path) -> Ids:
    """Return the ids of data set and experiment by task."""
    store = open_store_at(finished_home)
    tasks = {info.id: info.task for info in store.datasets()}
    return {
        tasks[info.dataset_id].value: {"dataset": info.dataset_id, "experiment": info.id}
        for info in store.experiments()
    }


@pytest.fixture
def finished(
    finished_home: Path, finished_ids: Ids, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Ids:
    """Return the ids of data set and experiment by task, in a copy that the pages may change."""
    folder = shutil.copytree(finished_home, tmp_path / "finished")
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    return finished_ids


@pytest.fixture(scope="session")
def studied(
    finished_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Studied]:
    """Return a function that does a study in a copy of the workspace; it gives copy and ids."""

    def work(do: Callable[[], Any]) -> Studied:
        folder = shutil.copytree(finished_home, tmp_path_factory.mktemp("studied") / "home")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(HOME_VARIABLE, str(folder))
            study = do()
        return folder, {"dataset": study.dataset_id, "experiment": study.id}

    return work


@pytest.fixture
def taken_over(
    finished: Ids, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Studied], dict[str, str]]:
    """Return a function that has the pages use a copy of a workspace where a study was done."""

    def take(studied: Studied) -> dict[str, str]:
        folder = shutil.copytree(studied[0], tmp_path / "studied")
        monkeypatch.setenv(HOME_VARIABLE, str(folder))
        return studied[1]

    return take


@pytest.fixture
def data(home: Path) -> Dataset:
    """Return a data set in a workspace that the pages use."""
    return keep(open_store_at(home), home, "bought", Task.BINARY, ())


@pytest.fixture
def labelled() -> Callable[[Sequence[Any], str], Any]:
    """Return a function that gives the one element of some that has a label."""

    def find(elements: Sequence[Any], label: str) -> Any:
        (found,) = [element for element in elements if element.label == label]
        return found

    return find


@pytest.fixture
def words() -> Callable[[AppTest], str]:
    """Return a function that gives the words of a page, one element a line."""
    kinds = ("title", "subheader", "markdown", "caption", "error", "warning", "info", "success")

    def read(app: AppTest) -> str:
        return "\n".join(str(item.value) for kind in kinds for item in app.get(kind))

    return read


@pytest.fixture
def store(home: Path) -> Store:
    """Return the store of the empty workspace."""
    return open_store_at(home)


@pytest.fixture
def own(visit: Callable[..., AppTest], data: Dataset) -> AppTest:
    """Return the page with a recipe of one's own that began with the one for linear models."""
    app = visit("recipe", dataset=data.id)
    app = app.radio[0].set_value("linear").run()
    return next(b for b in app.button if str(b.key).endswith("make own")).click().run()
