"""Predicted against actual values: how near the diagonal the predictions lie."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lab.charts import residuals
from lab.charts.layout import axis, blank, figure, legend
from lab.charts.theme import Theme, shown

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from lab.experiments import Outputs


def frame(outputs: "Mapping[str, Sequence[Outputs]]") -> pd.DataFrame:
    """Return a sample of at most 1,000 rows with predicted and true value.

    Parameters
    ----------
    outputs : mapping of str to sequence of Outputs
        Answers on the test rows, one for each fold, by candidate; all folds are pooled.

    Returns
    -------
    DataFrame
        ``candidate, kind, predicted, truth, residual``, kind always ``point``.
    """
    sample = residuals.frame(outputs)
    columns = ["candidate", "kind", "predicted", "truth", "residual"]
    return sample.loc[sample["kind"] == "point", columns].reset_index(drop=True)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the sampled rows of all candidates; the diagonal is perfect."""
    if frame.empty:
        return blank(theme, "There are no predictions yet.")
    from plotly import graph_objects as go

    ends = [float(np.nanmin(frame["truth"])), float(np.nanmax(frame["truth"]))]
    diagonal = go.Scatter(
        x=ends,
        y=ends,
        mode="lines",
        line={"color": theme.inks.quiet, "width": 1, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
    )
    names = frame["candidate"].unique().tolist()
    traces = [
        residuals.points(frame[frame["candidate"] == name], theme, up="truth") for name in names
    ]
    for trace, name in zip(traces, names, strict=True):
        trace.update(showlegend=True, name=shown(name, max_length=28))
    return figure(
        theme,
        [*traces, diagonal],
        x=axis(theme, "Predicted value"),
        y=axis(theme, "Actual value"),
        showlegend=len(names) > 1,
        legend=legend(theme, names),
        height=400 + 12 * len(names),
    )


def alt(frame: pd.DataFrame) -> str:
    """Return how closely predictions and truth go together, in words."""
    if frame.empty:
        return "Predicted against actual: there are no predictions."
    words = ", ".join(
        f"{name} {_correlation(rows):.3f}"
        for name, rows in list(frame.groupby("candidate", sort=False))[:14]
    )
    return f"Predicted against actual values; correlation by candidate: {words}."


def _correlation(rows: pd.DataFrame) -> float:
    if len(rows) < 2 or rows["truth"].nunique() < 2 or rows["predicted"].nunique() < 2:
        return 0.0
    return float(np.corrcoef(rows["truth"], rows["predicted"])[0, 1])
