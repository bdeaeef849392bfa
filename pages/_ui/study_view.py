"""What a study says: the advice, the chart, and what limits it."""

import re

import pandas as pd
import streamlit as st

from lab.charts import CHARTS
from lab.comparison import (
    LearningTrend,
    fold_scores,
    learning_trend,
    seed_luck,
    setting_advice,
    setting_label,
    study_curve,
)
from lab.experiments import Study, StudyKind
from lab.validation import SPLITTERS
from pages._ui import cached
from pages._ui.cached import Results
from pages._ui.figures import current_theme, show_chart
from pages._ui.problems import telling
from pages._ui.run_panel import POLL_SECONDS
from pages._ui.wording import sentence

_LATEST = (
    "Smaller shares keep the latest rows of each training part: more rows mean a longer history."
)
_CANCELLED = "Cancelled before all folds were fitted"
_CHARTS = {
    StudyKind.LEARNING: "learning_curve",
    StudyKind.VALIDATION: "validation_curve",
    StudyKind.SEEDS: "seeds",
}


def show_study(experiment_id: str, study: Study, metric: str) -> None:
    """Show a study as far as it has come; it is looked at again only while it runs.

    Parameters
    ----------
    experiment_id : str
        The study's own id.
    study : Study
        What it varies.
    metric : str
        Key of the metric shown.
    """
    job = cached.store().job(experiment_id)
    is_active = job is not None and job.state.is_active
    every = POLL_SECONDS if is_active else None
    st.fragment(_show, run_every=every)(experiment_id, study, metric)


@telling()
def _show(experiment_id: str, study: Study, metric: str) -> None:
    found = cached.results(experiment_id)
    st.markdown(f"##### {sentence(_advice(found, study, metric), max_length=1_200)}")
    show_chart(
        _CHARTS[study.kind],
        f"{metric} {found.token}",
        lambda: _frame(found, study, metric),
        theme=current_theme(),
    )
    for note in _notes(found, study, metric):
        st.caption(sentence(note))


def _advice(found: Results, study: Study, metric: str) -> str:
    if study.kind is StudyKind.LEARNING:
        return _trend(found, metric).advice
    return cached.value(
        f"advice {metric} {found.token}",
        lambda: (
            seed_luck(found.experiment, found.records, metric).sentence
            if study.kind is StudyKind.SEEDS
            else setting_advice(
                found.experiment, found.records, metric, outputs=cached.outputs_of_cell
            )
        ),
    )


def _frame(found: Results, study: Study, metric: str) -> pd.DataFrame:
    chart = CHARTS[_CHARTS[study.kind]]
    if study.kind is StudyKind.SEEDS:
        scores = fold_scores(found.experiment, found.records)
        return chart.frame(scores, metric=metric, candidate=study.candidate)
    curve = _curve(found, metric)
    if study.kind is StudyKind.LEARNING:
        return chart.frame(curve, _trend(found, metric).frame, metric=metric)
    return chart.frame(curve, metric=metric, setting=setting_label(found.experiment))


def _trend(found: Results, metric: str) -> LearningTrend:
    return cached.value(
        f"trend {metric} {found.token}",
        lambda: learning_trend(found.experiment, found.records, metric),
    )


def _curve(found: Results, metric: str) -> pd.DataFrame:
    return cached.value(
        f"curve {metric} {found.token}",
        lambda: study_curve(
            found.experiment, found.records, metric, outputs=cached.outputs_of_cell
        ),
    )


def _notes(found: Results, study: Study, metric: str) -> list[str]:
    """Return what limits the study: failed points, and how rows were left out."""
    notes = missing_points(_curve(found, metric), _axis(found, study))
    splitter = SPLITTERS[found.experiment.plan.splitter.key]
    if study.kind is StudyKind.LEARNING and splitter.needs == "times":
        notes.append(_LATEST)
    return notes


def _axis(found: Results, study: Study) -> str:
    """Return what the points of a study are values of."""
    if study.kind is StudyKind.VALIDATION:
        return setting_label(found.experiment)
    return "Seed" if study.kind is StudyKind.SEEDS else "Share of the training rows"


def missing_points(curve: pd.DataFrame, axis: str) -> list[str]:
    """Return each reason why points have not all their folds once, with these points."""
    points: dict[str, list[str]] = {}
    for row in curve[curve["reason"] != ""].to_dict("records"):
        is_cancelled = re.fullmatch(r"Cancelled( \(in .*\))?", row["reason"])
        reason = _CANCELLED if is_cancelled else row["reason"]
        points.setdefault(reason, []).append(row["label"])
    told = {reason: f"{axis} {', '.join(labels)}" for reason, labels in points.items()}
    return [
        f"{reason}: {which}" if reason == _CANCELLED else f"{which}: {reason}"
        for reason, which in told.items()
    ]
