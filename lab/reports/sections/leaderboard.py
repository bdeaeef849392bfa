"""All candidates with their scores, costs and failures."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from lab.charts import CHARTS
from lab.metrics import METRICS
from lab.reports import words
from lab.reports.document import Block, Callout, Grid, Paragraph
from lab.reports.figures import chart_block
from lab.reports.material import Material

_NUMERIC = ("Rank", "95 % interval", "Difference to best", "p", "Training", "Gap", "Folds")
Row = Mapping[Hashable, Any]


def build(material: Material) -> tuple[Block, ...]:
    """Return the table of scores, the table of costs, failures and warnings."""
    frame = material.leaderboard.frame
    metric = material.leaderboard.primary
    rows: list[Row] = [row for row in frame.to_dict("records") if row["folds_done"]]
    blocks: list[Block | None] = []
    if rows:
        tied = tuple(place for place, row in enumerate(rows) if row["tied"])
        scores = words.grid(
            [_standing(row, metric, place) for place, row in enumerate(rows)],
            numeric=(*_NUMERIC, METRICS[metric].title),
            caption="Best first. Marked candidates cannot be told apart from the best.",
        )
        blocks += [replace(scores, strong=tied), Paragraph(text=_gap_words(metric), tone="quiet")]
        blocks.append(_metrics(rows, material.experiment.metrics))
        blocks.append(_costs(rows))
        blocks.append(
            chart_block(
                "timing",
                CHARTS["timing"].frame(frame),
                tuple(material.ranked),
            )
        )
    blocks += [_failed(row) for row in frame.to_dict("records") if row["reason"]]
    blocks.append(_warnings(rows))
    return tuple(block for block in blocks if block is not None)


def _standing(row: Row, key: str, place: int) -> dict[str, str]:
    is_complete = row["state"] == "complete"
    return {
        "Candidate": words.listed([row["candidate"]]),
        "Rank": str(place + 1) if is_complete else "–",
        METRICS[key].title: words.score(row[key]),
        "95 % interval": words.interval(row[f"{key}_low"], row[f"{key}_high"]),
        "Tied": ("yes" if row["tied"] else "no") if is_complete else "–",
        "Difference to best": _signed(row["difference"]),
        "p": words.chance(row["p_value"]),
        "Training": words.score(row["train"]),
        "Gap": words.score(row["gap"]),
        "Folds": f"{row['folds_done']}/{row['folds_total']}",
    }


def _metrics(rows: list[Row], keys: tuple[str, ...]) -> Grid:
    lines = [
        {
            "Candidate": words.listed([row["candidate"]]),
            **{METRICS[key].title: _with_spread(row[key], row[f"{key}_sd"]) for key in keys},
        }
        for row in rows
    ]
    caption = "All metrics: mean ± standard deviation over folds."
    return words.grid(lines, numeric=list(lines[0])[1:], caption=caption)


def _with_spread(mean: float, deviation: float) -> str:
    text = words.score(mean)
    return f"{text} ± {words.score(deviation)}" if math.isfinite(deviation) else text


def _signed(value: float) -> str:
    text = words.score(value)
    return f"+{text}" if value > 0 else text


def _gap_words(metric: str) -> str:
    return (
        f"Training and gap are of {METRICS[metric].title}: how much better the candidate was on"
        " the rows that it learned from (at most 10,000 of each fold, 1,000 for neighbours and RBF"
        " SVM). p is that of the difference to the best, adjusted for"
        " all comparisons (Holm)."
    )


def _costs(rows: list[Row]) -> Grid:
    lines = [
        {
            "Candidate": words.listed([row["candidate"]]),
            "Prepare": words.seconds(row["prepare_seconds"]),
            "Fit": words.seconds(row["fit_seconds"]),
            "Predict": words.seconds(row["predict_seconds"]),
            "Peak memory, MB": words.count(row["peak_mb"]),
            "Columns at the model": words.count(row["n_features"]),
        }
        for row in rows
    ]
    return words.grid(lines, numeric=list(lines[0])[1:], caption="Cost of a fold, mean over folds.")


def _failed(row: Row) -> Callout:
    done = f"{row['folds_done']} of {row['folds_total']} folds are done. "
    name = words.listed([row["candidate"]])
    return Callout(title=f"{name} is not complete", text=done + row["reason"], tone="warning")


def _warnings(rows: list[Row]) -> Grid | None:
    lines = [
        {"Candidate": words.listed([row["candidate"]]), "Warnings while fitting": row["warnings"]}
        for row in rows
        if row.get("warnings")
    ]
    return words.grid(lines, caption="What the libraries warned of.") if lines else None
