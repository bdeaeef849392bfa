"""What a line of the catalogue of charts says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

from lab.base import ALL_TASKS, Param, Task

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

Needs = Literal[
    "outputs", "leaderboard", "fold_scores", "differences", "importances", "shap", "column",
    "shares", "matrix", "counts", "study", "effects", "leak", "rows", "time", "patterns",
    "outliers", "map",
]  # fmt: skip
"""What a chart's `frame` starts from."""


@dataclass(frozen=True, kw_only=True)
class ChartEntry:
    """One chart.

    Parameters
    ----------
    key, title : str
        Name for files and commands, and for people.
    summary : str
        How to read it, in one line.
    needs : Needs
        What `frame` starts from: ``outputs`` is a mapping from candidate to its folds' `Outputs`.
    frame : callable (...) -> DataFrame
        The numbers shown, also offered for download.
    draw : callable (frame, *, theme) -> plotly Figure
        The chart of such a frame; an empty frame gives an empty chart that says so.
    alt : callable (frame) -> str
        The same in words, for readers who do not see it.
    tasks : frozenset of Task
        Where it applies.
    """

    key: str
    title: str
    summary: str
    needs: Needs
    frame: Callable[..., pd.DataFrame]
    draw: Callable[..., "Figure"]
    alt: Callable[[pd.DataFrame], str]
    tasks: frozenset[Task] = ALL_TASKS
    params: tuple[Param, ...] = ()
