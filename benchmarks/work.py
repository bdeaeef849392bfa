"""The work that the benchmarks of speed do: tables of mixed columns, ten models, five folds."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
TARGET = "answer"
FOLDS = 5
ALL = (
    "logistic_regression",
    "knn",
    "gaussian_nb",
    "decision_tree",
    "random_forest",
    "extra_trees",
    "hist_gradient_boosting",
    "xgboost",
    "lightgbm",
    "mlp",
)
FAST = ("logistic_regression", "gaussian_nb", "decision_tree", "hist_gradient_boosting", "lightgbm")
"""Models that take 500,000 rows in seconds."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """A table in a file, and the models that are compared on it; the target is of two classes.

    Parameters
    ----------
    table : Path
        A CSV with a column ``answer`` of ``yes`` and ``no``.
    models : tuple of str
        Keys of the catalogue of models.
    """

    table: Path
    models: tuple[str, ...]


def write_table(path: Path, *, rows: int, kind: str = "mixed", columns: int = 15) -> None:
    """Write a table with a target of two classes.

    ``diamonds`` are the shipped ones (six numbers, three categories; dearer than the median?);
    ``mixed`` is drawn: two thirds numbers, some of them skewed or with gaps, one third categories
    of 3 to 60 levels, as a table of customers has them.
    """
    if kind == "diamonds":
        frame = pd.read_csv(ROOT / "datasets" / "diamonds.csv").head(rows)
        frame[TARGET] = np.where(frame.pop("price") > 2401, "yes", "no")
    else:
        frame = _drawn(rows, columns)
    frame.to_csv(path, index=False)


def _drawn(rows: int, columns: int) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    n_categories = columns // 3
    data: dict[str, object] = {}
    logit = np.zeros(rows)
    for number in range(columns - n_categories):
        values = rng.normal(size=rows) if number % 3 else rng.lognormal(size=rows)
        logit += rng.normal() * np.tanh(values) * (number < 6)
        values = np.round(values, 4)
        if number % 2:
            values[rng.random(rows) < 0.05] = np.nan
        data[f"number {number}"] = values
    for number in range(n_categories):
        levels = np.array([f"level {level}" for level in range((3, 5, 8, 16, 60)[number % 5])])
        codes = np.minimum(rng.geometric(min(0.5, 4 / len(levels)), rows) - 1, len(levels) - 1)
        logit += rng.normal(size=len(levels))[codes] * (number < 5)
        words = levels[codes].astype(object)
        words[rng.random(rows) < 0.02] = None
        data[f"category {number}"] = words
    is_yes = rng.random(rows) < 1 / (1 + np.exp(-(logit - np.median(logit))))
    return pd.DataFrame({**data, TARGET: np.where(is_yes, "yes", "no")})
