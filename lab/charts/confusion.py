"""Confusion matrix: which class is taken for which."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure, rows_text
from lab.charts.theme import Theme, heat, shown, small

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from lab.experiments import Outputs

MAX_CLASSES = 12


def frame(outputs: "Mapping[str, Sequence[Outputs]]", *, labels: Sequence[str]) -> pd.DataFrame:
    """Return how often each class was predicted for each true class, over all folds.

    Parameters
    ----------
    outputs : mapping of str to sequence of Outputs
        Answers on the test rows, one for each fold, by candidate; all folds are pooled.
    labels : sequence of str
        The classes by their codes.

    Returns
    -------
    DataFrame
        ``candidate, truth, predicted, count, share``: the share is that of the true class. Beyond
        twelve classes the rarest are put together as "other classes".
    """
    parts = []
    for candidate, folds in outputs.items():
        counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
        for fold in folds:
            pairs = fold.truth.astype(np.int64) * len(labels) + fold.predicted.astype(np.int64)
            counts += np.bincount(pairs, minlength=counts.size).reshape(counts.shape)
        if folds:
            parts.append(_long(candidate, *_gathered(counts, labels)))
    columns = ["candidate", "truth", "predicted", "count", "share"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _gathered(counts: Any, labels: Sequence[str]) -> tuple[Any, list[str]]:
    if len(labels) <= MAX_CLASSES:
        return counts, list(labels)
    frequent = np.sort(np.argsort(-counts.sum(axis=1), kind="stable")[: MAX_CLASSES - 1])
    place = np.full(len(labels), MAX_CLASSES - 1)
    place[frequent] = np.arange(MAX_CLASSES - 1)
    fewer = np.zeros((MAX_CLASSES, MAX_CLASSES), dtype=np.int64)
    np.add.at(fewer, (place[:, None], place[None, :]), counts)
    return fewer, [*(labels[code] for code in frequent), "other classes"]


def _long(candidate: str, counts: Any, names: list[str]) -> pd.DataFrame:
    totals = counts.sum(axis=1, keepdims=True)
    return pd.DataFrame(
        {
            "candidate": candidate,
            "truth": np.repeat(np.array(names, dtype=object), len(names)),
            "predicted": np.tile(np.array(names, dtype=object), len(names)),
            "count": counts.ravel(),
            "share": (counts / np.maximum(totals, 1)).ravel(),
        }
    )


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return the matrix of the frame's first candidate; darker is a larger share of the class."""
    if frame.empty:
        return blank(theme, "There are no predictions yet.")
    part = frame[frame["candidate"] == frame["candidate"].iloc[0]]
    classes = part["truth"].unique().tolist()
    size = max(300, 44 * len(classes) + 90)
    across = _classes(theme, classes, title=f"Predicted by {shown(part['candidate'].iloc[0])}")
    down = _classes(theme, classes, title="True class", autorange="reversed")
    return figure(theme, [_matrix(part, len(classes), theme)], x=across, y=down, height=size)


def _matrix(part: pd.DataFrame, n: int, theme: Theme) -> Any:
    from plotly import graph_objects as go

    share, count = part["share"].to_numpy(), part["count"].to_numpy()
    text = [
        f"{s:.0%}<br>{c:,}" if n <= 6 else f"{s:.0%}" for s, c in zip(share, count, strict=True)
    ]
    names = np.array([shown(name) for name in part["truth"]], dtype=object)
    others = np.array([shown(name) for name in part["predicted"]], dtype=object)
    details = np.stack([names, others, [rows_text(c) for c in count]], axis=1)
    return go.Heatmap(
        z=small(share.reshape(n, n)),
        zmin=0,
        zmax=1,
        colorscale=heat(theme),
        showscale=False,
        xgap=2,
        ygap=2,
        text=np.array(text, dtype=object).reshape(n, n).tolist(),
        texttemplate="%{text}",
        textfont={"color": theme.inks.text},
        customdata=details.reshape(n, n, 3).tolist(),
        hovertemplate=(
            "true %{customdata[0]}<br>predicted %{customdata[1]}<br>"
            "%{z:.1%} of the class, %{customdata[2]}<extra></extra>"
        ),
    )


def _classes(theme: Theme, classes: list[str], *, title: str, **more: Any) -> dict[str, Any]:
    return axis(
        theme,
        title,
        tickmode="array",
        tickvals=list(range(len(classes))),
        ticktext=[shown(name, max_length=18) for name in classes],
        showgrid=False,
        **more,
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the share of each class that was found, in words."""
    if frame.empty:
        return "Confusion matrix: there are no predictions."
    part = frame[frame["candidate"] == frame["candidate"].iloc[0]]
    found = part[part["truth"] == part["predicted"]]
    words = ", ".join(f"{row.truth} {row.share:.0%}" for row in found.itertuples())
    return f"Confusion matrix of {part['candidate'].iloc[0]}, share of each class found: {words}."
