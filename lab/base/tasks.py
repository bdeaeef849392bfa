"""The kinds of question that a target column asks."""

from enum import StrEnum


class Task(StrEnum):
    """What is predicted: one of two classes, one of several, or a number."""

    BINARY = "binary"
    MULTICLASS = "multiclass"
    REGRESSION = "regression"

    @property
    def is_classification(self) -> bool:
        """Whether the target holds classes."""
        return self is not Task.REGRESSION

    @property
    def title(self) -> str:  # type: ignore[override]  # a name, not str.title()
        """The task's name for people."""
        return _TITLES[self]


_TITLES = {
    Task.BINARY: "Binary classification",
    Task.MULTICLASS: "Multiclass classification",
    Task.REGRESSION: "Regression",
}
CLASSIFICATION = frozenset({Task.BINARY, Task.MULTICLASS})
ALL_TASKS = frozenset(Task)
