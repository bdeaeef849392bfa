"""What each choice of preparation bought, in the report of an ablation."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
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
    """Return the effects of the experiment's ablations; nothing when there are none."""
    blocks: list[Block] = []
    for place, one in enumerate(material.ablations):
        blocks += _ablation(one, str(place))
    if blocks:
        blocks.append(Paragraph(text=_HOW, tone="quiet"))
    return tuple(blocks)


def _ablation(material: Material, place: str) -> Iterator[Block]:
    """Yield summary, chart, table and limits of one ablation."""
    metric = material.experiment.metrics[0]
    effects = material.effects()
    yield Callout(
        title=plain_text(material.experiment.name, max_length=200),
        text=plain_text(effects_summary(effects), max_length=800),
        tone="info",
    )
    chart = chart_block(
        "effects",
        CHARTS["effects"].frame(effects, metric=metric),
        (),
        place=place,
        numbers=_numbers(effects.to_dict("records"), METRICS[metric].title),
    )
    if chart is not None:
        yield chart
    study = material.experiment.study
    if study is not None and study.notes:
        yield Bullets(items=tuple(plain_text(note, max_length=400) for note in study.notes))


def _numbers(rows: Sequence[Mapping[Hashable, Any]], title: str) -> Grid:
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
