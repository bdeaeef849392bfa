"""The section on what models look at."""

from collections.abc import Callable
from typing import Any

from lab.base import Task, to_json
from lab.explain import ColumnImportance, Explanation, ShapSummary, explanation_id
from lab.reports import build_document, build_report
from lab.reports.document import Bullets, Chart
from lab.reports.material import load_material

EVIL = "<script>alert(4)</script>"


def explanation(candidate: str) -> Explanation:
    columns = (EVIL, "level")
    importances = tuple(
        ColumnImportance(column=name, mean=0.2, low=0.1, high=0.3) for name in columns
    )
    summary = ShapSummary(
        class_label="<b>yes</b>",
        scale="log-odds",
        base=0.1,
        columns=columns,
        importances=importances,
        values=((0.1, -0.2), (0.3, 0.4)),
        feature_values=((1.5, "=plain"), (None, "<i>")),
        n_rows=2,
    )
    return Explanation(
        candidate=candidate,
        metric="roc_auc",
        permutation=importances,
        n_rows=40,
        n_repeats=5,
        n_folds=3,
        summaries=(summary,),
        notes=("How it was <u>computed</u>.",),
    )


def test_an_explanation_that_is_kept_stands_in_the_report(make_kept: Callable[..., Any]) -> None:
    made = make_kept(Task.BINARY)
    name = made.experiment.candidates[1].name
    key = explanation_id(made.experiment, 1)
    made.store.save_artifact("explanation", key, to_json(explanation(name)).encode())
    document = build_document(load_material(made.store, made.id), sections=["explanations"])
    blocks = document.sections[0].blocks
    charts = [block for block in blocks if isinstance(block, Chart)]
    assert [chart.key for chart in charts] == ["importance-0", "shap_summary-0-0"]
    assert all(chart.numbers is not None for chart in charts)
    assert blocks[-1] == Bullets(items=("How it was <u>computed</u>.",))
    html = build_report(made.store, made.id, sections=["explanations"])
    for evil in (EVIL, "<b>yes", "<u>computed", "<i>"):
        assert evil not in html


def test_without_explanations_the_section_is_left_out(kept: Any) -> None:
    made = kept[Task.REGRESSION]
    document = build_document(load_material(made.store, made.id), sections=["explanations"])
    assert document.sections == ()
