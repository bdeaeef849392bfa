"""Small results of every kind that charts start from."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from lab.experiments import Outputs
from tests.charts.looking_inputs import looking_inputs

HOSTILE = (
    '<b>bold</b><a href="http://host/x">link</a>',
    "$\\frac{a}{b}$ %{x} {y}",
    "![x](http://host/x.png)\n=1+1",
    "<script>alert(1)</script>" * 8,
)


@dataclass(frozen=True)
class Importance:
    column: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class LeakLine:
    title: str
    mean: float
    difference: float
    low: float
    high: float


def fold_outputs(n: int, n_classes: int, seed: int, *, decisions: bool = False) -> Outputs:
    random = np.random.default_rng(seed)
    truth = random.integers(0, n_classes, n)
    truth[:n_classes] = np.arange(n_classes)
    raw = random.normal(size=(n, n_classes))
    raw[np.arange(n), truth] += 1.5
    scores = np.exp(raw) / np.exp(raw).sum(axis=1, keepdims=True)
    if decisions:
        scores = raw - raw.mean(axis=1, keepdims=True)
    return Outputs(
        rows=np.arange(n),
        truth=truth,
        predicted=scores.argmax(axis=1),
        scores=scores,
        are_probabilities=not decisions,
    )


def fold_numbers(n: int, seed: int) -> Outputs:
    random = np.random.default_rng(seed)
    truth = random.gamma(2.0, 100.0, n)
    predicted = truth * 0.9 + random.normal(0, 30, n)
    return Outputs(rows=np.arange(n), truth=truth, predicted=predicted)


@pytest.fixture
def classification() -> Callable[..., dict[str, list[Outputs]]]:
    def make(
        names: tuple[str, ...] = ("Forest", "Ridge"), *, folds: int = 5, n: int = 200,
        n_classes: int = 2,
    ) -> dict[str, list[Outputs]]:  # fmt: skip
        return {
            name: [fold_outputs(n, n_classes, 100 * place + fold) for fold in range(folds)]
            for place, name in enumerate(names)
        }

    return make


@pytest.fixture
def regression() -> Callable[..., dict[str, list[Outputs]]]:
    def make(
        names: tuple[str, ...] = ("Forest", "Ridge"), *, folds: int = 5, n: int = 200
    ) -> dict[str, list[Outputs]]:
        return {
            name: [fold_numbers(n, 100 * place + fold) for fold in range(folds)]
            for place, name in enumerate(names)
        }

    return make


def leaderboard_frame(names: tuple[str, ...]) -> pd.DataFrame:
    means = np.linspace(0.9, 0.6, len(names))
    return pd.DataFrame(
        {
            "candidate": names,
            "tied": [place < 2 for place in range(len(names))],
            "roc_auc": means,
            "roc_auc_low": means - 0.02,
            "roc_auc_high": means + 0.02,
            "prepare_seconds": 0.01,
            "fit_seconds": np.linspace(0.0, 20.0, len(names)),
            "predict_seconds": 0.002,
        }
    )


def fold_table(names: tuple[str, ...], folds: int) -> pd.DataFrame:
    rows = [
        (name, 0, fold, "roc_auc", 0.9 - 0.02 * place + 0.005 * fold, 0.99)
        for place, name in enumerate(names)
        for fold in range(folds)
    ]
    columns = ["candidate", "repeat", "fold", "metric", "value", "train_value"]
    return pd.DataFrame(rows, columns=columns)


def difference_table(names: tuple[str, ...]) -> pd.DataFrame:
    rows = [
        (one, other, 0.01 * (j - i), 0.01 * (j - i) - 0.02, 0.01 * (j - i) + 0.02, 0.3)
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if i < j
    ]
    return pd.DataFrame(rows, columns=["a", "b", "difference", "low", "high", "p_value"])


def study_table(names: tuple[str, ...]) -> pd.DataFrame:
    means = np.linspace(0.7, 0.9, len(names))
    return pd.DataFrame(
        {
            "candidate": names[0],
            "label": names,
            "x": [*range(len(names) - 1), np.nan],
            "is_own": [place == 0 for place in range(len(names))],
            "n_train": 100.0 * np.arange(1, len(names) + 1),
            "folds_done": 5,
            "mean": means,
            "low": means - 0.02,
            "high": means + 0.02,
            "train": 0.99,
            "reason": "",
        }
    )


def effect_table(names: tuple[str, ...]) -> pd.DataFrame:
    effects = np.linspace(-0.02, 0.05, 2 * len(names))
    return pd.DataFrame(
        {
            "choice": [*names, *names],
            "model": [*names, *names[::-1]],
            "effect": effects,
            "low": effects - 0.01,
            "high": effects + 0.01,
            "verdict": ["helps", "no effect seen"] * len(names),
        }
    )


def trend_table() -> pd.DataFrame:
    n = np.geomspace(100, 2000, 60)
    mean = 0.95 - n**-0.4
    return pd.DataFrame({"n": n, "mean": mean, "low": mean - 0.01, "high": mean + 0.01})


@pytest.fixture
def inputs(
    classification: Callable[..., dict[str, list[Outputs]]],
    regression: Callable[..., dict[str, list[Outputs]]],
) -> Callable[..., tuple[tuple[object, ...], dict[str, object]]]:
    """What the frame of a chart takes: a chart's key in, positional and named arguments out."""

    def make(
        key: str, names: tuple[str, ...] = ("Forest", "Ridge", "Dummy"), *, folds: int = 5
    ) -> tuple[tuple[object, ...], dict[str, object]]:
        random = np.random.default_rng(0)
        n = len(names)
        numbers = random.normal(size=(300, n))
        made: dict[str, Callable[[], tuple[tuple[object, ...], dict[str, object]]]] = {
            "intervals": lambda: ((leaderboard_frame(names),), {"metric": "roc_auc"}),
            "timing": lambda: ((leaderboard_frame(names),), {}),
            "fold_scores": lambda: ((fold_table(names, folds),), {"metric": "roc_auc"}),
            "differences": lambda: (
                (difference_table(names),),
                {"metric": "roc_auc", "reference": names[0]},
            ),
            "roc": lambda: ((classification(names, folds=folds),), {}),
            "precision_recall": lambda: ((classification(names, folds=folds),), {}),
            "calibration": lambda: ((classification(names, folds=folds),), {}),
            "confusion": lambda: (
                (classification(names, folds=folds, n_classes=n),),
                {"labels": names},
            ),
            "residuals": lambda: ((regression(names, folds=folds),), {}),
            "predicted_actual": lambda: ((regression(names, folds=folds),), {}),
            "importance": lambda: (
                ([Importance(name, 0.1 / (i + 1), -0.01, 0.2) for i, name in enumerate(names)],),
                {"metric": "ROC AUC"},
            ),
            "shap_summary": lambda: (
                (names, numbers.tolist(), [[*row[:-1], "level"] for row in numbers.tolist()]),
                {"class_label": names[0]},
            ),
            "learning_curve": lambda: (
                (study_table(names), trend_table()),
                {"metric": "roc_auc"},
            ),
            "validation_curve": lambda: (
                (study_table(names),),
                {"metric": "roc_auc", "setting": names[0]},
            ),
            "seeds": lambda: (
                (fold_table(names, folds),),
                {"metric": "roc_auc", "candidate": names[0]},
            ),
            "effects": lambda: ((effect_table(names),), {"metric": "roc_auc", "worth": 0.01}),
            "leak": lambda: (
                (numbers[:folds, 0], numbers[:folds, 0] + 1),
                {"metric": "roc_auc", "candidate": names[0]},
            ),
            "leak_steps": lambda: (
                (
                    [
                        LeakLine(name, 0.8 - 0.1 * i, 0.2 - 0.1 * i, 0.1 - 0.1 * i, 0.3 - 0.1 * i)
                        for i, name in enumerate(names)
                    ],
                ),
                {"metric": "roc_auc", "candidate": names[0]},
            ),
            "distribution": lambda: (
                (pd.Series(np.resize(np.array(names, dtype=object), 90), name=names[0]),),
                {"by": pd.Series(np.repeat(np.array(names, dtype=object), 90 // n + 1)[:90])},
            ),
            "missingness": lambda: (
                ({name: 0.1 * (i + 1) for i, name in enumerate(names)},),
                {},
            ),
            "associations": lambda: (
                (pd.DataFrame(np.full((n, n), 0.4), index=list(names), columns=list(names)),),
                {},
            ),
            "class_balance": lambda: (
                ({name: 10 * (i + 1) for i, name in enumerate(names)},),
                {},
            ),
            **looking_inputs(names),
        }
        return made[key]()

    return make
