"""A matrix of columns by columns as a heatmap."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.charts.layout import axis, figure
from lab.charts.theme import Theme, heat, shown, signed_heat, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MAX_COLUMNS = 30
_WRITTEN = 12


def matrix_frame(matrix: pd.DataFrame, value: str) -> pd.DataFrame:
    """Return the cells of a matrix in long form, ``a, b`` and the value, row by row.

    Parameters
    ----------
    matrix : DataFrame
        At most 30 rows and columns of it are kept.
    value : str
        What the value is called.
    """
    kept = matrix.iloc[:MAX_COLUMNS, :MAX_COLUMNS]
    rows = np.array([str(name) for name in kept.index], dtype=object)
    columns = np.array([str(name) for name in kept.columns], dtype=object)
    return pd.DataFrame(
        {
            "a": np.repeat(rows, len(columns)),
            "b": np.tile(columns, len(rows)),
            value: kept.to_numpy(np.float64).ravel(),
        }
    )


def draw_matrix(frame: pd.DataFrame, theme: Theme, *, value: str, is_signed: bool) -> "Figure":
    """Return the matrix; stronger is darker, or bluer and more orange when it has a sign."""
    rows, columns = (_labels(frame[name].unique().tolist()) for name in ("a", "b"))
    cells = frame[value].to_numpy(np.float64, copy=True)
    cells[(frame["a"] == frame["b"]).to_numpy()] = np.nan
    ticks = {"showgrid": False, "tickfont": {"size": 10, "color": theme.inks.quiet}}
    return figure(
        theme,
        [
            _heatmap(
                cells.reshape(len(rows), len(columns)), rows, columns, theme, is_signed=is_signed
            )
        ],
        x=axis(theme, "", tickangle=-45, **_ticks(columns), **ticks),
        y=axis(theme, "", autorange="reversed", **_ticks(rows), **ticks),
        height=150 + 22 * max(len(rows), 6),
    )


def _heatmap(
    cells: npt.NDArray[np.float64], rows: Sequence[str], columns: Sequence[str], theme: Theme, *,
    is_signed: bool,
) -> Any:  # fmt: skip
    from plotly import graph_objects as go

    is_written = max(len(rows), len(columns)) <= _WRITTEN
    square = np.where(np.abs(cells) < 0.005, 0.0, cells).reshape(len(rows), len(columns))
    return go.Heatmap(
        z=small(square),
        zmin=-1 if is_signed else 0,
        zmax=1,
        colorscale=signed_heat(theme) if is_signed else heat(theme),
        colorbar={"thickness": 8, "outlinewidth": 0, "tickfont": {"color": theme.inks.quiet}},
        xgap=1,
        ygap=1,
        text=[[f"{v + 0.0:.2f}" if np.isfinite(v) else "" for v in row] for row in square],
        texttemplate="%{text}" if is_written else "",
        textfont={"size": 10, "color": theme.inks.text},
        hovertext=[[f"{one} · {other}" for other in columns] for one in rows],
        hovertemplate="%{hovertext}<br>%{z:.3f}<extra></extra>",
        hoverongaps=False,
    )


def strongest_pairs(frame: pd.DataFrame, value: str, *, most: int = 5) -> str:
    """Return the strongest pairs in words, each once; an empty string when there are none."""
    pairs = frame[frame["a"] != frame["b"]].dropna(subset=[value])
    first = [min(pair) for pair in zip(pairs["a"], pairs["b"], strict=True)]
    other = [max(pair) for pair in zip(pairs["a"], pairs["b"], strict=True)]
    pairs = pairs.assign(first=first, other=other).drop_duplicates(["first", "other"])
    top = pairs.sort_values(value, key=np.abs, ascending=False, kind="stable").head(most)
    return ", ".join(
        f"{a} with {b} {strength:.2f}"
        for a, b, strength in zip(top["a"], top["b"], top[value], strict=True)
    )


def _labels(names: Sequence[str]) -> list[str]:
    return [shown(name, max_length=22) for name in names]


def _ticks(labels: Sequence[str]) -> dict[str, Any]:
    return {"tickmode": "array", "tickvals": list(range(len(labels))), "ticktext": list(labels)}
