"""What a line of the catalogue of steps says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lab.base import ALL_TASKS, ColumnKind, Param, Task, Value


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a step acts: what it may know besides its settings.

    Parameters
    ----------
    task : Task
        The kind of question.
    seed : int
        For steps that draw.
    kind : ColumnKind, default number
        What the values of its columns are when they reach it.
    columns : tuple of str, default ()
        Names of columns, for steps that choose among the columns of a frame themselves.
    dense : bool, default False
        Whether its output must be an ordinary array even where a sparse one is smaller.
    """

    task: Task
    seed: int
    kind: ColumnKind = ColumnKind.NUMBER
    columns: tuple[str, ...] = ()
    dense: bool = False


Builder = Callable[[Mapping[str, Value], Place], Any]
"""Settings and a place in, a scikit-learn transformer or an imbalanced-learn sampler out."""

SettingsCheck = Callable[[Mapping[str, Value], Task], str]
"""Settings and task in, what is wrong with them together or on this machine out; or nothing."""

Outside = Callable[[Mapping[str, Value]], str]
"""Settings in, a fingerprint out of what results depend on besides recipe, data and libraries."""


def _nothing_outside(settings: Mapping[str, Value]) -> str:  # noqa: ARG001 - an Outside
    return ""


LearningSeconds = Callable[[Mapping[str, Value], int, int, Task], float]
"""Settings, rows, columns and task in, rough seconds that learning takes out."""


def _nothing_wrong(settings: Mapping[str, Value], task: Task) -> str:  # noqa: ARG001 - a SettingsCheck
    return ""


class Family(StrEnum):
    """Steps that are alternatives of each other, in the order in which they act."""

    MISSING = "missing"
    DATES = "dates"
    TEXT = "text"
    SHAPE = "shape"
    SCALING = "scaling"
    INTERACTIONS = "interactions"
    ENCODING = "encoding"
    SELECTION = "selection"
    REDUCTION = "reduction"
    RESAMPLING = "resampling"
    TARGET = "target"


class Acts(StrEnum):
    """What a step changes.

    Steps on features act on all numbers that reach them, after the columns have become numbers;
    when columns are chosen for such a step, it acts on those together and the others pass by.
    """

    COLUMNS = "columns"
    FEATURES = "features"
    ROWS = "rows"
    WEIGHTS = "weights"
    TARGET = "target"


@dataclass(frozen=True, kw_only=True)
class StepEntry:
    """One preparation step.

    Parameters
    ----------
    key, title : str
        Name for files and commands, and for people.
    family : Family
        The family it belongs to.
    summary : str
        What it does, in one line.
    use_when : str
        When to use it, when not, and its price.
    kinds : tuple of ColumnKind
        The kinds of columns that it can be put on; empty for steps that need no columns.
    build : Builder
        Makes the estimator. Heavy imports stand inside it.
    default_kinds : tuple of ColumnKind, default ()
        The kinds that it is put on when nothing is said; empty for all of `kinds`.
    takes : tuple of ColumnKind, default ()
        What the values may be when they reach it, after the steps before it; empty for `kinds`.
        A scaler can be put on a date column once the date has become numbers.
    makes_numbers : bool, default False
        Whether what comes out is numbers whatever went in.
    makes_many : bool, default False
        Whether it makes other columns of its own, such as many, mostly empty ones of one;
        nothing acts on single ones of those any more.
    makes_categories : bool, default False
        Whether the numbers that come out are codes of categories for models that take such, with
        gaps for levels not seen in training; nothing that takes them for numbers may follow.
    fills_missing : bool, default False
        Whether nothing is missing in what comes out. A setting called ``missing`` with the
        value ``keep`` turns this off.
    tasks : frozenset of Task
        The tasks that it makes sense for.
    acts : Acts, default columns
        Rows and weights are changed in training only, as are the targets of rows: predictions are
        turned back.
    joint : bool, default False
        Whether a step on columns must see all of its columns together. Such columns keep their
        names until they reach it.
    stands_beside : bool, default False
        Whether it stands beside the other steps of its family, not in place of them.
    needs_complete : bool, default False
        Whether it takes no missing values.
    needs_dense : bool, default False
        Whether a step on features takes no sparse matrix.
    needs_order : bool, default False
        Whether it goes by the time of each row, and by its group where the table has groups.
    needs_target : bool, default False
        Whether it learns from the target, so that one class alone teaches nothing.
    fewest_rows : int, default 1
        Training rows that it needs.
    params : tuple of Param, default ()
        Its settings.
    problem_with : SettingsCheck
        Tells what no bound can say of the settings: two that exclude each other, a text that
        cannot be read, a package that is not installed.
    learning_seconds : LearningSeconds, optional
        Of a step that may take seconds to learn from a few thousand rows; None for all others.
    outside : Outside
        Tells what else its results depend on, such as the bytes of a model that was downloaded.
        Results are found again only where it is the same. Empty for nothing.
    version : int, default 1
        Raised when its results change.
    """

    key: str
    title: str
    family: Family
    summary: str
    use_when: str
    kinds: tuple[ColumnKind, ...]
    build: Builder
    default_kinds: tuple[ColumnKind, ...] = ()
    takes: tuple[ColumnKind, ...] = ()
    makes_numbers: bool = False
    makes_many: bool = False
    makes_categories: bool = False
    fills_missing: bool = False
    tasks: frozenset[Task] = ALL_TASKS
    acts: Acts = Acts.COLUMNS
    joint: bool = False
    stands_beside: bool = False
    needs_complete: bool = False
    needs_dense: bool = False
    needs_order: bool = False
    needs_target: bool = False
    fewest_rows: int = 1
    params: tuple[Param, ...] = ()
    problem_with: SettingsCheck = _nothing_wrong
    learning_seconds: LearningSeconds | None = None
    outside: Outside = _nothing_outside
    version: int = 1
