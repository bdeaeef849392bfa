"""What comes out of preparing before the split, as plain values."""

from dataclasses import dataclass
from enum import StrEnum


class LearnsFrom(StrEnum):
    """What a step takes from the rows that it is fitted on."""

    ROWS = "rows"
    TARGET = "target"
    VALUES = "values"


@dataclass(frozen=True, kw_only=True)
class LeakedStep:
    """A step that learned from test rows.

    Parameters
    ----------
    key : str
        Key of `STEPS`.
    title : str
        The step's name for people.
    learns : LearnsFrom
        What it took from them.
    """

    key: str
    title: str
    learns: LearnsFrom


@dataclass(frozen=True, kw_only=True)
class StepAlone:
    """Scores of a candidate of which one step has seen the test rows. They are not true.

    Parameters
    ----------
    step : LeakedStep
        The step; all others learned from the training rows.
    scores : tuple of dict of str to float or None
        Of each fold, by metric key; empty when a fold failed.
    failure : str, default ""
        Why there are none.
    """

    step: LeakedStep
    scores: tuple[dict[str, float | None], ...]
    failure: str = ""


@dataclass(frozen=True, kw_only=True)
class Leak:
    """Scores of a candidate whose recipe was fitted before the split. They are not true.

    Parameters
    ----------
    candidate : str
        The candidate's name.
    scores : tuple of dict of str to float or None
        Of each fold, by metric key; None where the metric is not defined.
    steps : tuple of LeakedStep
        The steps of its recipe that learn from rows, in order.
    alone : tuple of StepAlone
        The same with one of those steps at a time; empty when there is only one of them.
    n_rows, n_prepared : int
        Rows of the data set, and rows that were divided once they had been resampled.
    warning : str
        Stands in the file, lest somebody take its numbers for results.
    """

    candidate: str
    scores: tuple[dict[str, float | None], ...]
    steps: tuple[LeakedStep, ...]
    n_rows: int
    n_prepared: int
    alone: tuple[StepAlone, ...] = ()
    warning: str = "Scores of a wrong procedure: prepared before the split. Not a result."
