"""The section on what each choice of preparation bought, and the effects as CSV."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lab.base import Task, to_json
from lab.experiments import CellState, FoldResult, ablation
from lab.leaking import leak_id
from lab.leaking.leak import Leak
from lab.recipes import RecipeChange
from lab.reports import build_document, build_report, effects_csv
from lab.reports.document import Bullets, Callout, Chart
from lab.reports.material import load_material
from lab.store import Progress

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def ablated(make_kept: Callable[..., Any]) -> Any:
    """Return a finished experiment and the id of a finished ablation of it."""
    kept = make_kept(Task.BINARY)
    changes = (RecipeChange(step="standard_scaler"), RecipeChange(instead="smote"))
    made = ablation(kept.experiment, (1, 2, 3), changes, features=kept.dataset.features)
    study = replace(made, study=replace(made.study, notes=(f"{EVIL} is not compared",)))
    study_id = kept.store.save_experiment(study)
    rng = np.random.default_rng(0)
    for record in kept.store.records(study_id):
        if record.state is CellState.WAITING:
            scores = {"roc_auc": 0.5 + rng.random() / 10}
            result = FoldResult(state=CellState.DONE, test_scores=scores)
            kept.store.move_cells([record.cell.key], CellState.RUNNING)
            progress = Progress(job_id=study_id, done=1, eta_seconds=None)
            kept.store.commit_cell(record.cell.key, result, progress, checksum="")
    return kept, study_id


def section_of(kept: Any, experiment_id: str) -> Any:
    document = build_document(load_material(kept.store, experiment_id), sections=["effects"])
    return document.sections[0].blocks if document.sections else ()


def test_the_ablation_and_its_experiment_tell_the_effects(ablated: Any) -> None:
    kept, study_id = ablated
    own, base = section_of(kept, study_id), section_of(kept, kept.id)
    assert own == base
    assert isinstance(own[0], Callout)
    assert "Standardise" in own[0].text
    chart = next(block for block in own if isinstance(block, Chart))
    assert chart.numbers is not None
    assert len(chart.numbers.rows) == 3 * 2 + 2
    assert any(isinstance(block, Bullets) for block in own)


def test_text_from_data_stays_text_in_the_report(ablated: Any) -> None:
    kept, study_id = ablated
    html = build_report(kept.store, study_id, sections=["effects"])
    assert EVIL not in html


def test_effects_are_written_as_numbers_and_text_is_harmless(ablated: Any) -> None:
    kept, study_id = ablated
    frame = pd.read_csv(io.BytesIO(effects_csv(load_material(kept.store, study_id))))
    assert {"choice", "model", "effect", "low", "high", "p_value", "verdict"} <= set(frame)
    assert not frame["model"].str.startswith("=").any()
    assert np.issubdtype(frame["effect"].dtype, np.floating)


def test_a_leak_stands_in_no_section(ablated: Any) -> None:
    kept, _ = ablated
    before = build_report(kept.store, kept.id)
    leak = Leak(candidate="x", scores=({"roc_auc": 0.98765},) * 3, steps=(), n_rows=1, n_prepared=1)
    kept.store.save_artifact("leak", leak_id(kept.experiment, 0), to_json(leak).encode())
    after = build_report(kept.store, kept.id)
    assert "0.9876" not in after
    assert len(after) == len(before)
