"""What the predictions look like: curves of classes, or residuals of numbers."""

import math

import pandas as pd

from lab.charts import CHARTS
from lab.reports import words
from lab.reports.document import Block, Grid
from lab.reports.figures import chart_block
from lab.reports.material import Material

MAX_CLASSES = 12


def build(material: Material) -> tuple[Block, ...]:
    """Return the charts of the predictions that suit the task."""
    if not material.outputs:
        return ()
    suited = _classes if material.experiment.task.is_classification else _numbers
    return tuple(block for block in suited(material) if block is not None)


def _classes(material: Material) -> list[Block | None]:
    names = tuple(material.ranked)
    labels = material.dataset.labels
    several = len(labels) > 2
    ending = ", mean over classes" if several else f" for {words.listed(labels[-1:])}"
    blocks: list[Block | None] = []
    for key, area in (("roc", "ROC AUC"), ("precision_recall", "Average precision")):
        frame = CHARTS[key].frame(material.outputs)
        title = CHARTS[key].title + ending
        blocks.append(chart_block(key, frame, names, title=title, numbers=_areas(frame, area)))
    if several:
        blocks.append(_by_class(material))
    calibration = CHARTS["calibration"].frame(material.outputs)
    own = " of the predicted class" if several else ending
    blocks.append(chart_block("calibration", calibration, names, title=f"Calibration{own}"))
    if material.best in material.outputs:
        best = {material.best: material.outputs[material.best]}
        confusion = CHARTS["confusion"].frame(best, labels=labels)
        title = f"Confusion matrix of {words.listed([material.best])}"
        blocks.append(chart_block("confusion", confusion, names, title=title))
    return blocks


def _areas(frame: pd.DataFrame, area: str) -> Grid:
    first = frame.drop_duplicates("candidate").sort_values("area", ascending=False, kind="stable")
    return words.grid(
        [
            {
                "Candidate": words.listed([row["candidate"]]),
                area: words.score(row["area"]),
                "Deviation over folds": words.score(row["area_sd"]),
                "Folds": str(row["folds"]),
            }
            for row in first.to_dict("records")
        ],
        numeric=(area, "Deviation over folds", "Folds"),
    )


def _by_class(material: Material) -> Grid:
    labels = material.dataset.labels[:MAX_CLASSES]
    areas: dict[str, list[str]] = {name: [] for name in material.outputs}
    for code in range(len(labels)):
        frame = CHARTS["roc"].frame(material.outputs, of_class=code)
        known = dict(zip(frame["candidate"], frame["area"], strict=True))
        for name, line in areas.items():
            line.append(words.score(known.get(name, math.nan)))
    return Grid(
        columns=("Candidate", *(words.listed([label]) for label in labels)),
        rows=tuple((words.listed([name]), *line) for name, line in areas.items()),
        numeric=tuple(range(1, len(labels) + 1)),
        caption="ROC AUC of each class against the others.",
    )


def _numbers(material: Material) -> list[Block | None]:
    names = tuple(material.ranked)
    ranked = list(material.outputs.items())
    return [
        chart_block(key, CHARTS[key].frame(dict(ranked[:at_most])), names)
        for key, at_most in (("predicted_actual", 3), ("residuals", 2))
    ]
