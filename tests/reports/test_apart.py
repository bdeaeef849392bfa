"""Files written by processes that have the libraries."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from lab.base import Task
from lab.reports import apart, write_outputs, write_outputs_apart
from lab.standby import put_to_work

TABLES = ("leaderboard.csv", "folds.csv", "predictions.csv", "splits.csv", "experiment.json")


def test_they_are_those_that_this_process_writes(kept: Any, tmp_path: Path) -> None:
    made = kept[Task.MULTICLASS]
    here = write_outputs(made.store, made.id, tmp_path / "here")
    there = write_outputs_apart(made.store, made.id, tmp_path / "there")
    assert [path.name for path in there] == [path.name for path in here]
    for name in TABLES:
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()
    assert (tmp_path / "there" / "report.html").read_text().startswith("<!doctype html>")


def test_this_process_writes_when_the_others_end_early(
    kept: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = kept[Task.BINARY]

    def put_to_work_and_kill(*args: Any, **kwargs: Any) -> int:
        pid = put_to_work(*args, **kwargs)
        os.kill(pid, signal.SIGKILL)
        return pid

    monkeypatch.setattr(apart, "put_to_work", put_to_work_and_kill)
    assert len(write_outputs_apart(made.store, made.id, tmp_path / "out")) == len(TABLES) + 1


def test_this_process_tells_why_a_folder_cannot_be_written(kept: Any, tmp_path: Path) -> None:
    made = kept[Task.BINARY]
    (tmp_path / "report.html").mkdir()
    with pytest.raises(Exception, match="cannot be written"):
        write_outputs_apart(made.store, made.id, tmp_path)
