"""Boosted trees: each tree mends the errors of those before it."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from lab.base import ALL_TASKS, Number, Task, Toggle, Value
from lab.models.entry import Builder, CategoryTeller, ModelEntry

_RATE = Number(
    name="learning_rate",
    label="Learning rate",
    default=0.1,
    minimum=0.001,
    maximum=1.0,
    log_scale=True,
    help="How much of each tree's correction is taken. Lower rates with more trees are usually a "
    "little better, and slower in proportion.",
)
_LEAVES = Number(
    name="max_leaf_nodes",
    label="Leaves a tree",
    default=31,
    minimum=2,
    maximum=1_024,
    integer=True,
    log_scale=True,
    help="How detailed each tree is. Lower it on few rows or noisy targets; more leaves take "
    "longer.",
)
_ROWS = Number(
    name="min_samples_leaf",
    label="Rows in a leaf",
    default=20,
    minimum=1,
    maximum=10_000,
    integer=True,
    log_scale=True,
    help="Fewest training rows behind a correction. Lower it on tables of a few hundred rows, "
    "raise it against noise. Costs nothing.",
)
_L2 = Number(
    name="l2",
    label="Penalty (L2)",
    default=0.0,
    minimum=0.0,
    maximum=1_000.0,
    advanced=True,
    help="Shrinks the corrections of small leaves. Raise it when the training score is much "
    "better than the test score. Costs nothing.",
)


def _trees(default: int) -> Number:
    return Number(
        name="n_estimators",
        label="Trees",
        default=default,
        minimum=1,
        maximum=5_000,
        integer=True,
        log_scale=True,
        help="How many corrections are made. Too many learn the noise, so raise it together with "
        "a lower learning rate. Time grows in proportion.",
    )


def _share(name: str, label: str, what: str) -> Number:
    return Number(
        name=name,
        label=label,
        default=1.0,
        minimum=0.1,
        maximum=1.0,
        advanced=True,
        help=f"Share of the {what} that each tree sees. 0.5 to 0.9 makes the trees differ, often "
        "scores a little better on noisy tables, and is faster.",
    )


def _histogram(settings: Mapping[str, Value], task: Task, seed: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    kind = HistGradientBoostingClassifier if task.is_classification else (
        HistGradientBoostingRegressor
    )  # fmt: skip
    return kind(
        max_iter=settings["n_estimators"],
        learning_rate=settings["learning_rate"],
        max_leaf_nodes=settings["max_leaf_nodes"],
        min_samples_leaf=settings["min_samples_leaf"],
        l2_regularization=settings["l2"],
        early_stopping=settings["early_stopping"],
        random_state=seed,
    )


def _xgboost(settings: Mapping[str, Value], task: Task, seed: int) -> Any:
    from xgboost import XGBRegressor

    from lab.models.adapted_xgboost import GapXGBClassifier

    kind = GapXGBClassifier if task.is_classification else XGBRegressor
    return kind(
        n_estimators=settings["n_estimators"],
        learning_rate=settings["learning_rate"],
        max_depth=settings["max_depth"],
        min_child_weight=settings["min_child_weight"],
        reg_lambda=settings["l2"],
        subsample=settings["row_share"],
        colsample_bytree=settings["column_share"],
        tree_method="hist",
        n_jobs=1,
        random_state=seed,
        verbosity=0,
    )


def _lightgbm(settings: Mapping[str, Value], task: Task, seed: int) -> Any:
    from lightgbm import LGBMClassifier, LGBMRegressor

    kind = LGBMClassifier if task.is_classification else LGBMRegressor
    return kind(
        n_estimators=settings["n_estimators"],
        learning_rate=settings["learning_rate"],
        num_leaves=settings["max_leaf_nodes"],
        min_child_samples=settings["min_samples_leaf"],
        reg_lambda=settings["l2"],
        subsample=settings["row_share"],
        subsample_freq=1,
        colsample_bytree=settings["column_share"],
        # Without these two the library times two layouts and takes the faster, and sums differ.
        deterministic=True,
        force_row_wise=True,
        n_jobs=1,
        random_state=seed,
        verbosity=-1,
    )


def _tell_histogram(model: Any, places: tuple[int, ...], n_columns: int) -> Mapping[str, Any]:  # noqa: ARG001 - a CategoryTeller
    model.set_params(categorical_features=list(places))
    return {}


def _tell_xgboost(model: Any, places: tuple[int, ...], n_columns: int) -> Mapping[str, Any]:
    types = ["c" if place in places else "q" for place in range(n_columns)]
    model.set_params(enable_categorical=True, feature_types=types)
    return {}


def _tell_lightgbm(model: Any, places: tuple[int, ...], n_columns: int) -> Mapping[str, Any]:  # noqa: ARG001 - a CategoryTeller
    return {"categorical_feature": list(places)}


def _entry(
    key: str, title: str, summary: str, *, build: Builder, tell: CategoryTeller, **rest: Any
) -> ModelEntry:
    return ModelEntry(
        key=key,
        title=title,
        family="Boosting",
        summary=summary,
        tasks=ALL_TASKS,
        build=build,
        preset="trees",
        takes_missing=True,
        tell_categories=tell,
        explainer="tree",
        **rest,
    )


def _seconds(
    start: float, columns_pace: float, values_pace: float
) -> Callable[[int, int, int], float]:
    """Return the seconds of the default trees: one a round, or one a class above two.

    Each column of a tree costs its bins, fewer where rows are few, and a look at every row.
    """

    def seconds(rows: int, columns: int, classes: int) -> float:
        bins = columns_pace * min(1.0, rows / 1_000)
        trees = classes if classes > 2 else 1
        return (start + (bins + values_pace * rows) * columns) * trees

    return seconds


def _relative_seconds(settings: Mapping[str, Value]) -> float:
    leaves = float(settings["max_leaf_nodes"] or 1) / 31
    return float(settings["n_estimators"] or 1) / 100 * math.pow(leaves, 0.6)


def _relative_xgboost_seconds(settings: Mapping[str, Value]) -> float:
    depth = float(settings["max_depth"] or 1) / 6
    trees = float(settings["n_estimators"] or 1) / 200
    return trees * math.pow(depth, 1.8) * float(settings["column_share"] or 1)


HIST_GRADIENT_BOOSTING = _entry(
    "hist_gradient_boosting",
    "Histogram gradient boosting",
    "scikit-learn's boosted trees on binned columns: strong on mixed tables of any size, takes "
    "missing values as they are.",
    build=_histogram,
    tell=_tell_histogram,
    module="sklearn.ensemble",
    fit_seconds=_seconds(0.04, 6.5e-3, 7e-7),
    relative_seconds=_relative_seconds,
    params=(
        _trees(100),
        _RATE,
        _LEAVES,
        _ROWS,
        _L2,
        Toggle(
            name="early_stopping",
            label="Stop early",
            default=False,
            advanced=True,
            help="Holds a tenth of the training rows apart and stops when they no longer gain. Use "
            "it with many trees on thousands of rows; every class needs two rows for it.",
        ),
    ),
)

XGBOOST = _entry(
    "xgboost",
    "XGBoost",
    "Boosted trees with strong penalties: often the best on mixed tables once tuned, takes "
    "missing values as they are.",
    build=_xgboost,
    tell=_tell_xgboost,
    module="lab.models.adapted_xgboost",
    fit_seconds=_seconds(0.03, 7e-3, 1.2e-6),
    relative_seconds=_relative_xgboost_seconds,
    params=(
        _trees(200),
        _RATE,
        Number(
            name="max_depth",
            label="Deepest level",
            default=6,
            minimum=1,
            maximum=20,
            integer=True,
            help="How many questions in a row each tree asks. 3 to 5 on few rows, 6 to 10 on many; "
            "time doubles with each level at worst.",
        ),
        Number(
            name="min_child_weight",
            label="Weight in a leaf",
            default=1.0,
            minimum=0.0,
            maximum=1_000.0,
            advanced=True,
            help="Least evidence behind a correction. Raise it against noise. Costs nothing.",
        ),
        Number(
            name="l2",
            label="Penalty (L2)",
            default=1.0,
            minimum=0.0,
            maximum=1_000.0,
            advanced=True,
            help=_L2.help,
        ),
        _share("row_share", "Rows a tree", "rows"),
        _share("column_share", "Columns a tree", "columns"),
    ),
)

LIGHTGBM = _entry(
    "lightgbm",
    "LightGBM",
    "Boosted trees that grow where the error is largest: the fastest of the three on many rows, "
    "takes missing values and very wide sparse tables.",
    build=_lightgbm,
    tell=_tell_lightgbm,
    module="lightgbm",
    takes_sparse=True,
    fit_seconds=_seconds(0.015, 3.5e-3, 6e-7),
    relative_seconds=_relative_seconds,
    params=(
        _trees(100),
        _RATE,
        _LEAVES,
        _ROWS,
        _L2,
        _share("row_share", "Rows a tree", "rows"),
        _share("column_share", "Columns a tree", "columns"),
    ),
)
