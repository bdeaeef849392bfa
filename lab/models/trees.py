"""Single trees and forests."""

from collections.abc import Mapping
from math import log2
from typing import Any

from lab.base import ALL_TASKS, Number, Option, Task, Value
from lab.models.entry import Builder, ModelEntry

_DEPTH = Number(
    name="max_depth",
    label="Deepest level",
    default=None,
    minimum=1,
    maximum=100,
    integer=True,
    none_label="no limit",
    help="How many questions in a row a tree may ask. Limit it when the training score is much "
    "better than the test score; shallow trees are faster and smaller.",
)
_LEAF = Number(
    name="min_samples_leaf",
    label="Rows in a leaf",
    default=1,
    minimum=1,
    maximum=10_000,
    integer=True,
    log_scale=True,
    help="Fewest training rows behind an answer. Raise it for noisy targets and for smoother "
    "probabilities; the trees become smaller and faster.",
)
_TREES = Number(
    name="n_estimators",
    label="Trees",
    default=100,
    minimum=1,
    maximum=5_000,
    integer=True,
    log_scale=True,
    help="More trees never hurt the score, and gain little after a few hundred. Time and memory "
    "grow in proportion.",
)
_COLUMNS = Option(
    name="max_features",
    label="Columns tried at each split",
    default="usual",
    options=(
        ("usual", "Square root for classes, a third for numbers"),
        ("sqrt", "Square root"),
        ("third", "A third"),
        ("all", "All"),
    ),
    advanced=True,
    help="Fewer make the trees differ more, which usually helps, and are faster; all columns help "
    "when only a few matter.",
)


def _columns_tried(settings: Mapping[str, Value], task: Task) -> str | float:
    word = str(settings["max_features"])
    if word == "usual":
        word = "sqrt" if task.is_classification else "third"
    shares = {"third": 1 / 3, "all": 1.0}
    return shares.get(word, word)


def _decision_tree(settings: Mapping[str, Value], task: Task, seed: int) -> Any:
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    kind = DecisionTreeClassifier if task.is_classification else DecisionTreeRegressor
    return kind(
        max_depth=settings["max_depth"],
        min_samples_leaf=settings["min_samples_leaf"],
        ccp_alpha=settings["ccp_alpha"],
        random_state=seed,
    )


def _random_forest(settings: Mapping[str, Value], task: Task, seed: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

    kind = RandomForestClassifier if task.is_classification else RandomForestRegressor
    return _forest(kind, settings, task, seed=seed)


def _extra_trees(settings: Mapping[str, Value], task: Task, seed: int) -> Any:
    from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor

    kind = ExtraTreesClassifier if task.is_classification else ExtraTreesRegressor
    return _forest(kind, settings, task, seed=seed)


def _forest(kind: Any, settings: Mapping[str, Value], task: Task, *, seed: int) -> Any:
    return kind(
        n_estimators=settings["n_estimators"],
        max_depth=settings["max_depth"],
        min_samples_leaf=settings["min_samples_leaf"],
        max_features=_columns_tried(settings, task),
        n_jobs=1,
        random_state=seed,
    )


def _forest_seconds(pace: float, rows: int, columns: int, classes: int) -> float:
    tried = columns / 3 if classes < 2 else columns**0.5
    return 0.1 + pace * rows * log2(rows + 1) * max(1.0, tried)


def _shallower(settings: Mapping[str, Value]) -> float:
    depth = settings["max_depth"]
    return 1.0 if depth is None else min(1.0, float(depth) / 10)


def _relative_seconds(settings: Mapping[str, Value]) -> float:
    columns = 3.0 if settings["max_features"] == "all" else 1.0
    return float(settings["n_estimators"] or 1) / 100 * columns * _shallower(settings)


def _entry(key: str, title: str, summary: str, *, build: Builder, **rest: Any) -> ModelEntry:
    return ModelEntry(
        key=key,
        title=title,
        family="Trees",
        summary=summary,
        tasks=ALL_TASKS,
        build=build,
        preset="trees",
        takes_missing=True,
        explainer="tree",
        **rest,
    )


DECISION_TREE = _entry(
    "decision_tree",
    "Decision tree",
    "A ladder of yes-or-no questions: one can read it; on its own it follows noise, so limit its "
    "depth or take a forest.",
    build=_decision_tree,
    module="sklearn.tree",
    fit_seconds=lambda rows, columns, classes: 0.003 + 4.5e-8 * rows**1.25 * columns,  # noqa: ARG005
    relative_seconds=_shallower,
    params=(
        _DEPTH,
        _LEAF,
        Number(
            name="ccp_alpha",
            label="Pruning",
            default=0.0,
            minimum=0.0,
            maximum=10.0,
            advanced=True,
            help="Removes branches that gain less impurity than this. Small values such as 0.001 "
            "make the tree shorter and steadier; 0 keeps everything. Takes a second pass.",
        ),
    ),
)

RANDOM_FOREST = _entry(
    "random_forest",
    "Random forest",
    "Many deep trees on random samples of rows and columns, averaged: strong with no tuning at "
    "all and robust to odd columns; large and slow to explain.",
    build=_random_forest,
    module="sklearn.ensemble",
    fit_seconds=lambda rows, columns, classes: _forest_seconds(2.4e-6, rows, columns, classes),
    relative_seconds=_relative_seconds,
    params=(_TREES, _DEPTH, _LEAF, _COLUMNS),
)

EXTRA_TREES = _entry(
    "extra_trees",
    "Extra trees",
    "A forest whose split points are drawn at random: faster than a random forest, often as good, "
    "smoother on noisy numbers.",
    build=_extra_trees,
    module="sklearn.ensemble",
    fit_seconds=lambda rows, columns, classes: _forest_seconds(1.6e-6, rows, columns, classes),
    relative_seconds=_relative_seconds,
    params=(_TREES, _DEPTH, _LEAF, _COLUMNS),
)
