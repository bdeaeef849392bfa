"""What each choice of preparation bought, in the report of an ablation."""

from collections.abc import Hashable, Mapping
from typing import Any

from lab.base import plain_text
from lab.charts import CHARTS
from lab.comparison import effects_summary
from lab.metrics import METRICS
from lab.reports import words
from lab.reports.document import Block, Bullets, Callout, Grid, Paragraph
from lab.reports.figures import chart_block
from lab.reports.material import Material

_HOW = (
    "An effect is the score with the choice minus the score without it, on the same folds, with"
    " its own corrected 95 % interval (Nadeau & Bengio, 2003). p and verdict allow for all effects"
    " by model, and for all effects over the models (Holm)."
)


def build(material: Material) -> tuple[Block, ...]:
    """Return summary, chart and table of the effects; nothing for another kind of experiment."""
    study = material.experiment.study
    if study is None or not study.contrasts:
        return ()
    metric = material.experiment.metrics[0]
    effects = material.effects()
    chart = chart_block(
        "effects",
        CHARTS["effects"].frame(effects, metric=metric),
        (),
        numbers=_numbers(effects.to_dict("records"), METRICS[metric].title),
    )
    blocks: list[Block | None] = [
        Callout(
            title="In short",
            text=plain_text(effects_summary(effects), max_length=800),
            tone="verdict",
        ),
        chart,
        Paragraph(text=_HOW, tone="quiet"),
    ]
    if study.notes:
        blocks.append(
            Bullets(items=tuple(plain_text(note, max_length=400) for note in study.notes))
        )
    return tuple(block for block in blocks if block is not None)


def _numbers(rows: list[Mapping[Hashable, Any]], title: str) -> Grid:
    lines = [
        {
            "Choice": words.listed([row["choice"]]),
            "Model": words.listed([row["model"]]),
            f"Effect on {title}": _signed(row["effect"]),
            "95 % interval": words.interval(row["low"], row["high"]),
            "p": words.chance(row["p_value"]),
            "Verdict": row["verdict"],
        }
        for row in rows
    ]
    return words.grid(lines, numeric=(f"Effect on {title}", "95 % interval", "p"))


def _signed(value: float) -> str:
    text = words.score(value)
    return f"+{text}" if value > 0 else text
