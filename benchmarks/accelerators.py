"""What scikit-learn-intelex and float32 gain, and whether predictions stay equal bit for bit.

    .venv-peers/intelex/bin/python benchmarks/accelerators.py TABLE

Each model is fitted on four fifths of a prepared table and predicts the rest, three times by
turns, with one thread. The environment has our pins and scikit-learn-intelex beside them.
"""

import importlib
import statistics
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from lab.base import Task
from lab.data import Roles, make_dataset, read_table
from lab.models import MODELS, build_model
from lab.recipes import make_preparation, preset_recipe

ROUNDS = 3
MODEL_KEYS = (
    "logistic_regression",
    "knn",
    "random_forest",
    "extra_trees",
    "gaussian_nb",
    "decision_tree",
    "hist_gradient_boosting",
    "xgboost",
    "lightgbm",
    "mlp",
)
PATCHED = {
    "logistic_regression": "linear_model.LogisticRegression",
    "knn": "neighbors.KNeighborsClassifier",
    "random_forest": "ensemble.RandomForestClassifier",
    "extra_trees": "ensemble.ExtraTreesClassifier",
}
"""Ours that the extension replaces."""


def prepared(path: Path) -> tuple[Any, Any, Any, Any]:
    data = make_dataset(read_table(path), Roles(target="answer", task=Task.BINARY))
    is_test = np.arange(data.n_rows) % 5 == 0
    train, test = np.flatnonzero(~is_test), np.flatnonzero(is_test)
    recipe = preset_recipe("linear")
    preparation = make_preparation(recipe, data.features, task=Task.BINARY, seed=0, dense=True)
    X = data.X
    X_train = np.asarray(preparation.fit(X.iloc[train], data.y[train]).X)
    return X_train, data.y[train], np.asarray(preparation.transform(X.iloc[test])), data.y[test]


def intelex(key: str, model: Any) -> Any:
    """Return the extension's estimator with the settings of ours."""
    module, name = PATCHED[key].split(".")
    made = getattr(importlib.import_module(f"sklearnex.{module}"), name)
    known = made().get_params()
    return made(**{k: v for k, v in model.get_params(deep=False).items() if k in known})


def fitted(model: Any, X: Any, y: Any, rows: Any) -> tuple[float, Any]:
    started = time.process_time()
    model.fit(X, y)
    answers = model.predict_proba(rows)
    return time.process_time() - started, answers


def line(key: str, what: str, ours: Any, other: Any, table: Any) -> str:
    (X, y, rows, truth), (X_other, rows_other) = table, other[1:]
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        spent, plain = fitted(ours(), X, y, rows)
        seconds[0].append(spent)
        spent, fast = fitted(other[0](), X_other, y, rows_other)
        seconds[1].append(spent)
    before, after = (statistics.median(found) for found in seconds)
    furthest = float(np.abs(plain - fast).max())
    is_equal = "yes" if np.array_equal(plain, fast) else "no"
    change = roc_auc_score(truth, fast[:, 1]) - roc_auc_score(truth, plain[:, 1])
    return (
        f"| {key} | {what} | {before:.2f} | {after:.2f} | {before / after:.2f} | {is_equal} "
        f"| {furthest:.1e} | {change:+.5f} |"
    )


def main() -> None:
    warnings.simplefilter("ignore")
    table = prepared(Path(sys.argv[1]))
    X, _, rows, _ = table
    single = X.astype(np.float32), rows.astype(np.float32)
    print("| model | with | s | s with it | times faster | equal | furthest | change of AUC |")
    print("|---|---|---|---|---|---|---|---|")
    for key in MODEL_KEYS:

        def ours(key: str = key) -> Any:
            return build_model(MODELS.choose(key), Task.BINARY, seed=0)

        def fast(key: str = key) -> Any:
            return intelex(key, build_model(MODELS.choose(key), Task.BINARY, seed=0))

        if key in PATCHED:
            print(line(key, "intelex", ours, (fast, X, rows), table), flush=True)
        print(line(key, "float32", ours, (ours, *single), table), flush=True)


if __name__ == "__main__":
    main()
