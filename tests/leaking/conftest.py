"""Tables of pure noise, and candidates on them."""

import numpy as np
import pandas as pd
import pytest

from lab.base import Task, Workspace
from lab.data import Roles, make_dataset, read_table
from lab.experiments import Candidate, Experiment
from lab.models import MODELS
from lab.recipes import Recipe
from lab.store import Store
from lab.validation import SPLITTERS, ValidationPlan


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store(Workspace(root=tmp_path_factory.mktemp("leaking")))


@pytest.fixture(scope="session")
def dataset_of(tmp_path_factory):
    """Return a function that makes a data set of a frame; roles may be given."""

    def make(frame, **roles):
        path = tmp_path_factory.mktemp("tables") / "table.csv"
        frame.to_csv(path, index=False)
        return make_dataset(read_table(path), Roles(target="y", task=Task.BINARY, **roles))

    return make


@pytest.fixture
def noise():
    """Return 50 rows of 1,000 numbers and a level that no target follows."""
    rng = np.random.default_rng(1)
    numbers = {f"x{place}": rng.normal(size=50).round(4) for place in range(1_000)}
    labels = np.where(np.arange(50) % 2, "yes", "no")
    return pd.DataFrame({**numbers, "y": labels})


@pytest.fixture
def levels():
    """Return 200 rows of many levels, none of which says anything of the target."""
    rng = np.random.default_rng(2)
    columns = {f"code{place}": rng.integers(0, 60, 200).astype(str) for place in range(3)}
    frame = pd.DataFrame(columns).radd("level ")
    return frame.assign(y=np.where(rng.random(200) < 0.5, "yes", "no"))


@pytest.fixture(scope="session")
def rare():
    """Return 300 rows of noise of which one in ten is of the rare class."""
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(rng.normal(size=(300, 4)).round(4), columns=list("abcd"))
    return frame.assign(y=np.where(np.arange(300) % 10 == 0, "yes", "no"))


@pytest.fixture(scope="session")
def experiment_of():
    """Return a function that makes an experiment of one candidate."""

    def make(dataset, model, *steps, splitter="stratified", **settings):
        candidate = Candidate(
            name=model,
            recipe=Recipe(title="Mine", steps=steps),
            model=MODELS.choose(model, settings),
        )
        folds = {} if splitter == "holdout" else {"folds": 5}
        return Experiment(
            name="noise",
            dataset_id=dataset.id,
            task=Task.BINARY,
            candidates=(candidate,),
            plan=ValidationPlan(splitter=SPLITTERS.choose(splitter, folds)),
            metrics=("roc_auc", "accuracy"),
        )

    return make
