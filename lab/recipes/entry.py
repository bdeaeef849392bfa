"""What a line of the catalogue of steps says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lab.base import ColumnKind, Param, Value

Builder = Callable[[Mapping[str, Value], int], Any]
"""Settings and a seed in, a scikit-learn transformer or an imbalanced-learn sampler out."""


class Family(StrEnum):
    """Steps that are alternatives of each other, in the order in which they act."""

    MISSING = "missing"
    DATES = "dates"
    TEXT = "text"
    SCALING = "scaling"
    ENCODING = "encoding"
    RESAMPLING = "resampling"


class Acts(StrEnum):
    """What a step changes."""

    COLUMNS = "columns"
    ROWS = "rows"
    WEIGHTS = "weights"


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
        The kinds of columns that it takes; empty for steps that act on rows or weights.
    build : Builder
        Makes the estimator. Heavy imports stand inside it.
    makes_numbers : bool, default False
        Whether what comes out is numbers whatever went in.
    acts : Acts, default columns
        Rows and weights are changed in training only.
    params : tuple of Param, default ()
        Its settings.
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
    makes_numbers: bool = False
    acts: Acts = Acts.COLUMNS
    params: tuple[Param, ...] = ()
    version: int = 1
