"""Validation curve: the score against one setting of a model."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from lab.charts.layout import axis, blank, figure, legend, note
from lab.charts.score_lines import points, training
from lab.charts.theme import Theme, shown
from lab.metrics import METRICS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def frame(curve: pd.DataFrame, *, metric: str, setting: str) -> pd.DataFrame:
    """Return the finished points of a validation curve in the order of the values.

    Parameters
    ----------
    curve : DataFrame
        Of `lab.comparison.study_curve`.
    metric : str
        A key of `METRICS`.
    setting : str
        The setting's words for people.

    Returns
    -------
    DataFrame
        ``candidate, metric, setting, value, number, is_present, mean, low, high, train``; `metric`
        is its title, `value` in words, and `number` the same where it is one.
    """
    columns = {"label": "value", "x": "number", "is_own": "is_present"}
    done = curve[curve["mean"].notna()].rename(columns=columns)
    kept = ["candidate", "metric", "setting", *columns.values(), "mean", "low", "high", "train"]
    whole = done.assign(metric=METRICS[metric].title, setting=setting)
    return whole[kept].reset_index(drop=True)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return dots with intervals at evenly spaced values; numbers are joined by a line."""
    if frame.empty:
        return blank(theme, "No value is finished yet.")
    placed = frame.assign(place=range(len(frame)))
    words = [shown(value, max_length=24) for value in frame["value"]]
    is_number = placed["number"].notna()
    traces: list[Any] = []
    for part, is_line in ((placed[is_number], True), (placed[~is_number], False)):
        if len(part):
            across = "%{text}"
            drawn = [
                points(part, theme, across=across, is_line=is_line),
                training(part, theme, across=across, is_line=is_line),
            ]
            for trace in drawn:
                trace.text = [words[place] for place in part["place"]]
                trace.showlegend = not traces
            traces += drawn
    return figure(
        theme,
        traces,
        x=axis(
            theme,
            shown(frame["setting"].iloc[0], max_length=60),
            tickmode="array",
            tickvals=list(range(len(words))),
            ticktext=words,
            range=[-0.5, len(words) - 0.5],
        ),
        y=axis(theme, shown(frame["metric"].iloc[0])),
        height=400,
        showlegend=True,
        legend=legend(theme, [str(trace.name) for trace in traces]),
        **_present(placed, theme),
    )


def _present(placed: pd.DataFrame, theme: Theme) -> dict[str, object]:
    """Return the mark of the value that the candidate has now."""
    found = placed.loc[placed["is_present"].astype(bool), "place"]
    if found.empty:
        return {}
    place = int(found.iloc[0])
    line = {
        "type": "line",
        "x0": place,
        "x1": place,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "layer": "between",
        "line": {"color": theme.inks.quiet, "width": 2, "dash": "dot"},
    }
    words = note(theme, "present", x=place, y=1, yref="paper", yanchor="bottom")
    return {"shapes": [line], "annotations": [words], "margin": {"l": 8, "r": 12, "t": 26, "b": 8}}


def alt(frame: pd.DataFrame) -> str:
    """Return the scores by value in words."""
    if frame.empty:
        return "Validation curve: no value is finished yet."
    words = "; ".join(
        f"{row['value']} {row['mean']:.3f}{' (present)' if row['is_present'] else ''}"
        for row in frame.to_dict("records")
    )
    first = frame.iloc[0]
    what = f"{first['metric']} by {first['setting']}"
    return f"Validation curve of {first['candidate']}, {what}: {words}."
