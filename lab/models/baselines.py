"""The baseline: what one reaches without looking at a single column."""

from collections.abc import Mapping
from typing import Any

from lab.base import ALL_TASKS, Option, Task, Value
from lab.models.entry import ModelEntry


def _dummy(settings: Mapping[str, Value], task: Task, seed: int) -> Any:
    from sklearn.dummy import DummyClassifier, DummyRegressor

    if task.is_classification:
        drawn = settings["answer"] == "drawn"
        return DummyClassifier(strategy="stratified" if drawn else "prior", random_state=seed)
    return DummyRegressor(strategy="median" if settings["answer"] == "median" else "mean")


DUMMY = ModelEntry(
    key="dummy",
    title="Baseline",
    family="Baseline",
    summary="Ignores every column and answers by the target's frequencies or mean: whatever is "
    "not better than this has learned nothing.",
    tasks=ALL_TASKS,
    build=_dummy,
    module="sklearn.dummy",
    preset="minimal",
    takes_missing=True,
    takes_sparse=True,
    tell_categories=lambda model, places, n_columns: {},  # noqa: ARG005 - it ignores every column
    fit_seconds=lambda rows, columns, classes: 0.001 + 2e-8 * rows,  # noqa: ARG005
    params=(
        Option(
            name="answer",
            label="Answer",
            default="usual",
            options=(
                ("usual", "Class frequencies, or the mean"),
                ("median", "Median (numbers only)"),
                ("drawn", "A class drawn by frequency (classes only)"),
            ),
            help="What it answers for every row. The median is the baseline to beat when absolute "
            "errors are judged; a drawn class shows what guessing reaches. Costs nothing.",
        ),
    ),
)
