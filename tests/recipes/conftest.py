"""A mixed table with gaps, and short ways to write recipes."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from lab.base import Column, ColumnKind, Schema, Selection, models_folder
from lab.recipes import STEPS, Recipe, Step

KINDS = {
    "age": ColumnKind.NUMBER,
    "income": ColumnKind.NUMBER,
    "smoker": ColumnKind.BOOLEAN,
    "town": ColumnKind.CATEGORY,
    "job": ColumnKind.CATEGORY,
    "joined": ColumnKind.DATE,
    "note": ColumnKind.TEXT,
}


@dataclass(frozen=True)
class Example:
    """Raw columns with their schema, and a binary target that depends on them."""

    X: pd.DataFrame
    y: npt.NDArray[np.int64]
    time: str = ""
    group: str = ""

    @property
    def schema(self) -> Schema:
        columns = (
            Column(
                name=name,
                kind=KINDS.get(name, ColumnKind.CATEGORY),
                has_missing=bool(self.X[name].isna().any()),
                n_levels=self.X[name].nunique(),
            )
            for name in self.X.columns
            if name not in (self.time, self.group)
        )
        return Schema(columns=tuple(columns), time=self.time, group=self.group)

    def only(self, *names: str) -> "Example":
        return replace(self, X=self.X[list(names)])

    def rows(self, positions) -> "Example":
        return replace(self, X=self.X.iloc[positions], y=self.y[positions])

    def in_order(self) -> "Example":
        """Return the rows with the roles time and group: ties, and rows without one of them."""
        rng, n = np.random.default_rng(1), len(self.X)
        when = rng.integers(0, n // 2, n).astype(float)
        shop = np.array(rng.choice(["north", "south", "west"], n), dtype=object)
        when[::31], shop[::37] = np.nan, np.nan
        ordered = self.X.assign(when=when, shop=pd.Series(shop, index=self.X.index, dtype=object))
        return replace(self, X=ordered, time="when", group="shop")

    def change(self, **columns) -> "Example":
        return replace(self, X=self.X.assign(**columns))


def make_example(n: int = 240, seed: int = 0) -> Example:
    rng = np.random.default_rng(seed)
    age, income = rng.normal(50, 12, n), rng.lognormal(10, 0.5, n)
    smoker = rng.integers(0, 2, n).astype(float)
    levels = [f"town {letter}" for letter in "abcdefghijklmnopqrst"]
    town = np.array(rng.choice(levels, n), dtype=object)
    job = np.array(rng.choice(["clerk", "nurse"], n), dtype=object)
    days = rng.integers(0, 900, n) * 24 + rng.integers(0, 24, n)
    joined = pd.Timestamp("2020-03-01") + pd.to_timedelta(days, unit="h")
    note = np.array(rng.choice(["red house", "blue boat by the sea", "no"], n), dtype=object)
    y = (age + 20 * smoker + rng.normal(0, 8, n) > 70).astype(np.int64)
    frame = pd.DataFrame(
        {
            "age": age,
            "income": income,
            "smoker": smoker,
            "town": pd.Series(town, dtype=object),
            "job": pd.Series(job, dtype=object),
            "joined": joined,
            "note": pd.Series(note, dtype=object),
        }
    )
    for offset, name in enumerate(frame.columns):
        frame.loc[offset :: 11 + offset, name] = pd.NaT if name == "joined" else np.nan
    return Example(frame, y)


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """Keep numerical libraries from starting a thread a core for a table of 240 rows."""
    import sklearn.ensemble  # noqa: F401 - loads the libraries that are to be limited

    with threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def example() -> Example:
    """Return 240 rows with every kind of column and gaps in each."""
    return make_example()


def make_encoder(folder: Path, *, seed: int = 0, **settings: Any) -> Any:
    """Write a sentence encoder of a few words and 16 columns into a folder, and return it."""
    from model2vec import StaticModel
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace

    words = ["[UNK]", "red", "house", "blue", "boat", "by", "the", "sea", "no", "poison"]
    numbers = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(WordLevel(numbers, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = Lowercase(), Whitespace()
    vectors = np.random.default_rng(seed).normal(size=(len(words), 16)).astype(np.float32)
    model = StaticModel(vectors, tokenizer, **settings)
    model.save_pretrained(folder)
    return model


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what every step promises for the one whose package is not installed."""
    if importlib.util.find_spec("model2vec"):
        return
    for item in items:
        if item.path.name == "test_every_step.py" and "[sentence_encoder" in item.name:
            item.add_marker(pytest.mark.skip(reason="model2vec is not installed"))


@pytest.fixture(scope="session")
def put_encoder() -> Callable[..., Any]:
    """Return a function that writes a small sentence encoder into a folder."""
    pytest.importorskip("model2vec")
    return make_encoder


@pytest.fixture(autouse=True, scope="session")
def usual_encoder() -> None:
    """Put the model that the step takes by default where it is looked for, if its package is."""
    if importlib.util.find_spec("model2vec"):
        make_encoder(models_folder() / "potion-base-8M")


@pytest.fixture
def step() -> Callable[..., Step]:
    """Return a function that makes a step from its key, kinds or names, and settings."""

    def make(key: str, *columns: str, **settings) -> Step:
        kinds = tuple(ColumnKind(name) for name in columns if name in set(ColumnKind))
        names = tuple(name for name in columns if name not in set(ColumnKind))
        selection = Selection(kinds=kinds, names=names)
        return Step(choice=STEPS.choose(key, settings), selection=selection)

    return make


@pytest.fixture
def recipe() -> Callable[..., Recipe]:
    """Return a function that makes a recipe of steps."""
    return lambda *steps: Recipe(title="test", steps=steps)
