"""The whole report of an experiment."""

import json
import re
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lab.base import LabError, Task, from_json
from lab.experiments import Experiment
from lab.reports import (
    SECTIONS,
    build_document,
    build_report,
    experiment_json,
    render_html,
    write_outputs,
)
from lab.reports.document import Callout, Chart, Grid
from lab.reports.material import load_material
from lab.reports.sections.reproduction import build as build_reproduction
from lab.reports.sections.reproduction import run_command

every_task = pytest.mark.parametrize("task", list(Task))


def document_of(made: Any, **choice: Any) -> Any:
    return build_document(load_material(made.store, made.id), **choice)


def texts(document: Any) -> str:
    return repr(document)


@every_task
def test_the_verdict_stands_first(task: Task, kept: Any) -> None:
    document = document_of(kept[task])
    first = document.sections[0]
    assert first.key == "summary"
    assert isinstance(first.blocks[0], Callout)
    assert first.blocks[0].tone == "verdict"


@every_task
def test_the_word_verdict_heads_the_first_section_once(task: Task, kept: Any) -> None:
    document = document_of(kept[task])
    first = replace(document, sections=document.sections[:1])
    assert re.findall(r">\s*Verdict\s*<", render_html(first)) == [">Verdict<"] * 2  # and contents


@every_task
def test_every_section_but_what_was_not_asked_for_has_something_to_say(
    task: Task, kept: Any
) -> None:
    found = [section.key for section in document_of(kept[task]).sections]
    assert found == [key for key in SECTIONS.keys if key not in {"explanations", "effects"}]


@every_task
def test_a_candidate_that_failed_is_told_with_its_reason(task: Task, kept: Any) -> None:
    section = next(s for s in document_of(kept[task]).sections if s.key == "leaderboard")
    warnings = [block for block in section.blocks if isinstance(block, Callout)]
    assert len(warnings) == 1
    assert "could not be fitted" in warnings[0].text
    assert "0 of 3 folds" in warnings[0].text


@pytest.mark.parametrize(
    ("task", "charts"),
    [
        (Task.BINARY, {"roc", "precision_recall", "calibration", "confusion"}),
        (Task.MULTICLASS, {"roc", "precision_recall", "calibration", "confusion"}),
        (Task.REGRESSION, {"predicted_actual", "residuals"}),
    ],
)
def test_the_charts_suit_the_task(task: Task, charts: set[str], kept: Any) -> None:
    section = next(s for s in document_of(kept[task]).sections if s.key == "curves")
    assert {block.key for block in section.blocks if isinstance(block, Chart)} == charts


def test_several_classes_are_told_one_by_one(kept: Any) -> None:
    section = next(s for s in document_of(kept[Task.MULTICLASS]).sections if s.key == "curves")
    grid = next(block for block in section.blocks if isinstance(block, Grid))
    assert len(grid.columns) == 4
    assert len(grid.rows) == 3


def test_only_the_chosen_sections_are_built_in_the_order_of_the_catalogue(kept: Any) -> None:
    document = document_of(kept[Task.BINARY], sections=["leaderboard", "summary"])
    assert [section.key for section in document.sections] == ["summary", "leaderboard"]
    with pytest.raises(LabError, match="no report section 'leaderbord'"):
        document_of(kept[Task.BINARY], sections=["leaderbord"])


@every_task
def test_the_page_is_whole_and_names_are_only_text(task: Task, kept: Any) -> None:
    html = build_report(kept[task].store, kept[task].id)
    assert html.startswith("<!doctype html>")
    assert html.rstrip().endswith("</html>")
    assert 4_000_000 < len(html.encode()) < 6_000_000
    for evil in ("<script>alert", "<img src=http", "<svg onload", "<b>bold", "<u>did", "<i>Exp"):
        assert evil not in html


def test_an_experiment_that_has_not_begun_has_a_report(make_kept: Callable[..., Any]) -> None:
    made = make_kept(Task.BINARY, folds=2)
    waiting = Experiment(
        name="waiting",
        dataset_id=made.dataset.id,
        task=Task.BINARY,
        candidates=made.experiment.candidates,
        plan=made.experiment.plan,
        metrics=made.experiment.metrics,
        seed=99,
    )
    made.store.save_experiment(waiting)
    document = build_document(load_material(made.store, waiting.id))
    keys = [section.key for section in document.sections]
    assert keys[:3] == ["summary", "data", "judging"]
    assert "curves" not in keys
    assert build_report(made.store, waiting.id)


def test_an_unknown_experiment_is_told(kept: Any) -> None:
    with pytest.raises(LabError):
        build_report(kept[Task.BINARY].store, "0" * 32)


@every_task
def test_the_six_files_are_written(task: Task, kept: Any, tmp_path: Path) -> None:
    paths = write_outputs(kept[task].store, kept[task].id, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == [
        "leaderboard.csv", "folds.csv", "predictions.csv", "splits.csv", "experiment.json",
        "report.html",
    ]  # fmt: skip
    assert all(path.stat().st_size > 0 for path in paths)
    assert len(list((tmp_path / "new" / "folder").iterdir())) == 6


def test_a_folder_that_cannot_be_written_is_told(kept: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    made = kept[Task.BINARY]
    with pytest.raises(LabError, match="cannot be written"):
        write_outputs(made.store, made.id, tmp_path / "file")


def test_the_experiment_is_read_again_from_its_json(kept: Any) -> None:
    made = kept[Task.MULTICLASS]
    content = json.loads(experiment_json(load_material(made.store, made.id)))
    assert from_json(Experiment, json.dumps(content["experiment"])) == made.experiment
    assert content["id"] == made.id
    assert content["dataset"]["labels"] == list(made.dataset.labels)
    states = {cell["state"] for cell in content["cells"]}
    assert states == {"done", "failed"}


def test_the_command_says_what_was_run_and_quotes_every_name(kept: Any) -> None:
    line, is_exact = run_command(load_material(kept[Task.BINARY].store, kept[Task.BINARY].id))
    assert is_exact
    assert line.startswith("python -m lab run '=evil <file>.csv' \\\n")
    for part in (
        "--target target",
        "--task binary",
        "--models dummy,logistic_regression,linear_svm,knn",
        "--recipe auto",
        "--cv kfold",
        "--folds 3",
        "--seed 0",
    ):
        assert part in line


def test_the_command_says_roles_and_names_with_commas(kept: Any) -> None:
    material = load_material(kept[Task.BINARY].store, kept[Task.BINARY].id)
    roles = replace(material.dataset.roles, ignored=("net, in m", "b"), weight="w", positive="yes")
    given: Any = SimpleNamespace(
        experiment=replace(material.experiment, racing=True),
        dataset=SimpleNamespace(roles=roles, table=material.dataset.table),
    )
    words = shlex.split(run_command(given)[0].replace("\\\n", " "))
    assert words[words.index("--ignore") + 1] == '"net, in m",b'
    assert words[words.index("--weight") + 1] == "w"
    assert words[words.index("--positive") + 1] == "yes"
    assert "--racing" in words


def test_recipes_of_ones_own_are_those_of_the_experiment_file(kept: Any) -> None:
    material = load_material(kept[Task.BINARY].store, kept[Task.BINARY].id)
    own = [
        replace(one, recipe=replace(one.recipe, title="Mine", steps=one.recipe.steps[:1]))
        for one in material.experiment.candidates
    ]
    given: Any = SimpleNamespace(
        experiment=replace(material.experiment, candidates=tuple(own)), dataset=material.dataset
    )
    line, is_exact = run_command(given)
    assert "--recipe experiment.json" in line
    assert is_exact
    several = (*own, replace(own[0], name="again", recipe=material.experiment.candidates[1].recipe))
    many: Any = SimpleNamespace(
        experiment=replace(material.experiment, candidates=several), dataset=material.dataset
    )
    assert "--recipe auto" in run_command(many)[0]
    assert not run_command(many)[1]
    told = " ".join(getattr(block, "text", "") for block in build_reproduction(given))
    assert "a run leaves it beside its report" in told


@every_task
def test_the_differences_are_those_of_the_leaderboard(task: Task, kept: Any) -> None:
    material = load_material(kept[task].store, kept[task].id)
    board = material.leaderboard.frame
    apart = material.differences
    assert apart["b"].unique().tolist() == [board["candidate"].iloc[0]]
    assert apart["difference"].dropna().tolist() == board["difference"].dropna().tolist()
