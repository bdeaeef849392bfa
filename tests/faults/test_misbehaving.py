"""Whatever a model does to its process costs one fit, with its reason; the others go on."""

import importlib
import sys
from dataclasses import replace
from pathlib import Path

from lab.benchmark import start_job, wait
from lab.experiments import CellState, Limits
from lab.models import MODELS
from lab.store import JobState

HERE = str(Path(__file__).parent)
SECONDS = 6.0


def test_a_model_that_misbehaves_is_a_failed_fit_with_its_reason(store, keep, monkeypatch):
    monkeypatch.setattr(MODELS, "_entries", dict(MODELS._entries))
    monkeypatch.setenv("PYTHONPATH", HERE)
    monkeypatch.setenv("PLAYGROUND_MISBEHAVES", "1")
    monkeypatch.syspath_prepend(HERE)
    monkeypatch.delitem(sys.modules, "misbehaving", raising=False)
    importlib.import_module("misbehaving")
    kept = store.load_experiment(keep("segfault", "leave", "hang", "eat", "dummy"))
    limits = Limits(cell_seconds=SECONDS, cell_mb=512)
    experiment_id = store.save_experiment(replace(kept, limits=limits, seed=1))
    start_job(store, experiment_id, "misbehaving", (experiment_id,))
    job = wait(store, experiment_id)
    assert job.state is JobState.DONE, job.message
    told = {}
    for record in store.records(experiment_id):
        failure = record.result.failure
        reason = (failure.kind, failure.message) if failure else ("", "")
        told.setdefault(kept.candidates[record.cell.candidate].name, set()).add(
            (record.state, *reason)
        )
    assert told == {
        "segfault": {(CellState.FAILED, "crash", "its process was ended by SIGSEGV")},
        "leave": {(CellState.FAILED, "crash", "its process ended by itself with exit code 0")},
        "hang": {
            (CellState.TIMED_OUT, "timeout", "took longer than 6 seconds and was stopped"),
        },
        "eat": {(CellState.FAILED, "memory", "needs more than its 512 MB of memory")},
        "dummy": {(CellState.DONE, "", "")},
    }
