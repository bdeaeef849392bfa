"""What one column foretells, against what a quick model on all of them does."""

import re

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import PredefinedSplit, cross_val_predict

from lab.base import ActionKind, Severity, Task
from lab.data import load_sample
from lab.data.content import content_of
from lab.data.foretelling import folds_of
from lab.data.quick_model import model_share


def test_the_quick_model_scores_as_scikit_learn_run_plainly(read, frame):
    table = read(frame.to_csv(index=False))
    columns = [content_of(table, name) for name in ("real", "whole")]
    goal = (frame["y"] == "yes").to_numpy().astype(np.int64)
    model = HistGradientBoostingClassifier(
        max_iter=30, max_leaf_nodes=15, learning_rate=0.2, early_stopping=False,
        min_samples_leaf=5, random_state=0,
    )  # fmt: skip
    folds = PredefinedSplit(folds_of(len(goal)))
    chances = cross_val_predict(model, frame[["real", "whole"]], goal, cv=folds,
                                method="predict_proba")  # fmt: skip
    wanted = 2 * roc_auc_score(goal, chances[:, 1]) - 1
    assert model_share(columns, goal, Task.BINARY) == pytest.approx(wanted, abs=1e-9)


def test_the_quick_model_foretells_several_classes_and_numbers():
    table = load_sample("penguins")
    columns = [content_of(table, name) for name in table.schema.names if name != "species"]
    codes = np.unique(table.frame["species"], return_inverse=True)[1]
    assert 0.9 < model_share(columns, codes, Task.MULTICLASS) <= 1
    mass = table.frame["body_mass_g"].fillna(4000).to_numpy()
    others = [content_of(table, name) for name in table.schema.names if name != "body_mass_g"]
    assert 0.6 < model_share(others, mass, Task.REGRESSION) < 0.95
    assert model_share([], codes, Task.MULTICLASS) is None
    assert model_share(columns, np.arange(344) % 11, Task.MULTICLASS) is None


def test_a_leak_is_told_beside_what_the_others_reach(find, frame):
    secret = (frame["y"] == "yes") + np.random.default_rng(1).normal(scale=0.05, size=400)
    found = find(frame.assign(leak=secret))["D004"]
    everything, others = re.search(
        r"on all columns foretells (\d+)%, without it (\d+)%", found.detail
    ).groups()
    assert int(everything) >= 99
    assert int(others) < 70
    assert [(one.kind, one.columns) for one in found.actions] == [(ActionKind.IGNORE, ("leak",))]


def half_told(frame):
    """Return the table with a column that tells the target of two thirds of the rows."""
    rng = np.random.default_rng(2)
    told = (frame["y"] == "yes").to_numpy()
    frame["late"] = np.where(rng.random(len(frame)) < 0.75, told, rng.random(len(frame)) < 0.5)
    frame["real"] = rng.normal(size=len(frame))
    return frame


def test_a_column_with_all_of_the_score_is_told_though_it_is_not_perfect(find, frame):
    found = find(half_told(frame))
    assert "D004" not in found
    assert found["D023"].columns == ("late",)
    assert found["D023"].severity is Severity.WARNING
    assert "leave it out" in found["D023"].detail


def test_a_strong_column_among_others_as_strong_is_not_told(find, frame):
    frame = half_told(frame)
    told = (frame["y"] == "yes").to_numpy()
    rng = np.random.default_rng(3)
    more = {f"late{n}": np.where(rng.random(400) < 0.75, told, rng.random(400) < 0.5)
            for n in range(3)}  # fmt: skip
    assert not {"D004", "D023"} & set(find(frame.assign(**more)))


def test_a_name_alone_accuses_nobody(find, frame):
    outcome = pd.Series(np.random.default_rng(0).choice(["a", "b"], 400))
    assert not {"D004", "D023"} & set(find(frame.assign(y_outcome=outcome)))


@pytest.mark.parametrize(
    ("noise", "codes"), [(0.02, {"D004"}), (3.0, set())], ids=["a leak", "a weak hint"]
)
def test_the_accusation_follows_the_score(find, frame, noise, codes):
    hint = (frame["y"] == "yes") + np.random.default_rng(5).normal(0, noise, 400)
    assert {"D004", "D023"} & set(find(frame.assign(hint=hint))) == codes
