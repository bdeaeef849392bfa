"""The leaderboard as a table: scores with intervals, ties, gap, times, reasons."""

import math
from collections.abc import Collection
from typing import Any

import pandas as pd
import streamlit as st

from lab.comparison import Leaderboard
from lab.experiments import Experiment
from lab.metrics import METRICS, MetricEntry

MOST_ROWS = 25
RULED_OUT = "ruled out"
_STATES = {"complete": "", "partial": "unfinished", "failed": "failed", "waiting": "waiting"}


def show_board(
    board: Leaderboard, experiment: Experiment, *, ruled_out: Collection[str] = ()
) -> list[str]:
    """Show the leaderboard and return the candidates whose rows are chosen.

    Parameters
    ----------
    board : Leaderboard
        Best first.
    experiment : Experiment
        Its metrics are the columns.
    ruled_out : collection of str, default ()
        Names of the candidates that a race stopped.
    """
    metrics = [board.primary, *(key for key in experiment.metrics if key != board.primary)]
    frame = board_frame(board, metrics, ruled_out=ruled_out)
    event = st.dataframe(
        frame,
        hide_index=True,
        column_config=_columns(board, metrics, frame),
        on_select="rerun",
        selection_mode="multi-row",
        key=f"board {experiment.id} {board.primary}",
        height="content" if len(frame) <= MOST_ROWS else 900,
        placeholder="–",
        alt=f"Leaderboard of {len(frame)} candidates by {METRICS[board.primary].title}, best first",
    )
    rows = event.selection.rows
    return [str(frame["candidate"].iloc[row]) for row in rows if row < len(frame)]


def board_frame(
    board: Leaderboard, metrics: list[str], *, ruled_out: Collection[str] = ()
) -> pd.DataFrame:
    """Return the leaderboard with the columns that are shown, in order."""
    source, primary = board.frame, board.primary
    shown = pd.DataFrame({"candidate": source["candidate"]})
    # Right behind the name, so that narrow screens show it.
    shown["score"] = rounded(source[primary])
    shown["interval"] = [
        _interval(low, high)
        for low, high in zip(source[f"{primary}_low"], source[f"{primary}_high"], strict=True)
    ]
    shown["standing"] = [
        RULED_OUT if line["candidate"] in ruled_out else _standing(line, place)
        for place, line in enumerate(_lines(source))
    ]
    if (source["reason"].fillna("") != "").any():
        shown["reason"] = source["reason"].fillna("")
    for key in metrics[1:]:
        shown[key] = rounded(source[key])
    shown["gap"] = source["gap"]
    for name in ("fit_seconds", "predict_seconds", "prepare_seconds"):
        shown[name] = source[name] * 1000
    shown["peak_mb"] = source["peak_mb"]
    shown["recipe"] = source["recipe"]
    shown["folds"] = [f"{done} of {total}" for done, total in
                      zip(source["folds_done"], source["folds_total"], strict=True)]  # fmt: skip
    return shown.reset_index(drop=True)


def _lines(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(key): value for key, value in line.items()} for line in frame.to_dict("records")]


def _standing(line: dict[str, object], place: int) -> str:
    if line["state"] != "complete":
        return _STATES.get(str(line["state"]), str(line["state"]))
    if place == 0:
        return "best"
    return "tied" if line["tied"] else ""


def _interval(low: float, high: float) -> str:
    if math.isnan(low) or math.isnan(high):
        return ""
    return f"{_short(low)} to {_short(high)}"


def _short(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 10 else f"{value:,.4g}"


def _columns(board: Leaderboard, metrics: list[str], frame: pd.DataFrame) -> dict[str, Any]:
    config = st.column_config
    columns: dict[str, Any] = {
        "candidate": config.TextColumn("Candidate", pinned=True, width="medium"),
        "standing": config.TextColumn(
            "Standing",
            help="Tied with the best: the difference is not more than chance explains (corrected "
            "paired test, Holm). Ruled out: a race stopped it, since it was shown to be worse.",
        ),
        "reason": config.TextColumn("Note", width=290),
        "score": _score_column(METRICS[board.primary], frame["score"]),
        "interval": config.TextColumn(
            "95% interval", help="Corrected for training rows that folds share (Nadeau & Bengio)."
        ),
    }
    for key in metrics[1:]:
        other = METRICS[key]
        columns[key] = config.NumberColumn(
            other.title, format=score_format(frame[key]), help=other.summary
        )
    return {**columns, **_COSTS}


def _score_column(entry: MetricEntry, scores: "pd.Series[float]") -> Any:
    direction = "Greater is better." if entry.greater_is_better else "Less is better."
    low, high = _range(entry, scores)
    return st.column_config.ProgressColumn(
        entry.title,
        format=score_format(scores),
        min_value=low,
        max_value=high,
        help=f"Mean over folds. {direction} {entry.summary}",
    )


_COSTS: dict[str, Any] = {
    "gap": st.column_config.NumberColumn(
        "Gap to training",
        format="%.3g",
        help="How much better the score is on the rows it was learned from (at most 10,000 of "
        "each fold, 1,000 for neighbours and RBF SVM). A large gap means overfitting.",
    ),
    "fit_seconds": st.column_config.NumberColumn(
        "Fit", format="%.0f ms", help="Mean time of one fit."
    ),
    "predict_seconds": st.column_config.NumberColumn(
        "Predict", format="%.0f ms", help="Mean time to predict the test rows of a fold."
    ),
    "prepare_seconds": st.column_config.NumberColumn(
        "Prepare", format="%.0f ms", help="Mean time to fit the recipe; shared by its models."
    ),
    "peak_mb": st.column_config.NumberColumn("Memory", format="%.0f MB"),
    "recipe": st.column_config.TextColumn("Recipe"),
    "folds": st.column_config.TextColumn("Folds"),
}


def _range(entry: MetricEntry, scores: "pd.Series[float]") -> tuple[float, float]:
    known = scores.dropna()
    high = float(known.max()) if len(known) else 1.0
    low = float(known.min()) if len(known) else 0.0
    if math.isfinite(entry.highest) and entry.greater_is_better:
        return max(entry.lowest, 0.0) if low >= 0 else low, entry.highest
    return min(0.0, low), high if high > min(0.0, low) else low + 1.0


def rounded(values: "pd.Series[float]") -> "pd.Series[float]":
    """Return scores without digits that nobody reads, and without a minus before a zero."""
    largest = values.abs().max()
    if largest >= 100:
        return values.round(0 if largest >= 1_000 else 2)
    return values if largest < 0.01 else values.round(4) + 0.0


def score_format(values: "pd.Series[float]") -> str:
    """Return the format of a column of scores."""
    largest = values.abs().max()
    if largest >= 100:
        return "localized"
    return "%.3g" if largest < 0.01 else "%.4f"
