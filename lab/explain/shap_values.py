"""SHAP values of raw columns for some test rows of a fold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lab.base import plain_text
from lab.explain.by_row_number import MixedFold, unmixed
from lab.explain.contributions import (
    MOST_ROWS,
    Explainer,
    by_raw_column,
    linear,
    nothing,
    output_classes,
    tree_rows,
    trees,
)
from lab.explain.explanation import ColumnImportance, ShapSummary
from lab.explain.fitted_fold import FittedFold, Floats
from lab.explain.sampled_paths import sampled
from lab.recipes import target_step

SHOWN_ROWS = 300
FEWEST_TREE_ROWS = 150
MOST_CLASSES = 6
TEXT_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class ShapPart:
    """SHAP summaries, and how they were computed in a sentence."""

    summaries: tuple[ShapSummary, ...]
    note: str


def explainer_for(fold: FittedFold) -> Explainer:
    """Return the way to explain a fold's model, as its line of the catalogue says.

    A forest too deep for tree SHAP is explained by sampling: its predictions are quick. So is
    every model whose recipe mixes raw columns.
    """
    if fold.entry.key == "dummy":
        return nothing(fold)
    on_other_scale = target_step(fold.candidate.recipe) is not None
    if on_other_scale or isinstance(fold, MixedFold):  # explained on the target's own scale
        return sampled(fold)
    if fold.entry.explainer == "tree":
        return trees(fold) if tree_rows(fold.fitted.model) >= FEWEST_TREE_ROWS else sampled(fold)
    return linear(fold) if fold.entry.explainer == "linear" else sampled(fold)


def shap_part(fold: FittedFold, *, most_rows: int = MOST_ROWS) -> ShapPart:
    """Return the SHAP summaries of a model with a sentence on how they were computed.

    There is one for each output of the model, that of the most frequent class first.

    Parameters
    ----------
    fold : FittedFold
        A fitted candidate and its split, whose test rows are explained.
    most_rows : int, default 1000
        Test rows to draw at most; fewer where the explainer is slow.
    """
    fold = unmixed(fold)
    explainer = explainer_for(fold)
    rows = fold.sample(fold.split.test, min(most_rows, explainer.most_rows))
    X = fold.prepared_dense(rows)
    values = by_raw_column(explainer, X, fold.owners, len(fold.columns))
    shown = fold.raw.iloc[rows[:SHOWN_ROWS]]
    summaries = tuple(
        _summary(fold, explainer, values[:, :, place], shown, place=place)
        for place in _most_frequent(fold, output_classes(fold))
    )
    return ShapPart(summaries=summaries, note=_note(explainer, summaries[0]))


def _note(explainer: Explainer, summary: ShapSummary) -> str:
    what = "the predicted value" if summary.scale == "target" else f"the {summary.scale}"
    note = (
        f"SHAP values of {summary.n_rows:,} test rows, computed {explainer.name}: how far each "
        f"column pushes {what} of a row away from its usual {summary.base:.4g}."
    )
    top = summary.importances[0]
    if top.mean > 0:
        error = 100 * (top.high - top.mean) / top.mean
        note += f" The sample gives the largest mean to within {error:.0f} %."
    return note


def _most_frequent(fold: FittedFold, classes: Sequence[int]) -> list[int]:
    if len(classes) == 1:
        return [0]
    counts = np.bincount(fold.dataset.y.astype(np.int64), minlength=len(fold.dataset.labels))
    order = sorted(range(len(classes)), key=lambda place: -counts[classes[place]])
    return order[:MOST_CLASSES]


def _summary(
    fold: FittedFold, explainer: Explainer, values: Floats, shown: pd.DataFrame, *, place: int
) -> ShapSummary:
    code = output_classes(fold)[place]
    importances = [
        _importance(name, np.abs(values[:, index])) for index, name in enumerate(fold.columns)
    ]
    order = sorted(range(len(importances)), key=lambda index: -importances[index].mean)
    cells = list(zip(*(_cells(shown.iloc[:, index]) for index in order), strict=True))
    return ShapSummary(
        class_label=fold.dataset.labels[code] if code >= 0 else "",
        scale=explainer.scale,
        base=float(explainer.base[place]),
        columns=tuple(fold.columns[index] for index in order),
        importances=tuple(importances[index] for index in order),
        values=tuple(
            tuple(float(f"{value:.6g}") for value in row) for row in values[:SHOWN_ROWS, order]
        ),
        feature_values=tuple(cells),
        n_rows=len(values),
    )


def _importance(column: str, sizes: Floats) -> ColumnImportance:
    mean = float(sizes.mean())
    half = 1.96 * float(sizes.std()) / len(sizes) ** 0.5
    return ColumnImportance(column=column, mean=mean, low=max(0.0, mean - half), high=mean + half)


def _cells(column: Any) -> list[float | str | None]:
    missing = column.isna().tolist()
    if pd.api.types.is_numeric_dtype(column):
        texts: list[float | str] = column.astype(np.float64).tolist()
    else:
        texts = [plain_text(value, max_length=TEXT_LENGTH) for value in column.tolist()]
    return [None if gone else text for gone, text in zip(missing, texts, strict=True)]
