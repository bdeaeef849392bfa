"""What the models look at."""

from lab.charts import CHARTS
from lab.explain import ColumnImportance, Explanation, ShapSummary
from lab.metrics import METRICS
from lab.reports import words
from lab.reports.document import Block, Bullets, Grid, Paragraph
from lab.reports.figures import chart_block
from lab.reports.material import Material

MAX_COLUMNS = 30
MAX_CLASSES = 3


def build(material: Material) -> tuple[Block, ...]:
    """Return importances and SHAP summaries of the candidates that were explained."""
    blocks: list[Block | None] = []
    for place, explanation in enumerate(material.explanations):
        blocks += _one(explanation, str(place))
    return tuple(block for block in blocks if block is not None)


def _one(explanation: Explanation, place: str) -> list[Block | None]:
    name = words.listed([explanation.candidate])
    metric = METRICS[explanation.metric].title
    frame = CHARTS["importance"].frame(explanation.permutation, metric=metric)
    blocks: list[Block | None] = [
        Paragraph(text=name, tone="lead"),
        chart_block(
            "importance",
            frame,
            (),
            place=place,
            title=f"Permutation importance in {name}",
            numbers=_importances(explanation.permutation, f"Loss of {metric}"),
        ),
    ]
    blocks += [
        _shap(summary, name, f"{place}-{index}")
        for index, summary in enumerate(explanation.summaries[:MAX_CLASSES])
    ]
    if explanation.notes:
        blocks.append(Bullets(items=explanation.notes))
    return blocks


def _shap(summary: ShapSummary, name: str, place: str) -> Block | None:
    towards = f" for {words.listed([summary.class_label])}" if summary.class_label else ""
    frame = CHARTS["shap_summary"].frame(
        summary.columns, summary.values, summary.feature_values, class_label=summary.class_label
    )
    return chart_block(
        "shap_summary",
        frame,
        (),
        place=place,
        title=f"SHAP summary of {name}{towards}, in units of {summary.scale}",
        numbers=_importances(summary.importances, "Mean absolute SHAP value"),
    )


def _importances(importances: tuple[ColumnImportance, ...], title: str) -> Grid:
    lines = [
        {
            "Column": words.listed([item.column]),
            title: words.score(item.mean),
            "95 % interval": words.interval(item.low, item.high),
        }
        for item in importances[:MAX_COLUMNS]
    ]
    return words.grid(lines, numeric=(title, "95 % interval"))
