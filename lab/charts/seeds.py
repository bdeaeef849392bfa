"""Repeated seeds: how far scores scatter by the model's seed, beside how far by the rows."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure, lanes
from lab.charts.theme import Theme, shown, small
from lab.metrics import METRICS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_LANES = {"seed": "Each seed, mean of folds", "fold": "Each fold, mean of seeds"}


def frame(scores: pd.DataFrame, *, metric: str, candidate: str) -> pd.DataFrame:
    """Return the mean score of each seed over folds, and of each fold over seeds.

    Parameters
    ----------
    scores : DataFrame
        ``candidate, repeat, fold, metric, value, ...`` of `lab.comparison.fold_scores`.
    metric : str
        A key of `METRICS`.
    candidate : str
        Whose seeds they are.

    Returns
    -------
    DataFrame
        ``candidate, metric, by, label, mean``; `by` is ``seed`` or ``fold``. Folds that not every
        seed has finished are left out.
    """
    part = scores[scores["metric"] == metric]
    repeat, fold = (part[name] + 1 for name in ("repeat", "fold"))
    where = "repeat " + repeat.astype(str) + ", fold " + fold.astype(str)
    table = (
        part.assign(where=where)
        .pivot_table(index="candidate", columns="where", values="value", sort=False, dropna=False)
        .dropna(axis="columns")
    )
    if table.empty:
        return pd.DataFrame(columns=["candidate", "metric", "by", "label", "mean"])
    return pd.DataFrame(
        {
            "candidate": candidate,
            "metric": METRICS[metric].title,
            "by": ["seed"] * len(table) + ["fold"] * table.shape[1],
            "label": [*table.index, *table.columns],
            "mean": np.concatenate([table.mean(axis="columns"), table.mean(axis="index")]),
        }
    )


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a lane of seeds above a lane of folds, on one axis."""
    if frame.empty:
        return blank(theme, "No fold is finished with every seed yet.")
    return figure(
        theme,
        [_dots(frame[frame["by"] == by], place, theme) for place, by in enumerate(_LANES)],
        x=axis(theme, shown(frame["metric"].iloc[0])),
        y=lanes(theme, list(_LANES.values())),
        height=230,
    )


def _dots(part: pd.DataFrame, place: int, theme: Theme) -> Any:
    from plotly import graph_objects as go

    spread = np.linspace(-0.18, 0.18, len(part)) if len(part) > 1 else np.zeros(len(part))
    return go.Scatter(
        x=small(part["mean"]),
        y=small(place + spread),
        text=[shown(label) for label in part["label"]],
        mode="markers",
        marker={"color": theme.hue(place), "size": 10, "opacity": 0.8},
        name=list(_LANES.values())[place],
        hovertemplate="%{text}: %{x:.4f}<extra></extra>",
    )


def alt(frame: pd.DataFrame) -> str:
    """Return how far seeds and folds scatter in words."""
    if frame.empty:
        return "Repeated seeds: no fold is finished with every seed yet."
    words = "; ".join(
        f"by {by} {rows['mean'].min():.3f} to {rows['mean'].max():.3f}"
        for by, rows in frame.groupby("by", sort=False)
    )
    first = frame.iloc[0]
    return f"Repeated seeds of {first['candidate']}, mean {first['metric']}: {words}."
