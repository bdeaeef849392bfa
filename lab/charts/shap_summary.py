"""SHAP summary: how far each column pushes single predictions, and in which direction."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.charts.layout import around_zero, blank, figure, lanes, note
from lab.charts.theme import Theme, faded, shown, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MAX_COLUMNS = 15
MAX_ROWS = 300


def frame(
    columns: Sequence[str],
    values: Sequence[Sequence[float]],
    feature_values: Sequence[Sequence[object]],
    *,
    class_label: str = "",
) -> pd.DataFrame:
    """Return SHAP values of the columns that matter most, with each value's place in its column.

    Parameters
    ----------
    columns : sequence of str
        Raw columns.
    values : sequence of sequences of float, shape (n_rows, n_columns)
        SHAP values.
    feature_values : sequence of sequences, shape (n_rows, n_columns)
        What stands in the columns: numbers, or anything else for categories.
    class_label : str, default ""
        The class that is pushed towards; empty for regression.

    Returns
    -------
    DataFrame
        ``column, shap, level, class_label``: at most 15 columns, the largest mean absolute value
        first, and 300 rows of each; `level` is the rank of a number in its column from 0 to 1,
        NaN for categories.
    """
    shap = np.asarray(values, dtype=np.float64).reshape(-1, len(columns))[:MAX_ROWS]
    rows = list(feature_values)[: len(shap)]
    order: list[int] = []
    if len(shap):
        order = np.argsort(-np.abs(shap).mean(axis=0), kind="stable").tolist()
    parts = [
        pd.DataFrame(
            {
                "column": columns[place],
                "shap": shap[:, place],
                "level": _levels([row[place] for row in rows]),
                "class_label": class_label,
            }
        )
        for place in order[:MAX_COLUMNS]
    ]
    names = ["column", "shap", "level", "class_label"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=names)


def _levels(values: list[object]) -> "pd.Series[float]":
    numbers = pd.to_numeric(pd.Series(values, dtype=object), errors="coerce").astype(np.float64)
    lowest, highest = numbers.rank(method="average").min(), numbers.rank(method="average").max()
    if not highest > lowest:
        return numbers * np.nan
    return (numbers.rank(method="average") - lowest) / (highest - lowest)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a swarm a column; the colour tells a low from a high value of the column."""
    if frame.empty:
        return blank(theme, "There are no SHAP values yet.")
    names = frame["column"].unique().tolist()
    parts = [_spread(frame[frame["column"] == name], place) for place, name in enumerate(names)]
    together = pd.concat(parts, ignore_index=True)
    towards = str(frame["class_label"].iloc[0])
    title = f"Push towards {shown(towards)}" if towards else "Push on the prediction"
    return figure(
        theme,
        _dots(together, theme),
        x=around_zero(theme, title),
        y=lanes(theme, names),
        height=130 + 32 * len(names),
        margin={"l": 8, "r": 12, "t": 34, "b": 8},
        annotations=_key(theme, together),
    )


def _spread(part: pd.DataFrame, place: int) -> pd.DataFrame:
    """Give every dot its height in the lane: the fuller a place, the wider the swarm."""
    shap = part["shap"].to_numpy(np.float64)
    width = float(np.ptp(shap)) or 1.0
    bins = np.floor((shap - shap.min()) / width * 40).astype(np.int64)
    count = np.bincount(bins)
    rank = part.groupby(bins)["shap"].cumcount().to_numpy()
    side = np.where(rank % 2 == 0, 1.0, -1.0) * ((rank + 1) // 2)
    return part.assign(y=place + side * 2 / max(int(count.max()), 8) * 0.36)


def _dots(together: pd.DataFrame, theme: Theme) -> list[Any]:
    from plotly import graph_objects as go

    numbers = together["level"].notna().to_numpy()
    low, high = _ends(theme)
    colours: npt.NDArray[np.uint8] = np.round(together["level"].fillna(0) * 200).astype(np.uint8)
    scale: dict[str, Any] = {
        "color": np.asarray(colours)[numbers],
        "cmin": 0,
        "cmax": 200,
        "colorscale": [[0, low], [0.5, theme.inks.quiet], [1, high]],
    }
    styles = [(numbers, scale), (~numbers, {"color": faded(theme.inks.quiet, 0.6)})]
    return [
        go.Scatter(
            x=small(together["shap"][chosen]),
            y=small(together["y"][chosen]),
            mode="markers",
            marker={"size": 4.5, "line": {"width": 0}, **style},
            hovertemplate="SHAP %{x:.4~g}<extra></extra>",
        )
        for chosen, style in styles
        if chosen.any()
    ]


def _ends(theme: Theme) -> tuple[str, str]:
    return theme.inks.hues[0], theme.inks.hues[1]


def _key(theme: Theme, together: pd.DataFrame) -> list[dict[str, Any]]:
    low, high = _ends(theme)
    place = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 6}
    key = [
        note(theme, "● low value", x=0, xanchor="left", **place) | {"font": _ink(low)},
        note(theme, "● high value", x=0, xanchor="left", xshift=84, **place) | {"font": _ink(high)},
    ]
    if together["level"].isna().any():
        grey = _ink(theme.inks.quiet)
        key.append(
            note(theme, "● category or missing", x=0, xanchor="left", xshift=172, **place)
            | {"font": grey}
        )
    return key


def _ink(colour: str) -> dict[str, Any]:
    return {"size": 11, "color": colour}


def alt(frame: pd.DataFrame) -> str:
    """Return the columns with the largest mean absolute SHAP values in words."""
    if frame.empty:
        return "SHAP summary: there is none yet."
    size = frame["shap"].abs().groupby(frame["column"], sort=False).mean()
    words = ", ".join(f"{name} {value:.3g}" for name, value in size.head(10).items())
    return f"SHAP summary, mean absolute push by column: {words}."
