"""What a run tells at its end: reasons, numbers, and one next step when it failed."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lab.base import HOME_VARIABLE, Workspace, disk_full
from lab.cli.run import _ended_early
from lab.store import JobState, open_store


@pytest.mark.parametrize(
    ("message", "done", "told"),
    [
        (
            "no Dask cluster answers at tcp://127.0.0.1:9 within 10 seconds. See docs/scaling.md.",
            0,
            ("no Dask cluster answers at tcp://127.0.0.1:9 within 10 seconds",
             "See docs/scaling.md."),
        ),
        (
            str(disk_full(Path("/data"))),
            3,
            (disk_full(Path("/data")).message, disk_full(Path("/data")).hint),
        ),
        ("", 0, ("the run ended early (failed)", "The same command starts it again.")),
        ("", 1, ("the run ended early (failed)",
                 "What was finished is kept; the same command goes on from there.")),
        ("ValueError: It is odd. Is it so.", 0,
         ("ValueError: It is odd. Is it so.", "The same command starts it again.")),
    ],
)  # fmt: skip
def test_a_run_that_failed_tells_one_sentence_and_one_next_step(tmp_path, message, done, told):
    store = open_store(Workspace(root=tmp_path))
    store.create_job("job", "experiment", total=5)
    store.report_job("job", done=done)
    store.finish_job("job", JobState.FAILED, message)
    error = _ended_early(store.job("job"))
    assert (error.message, error.hint) == told


def test_a_reason_that_many_share_is_told_once_with_their_names(command, tmp_path):
    path = tmp_path / "gaps.csv"
    path.write_text("a,b,y\n" + ",,u\n,,v\n" * 20)
    words = ("--target", "y", "--models", "dummy,knn,mlp", "--folds", "3")
    said = command("run", path, *words, "--out", tmp_path / "out")
    assert said.code == 1
    assert said.out.count("no column is left for the model") == 1
    assert "dummy, knn, mlp (failed): its preparation failed" in " ".join(said.out.split())


def test_squares_too_large_for_a_number_leave_the_board_empty_without_a_warning(tmp_path):
    numbers = np.random.default_rng(0).normal(size=(60, 2))
    path = tmp_path / "huge.csv"
    pd.DataFrame({"x": numbers[:, 0], "y": numbers[:, 1] * 1e300}).to_csv(path, index=False)
    out = tmp_path / "out"
    words = ("--target", "y", "--models", "dummy,decision_tree", "--folds", "3", "--out", str(out))
    command = [sys.executable, "-m", "lab", "run", str(path), *words]
    environment = {**os.environ, HOME_VARIABLE: str(tmp_path / "home")}
    said = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert "Warning" not in said.stderr
    board = pd.read_csv(out / "leaderboard.csv")
    assert board[["r2", "rmse", "mae_sd", "mae_low"]].isna().all(axis=None)
    assert board["mae"].gt(1e299).all()
    assert "e+299" in said.stdout
