"""The training score is that of all training rows, or of a sample that is large enough."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

from lab.base import ColumnKind, Selection, Task
from lab.benchmark.fitting import fit_prepared, prepare_split
from lab.benchmark.gap_rows import FEW_GAP_ROWS, GAP_ROWS
from lab.benchmark.prepared import read_prepared
from lab.data import Roles, make_dataset, read_table
from lab.experiments import Candidate
from lab.models import MODELS
from lab.recipes import STEPS, Recipe, Step

N_ROWS = 14_000
SCALED = Recipe(
    title="",
    steps=(
        Step(
            choice=STEPS.choose("standard_scaler"),
            selection=Selection(kinds=(ColumnKind.NUMBER,)),
        ),
    ),
)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Return features and classes, and the data set that is read from them."""
    rng = np.random.default_rng(3)
    X = rng.normal(size=(N_ROWS, 6))
    y = (X[:, 0] + rng.normal(size=N_ROWS) > 0).astype(int)
    frame = pd.DataFrame(X, columns=list("abcdef")).assign(y=np.where(y, "yes", "no"))
    path = tmp_path_factory.mktemp("rows") / "rows.csv"
    frame.to_csv(path, index=False)
    return X, y, make_dataset(read_table(path), Roles(target="y", task=Task.BINARY))


def training_scores(table, key, n_train, folder):
    """Return our accuracy on training rows, of how many it is, and scikit-learn's on all."""
    X, y, data = table
    train, test = np.arange(n_train), np.arange(n_train, n_train + 500)
    prepare_split(data, SCALED, train, test, seed=1, folder=folder)
    candidate = Candidate(name=key, recipe=SCALED, model=MODELS.choose(key))
    split = read_prepared(folder)
    kept, result = fit_prepared(split, candidate, Task.BINARY, n_classes=2, seed=1)
    scaled = StandardScaler().fit_transform(X[train])
    plain = {"logistic_regression": LogisticRegression(max_iter=1000),
             "knn": KNeighborsClassifier()}[key]  # fmt: skip
    expected = accuracy_score(y[train], plain.fit(scaled, y[train]).predict(scaled))
    assert np.isin(kept.train.rows, train).all()
    assert len(np.unique(kept.train.rows)) == len(kept.train.rows)
    return result.train_scores["accuracy"], len(kept.train.rows), expected


@pytest.mark.parametrize(
    ("key", "n_train"), [("logistic_regression", 9_000), ("knn", FEW_GAP_ROWS)]
)
def test_it_is_the_librarys_where_all_rows_are_measured(table, key, n_train, tmp_path):
    found, n_rows, expected = training_scores(table, key, n_train, tmp_path)
    assert n_rows == n_train
    assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("key", "n_train", "n_sampled"),
    [("logistic_regression", 13_000, GAP_ROWS), ("knn", 9_000, FEW_GAP_ROWS)],
)
def test_it_is_near_the_librarys_where_rows_are_sampled(table, key, n_train, n_sampled, tmp_path):
    found, n_rows, expected = training_scores(table, key, n_train, tmp_path)
    assert n_rows == n_sampled
    deviation = np.sqrt(expected * (1 - expected) * (1 / n_sampled - 1 / n_train))
    assert found == pytest.approx(expected, abs=4 * deviation)
