import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from lab.base import HOME_VARIABLE, LabError, Workspace
from lab.experiments import CellState, FoldResult
from lab.recipes import STEPS, Recipe, Step, recipe_to_json
from lab.store import Store, open_store

FILES = (
    "leaderboard.csv",
    "folds.csv",
    "predictions.csv",
    "splits.csv",
    "experiment.json",
    "report.html",
)
SCRIPT = ("--target", "buys", "--models", "dummy,logistic_regression,knn", "--folds", "3")


@pytest.fixture(scope="module")
def ran(people_csv, tmp_path_factory) -> tuple[subprocess.CompletedProcess[str], Path, Path]:
    folder = tmp_path_factory.mktemp("run")
    return *lab_run(people_csv, folder), folder


def lab_run(file: Path, folder: Path, *words: str) -> tuple[subprocess.CompletedProcess[str], Path]:
    out = folder / "out"
    command = [sys.executable, "-m", "lab", "run", str(file), *SCRIPT, "--out", str(out), *words]
    environment = {**os.environ, HOME_VARIABLE: str(folder / "home")}
    said = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert "Traceback" not in said.stdout + said.stderr
    return said, out


def test_a_run_leaves_six_files(ran):
    said, out, _ = ran
    assert said.returncode == 0, said.stderr
    assert {path.name for path in out.iterdir()} == set(FILES)


def test_a_run_tells_leaderboard_and_verdict_on_standard_output(ran):
    said, out, _ = ran
    assert "logistic_regression" in said.stdout
    assert "roc auc" in said.stdout
    assert str(out) in said.stdout


def test_progress_is_plain_lines_on_standard_error_where_no_terminal_is(ran):
    said, _, _ = ran
    assert "9 of 9 fits" in said.stderr
    assert "\x1b" not in said.stderr + said.stdout
    assert len(said.stderr.splitlines()) < 20


def test_folds_have_a_line_for_every_candidate_fold_and_metric(ran):
    folds = pd.read_csv(ran[1] / "folds.csv")
    assert list(folds.columns[:5]) == ["candidate", "repeat", "fold", "metric", "value"]
    assert set(folds["candidate"]) == {"dummy", "logistic_regression", "knn"}
    assert set(folds["fold"]) == {0, 1, 2}
    assert not folds.duplicated(["candidate", "repeat", "fold", "metric"]).any()


def test_predictions_are_of_the_rows_of_the_file(ran, people_csv):
    predictions = pd.read_csv(ran[1] / "predictions.csv")
    truth = pd.read_csv(people_csv)["buys"]
    named = ["row", "repeat", "fold", "candidate", "truth", "prediction"]
    assert list(predictions.columns[:6]) == named
    assert len(predictions.columns) == 8
    assert (predictions["truth"] == truth[predictions["row"]].to_numpy()).all()
    assert predictions.groupby("candidate")["row"].nunique().eq(120).all()


def test_splits_say_the_role_of_every_row_in_every_fold(ran):
    splits = pd.read_csv(ran[1] / "splits.csv")
    assert list(splits.columns) == ["repeat", "fold", "row", "role"]
    assert len(splits) == 3 * 120
    tested = splits[splits["role"] == "test"]
    assert sorted(tested["row"]) == list(range(120))


def test_a_terminal_gets_a_progress_bar(people_csv, tmp_path):
    reader, terminal = os.openpty()
    command = [sys.executable, "-m", "lab", "run", str(people_csv), *SCRIPT]
    environment = {**os.environ, HOME_VARIABLE: str(tmp_path / "home"), "TERM": "xterm"}
    process = subprocess.Popen(
        [*command, "--out", str(tmp_path / "out")],
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        env=environment,
    )
    os.close(terminal)
    shown = b""
    with contextlib.suppress(OSError):  # what Linux says when the other end is closed
        while chunk := os.read(reader, 4096):
            shown += chunk
    os.close(reader)
    assert process.wait(timeout=60) == 0
    assert b"Fitting" in shown
    assert b"/9" in shown


def test_the_experiment_is_there_as_json(ran):
    experiment = json.loads((ran[1] / "experiment.json").read_text())
    assert "candidates" in json.dumps(experiment)


def test_the_same_command_again_fits_nothing_and_says_the_same(ran, people_csv):
    said, out, folder = ran
    before = (out / "leaderboard.csv").read_bytes()
    again, _ = lab_run(people_csv, folder)
    assert again.stdout == said.stdout
    assert (out / "leaderboard.csv").read_bytes() == before


def test_candidates_that_fail_are_listed_with_their_reason(command, people_csv, tmp_path):
    words = ("--target", "buys", "--models", "dummy,knn", "--set", "knn.n_neighbors=500")
    said = command("run", people_csv, *words, "--folds", "3", "--out", tmp_path / "out")
    assert said.code == 0
    assert "knn (failed): " in said.out


def test_a_run_in_which_every_candidate_fails_ends_with_exit_code_1(command, people_csv, tmp_path):
    words = ("--target", "buys", "--models", "knn", "--set", "knn.n_neighbors=500")
    said = command("run", people_csv, *words, "--folds", "3", "--out", tmp_path / "out")
    assert said.code == 1
    assert "knn (failed): " in said.out


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_read(command, tmp_path):
    (tmp_path / "file").write_text("in the way")
    said = command("run", "gone.csv", "--target", "a", "--out", tmp_path / "file" / "out")
    assert said.code == 2
    assert "cannot be made" in said.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n", "gone"),
        ("a,b\n1,yes\n2,yes\n3,yes\n", "one class"),
        ("a,b\n1,\n2,\n3,\n", "b"),
        ("a,b\n1,x\n2,y\n3,x\n4,x\n5,x\n6,x\n", "fold"),
    ],
)
def test_a_table_that_cannot_be_used_is_one_sentence_and_exit_code_2(
    command, tmp_path, text, words
):
    path = tmp_path / "small.csv"
    path.write_text(text)
    out = tmp_path / "out"
    said = command("run", path, "--target", "b", "--cv", "stratified", "--out", out)
    assert said.code == 2
    assert said.err.splitlines()[0].startswith("error: ")
    assert len(said.err.splitlines()) <= 2


def test_stopping_a_run_keeps_what_is_finished_and_the_same_command_goes_on(tmp_path, people_csv):
    words = ("--repeats", "20")
    store = open_store(Workspace(root=tmp_path / "home"))
    command = [sys.executable, "-m", "lab", "run", str(people_csv), *SCRIPT, *words]
    environment = {**os.environ, HOME_VARIABLE: str(tmp_path / "home")}
    with subprocess.Popen(
        [*command, "--out", str(tmp_path / "out")],
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    ) as process:
        wait_for_a_finished_cell(store, process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command goes on from there" in err
    assert "Traceback" not in err
    finished = results(store)
    assert 0 < len(finished) < 3 * 3 * 20
    assert not any(job.state.is_active for job in store.jobs().values())

    said, _ = lab_run(people_csv, tmp_path, *words)
    assert said.returncode == 0
    after = results(store)
    assert len(after) == 3 * 3 * 20
    assert {key: after[key] for key in finished} == finished


def results(store: Store) -> dict[str, FoldResult]:
    (experiment,) = store.experiments()
    records = store.records(experiment.id)
    done = CellState.DONE
    return {record.cell.key: record.result for record in records if record.state is done}


def wait_for_a_finished_cell(store: Store, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if any(experiment.n_done for experiment in store.experiments()):
            return
        time.sleep(0.05)
    pytest.fail("the run finished no cell")


def test_what_is_no_cluster_is_told_before_anything_is_read(command, people_csv, tmp_path):
    said = command("run", people_csv, *SCRIPT, "--out", tmp_path / "out", "--cluster", "host:8786")
    assert said.code == 2
    assert "'host:8786' is not the address of a Dask cluster" in said.err
    assert not (tmp_path / "out").exists()


def test_no_models_and_no_metrics_are_told_and_not_replaced(command, tmp_path, people_csv):
    words = ("run", people_csv, "--target", "buys", "--out", tmp_path / "out")
    for option in ("--models", "--metrics"):
        said = command(*words, option, ",")
        assert said.code == 2
        assert f"{option} names no {option[2:-1]}" in said.err


def test_fewer_folds_than_usual_and_the_positive_class_are_told(command, tmp_path):
    path = tmp_path / "rare.csv"
    words = ["nein"] * 57 + ["ja"] * 3
    rows = (f"{i % 11},{i % 5},{word}\n" for i, word in enumerate(words))
    path.write_text("a,b,kauf\n" + "".join(rows))
    said = command("run", path, "--target", "kauf", "--models", "dummy", "--out", tmp_path / "out")
    assert said.code == 0
    assert "positive: ja" in said.err
    assert "Only 3 folds instead of 5: class 'ja' has 3 rows" in " ".join(said.err.split())


def test_a_recipe_that_fills_in_time_runs_with_a_time_column_only(command, tmp_path):
    frame = pd.DataFrame(
        {"sold": [3.0, None, 5.0, 4.0] * 30, "day": range(120), "shop": ["a", "b"] * 60}
    )
    frame.assign(y=[1, 2, 3, 4.5] * 30).to_csv(tmp_path / "sales.csv", index=False)
    step = Step(choice=STEPS.choose("forward_fill"))
    (tmp_path / "own.json").write_text(recipe_to_json(Recipe(title="own", steps=(step,))))
    words = ("run", tmp_path / "sales.csv", "--target", "y", "--models", "ridge", "--task",
             "regression", "--recipe", tmp_path / "own.json", "--folds", "3", "--group", "shop",
             "--cv", "kfold", "--out", tmp_path / "out")  # fmt: skip
    refused = command(*words)
    assert refused.code != 0
    assert "forward_fill goes by the time of the rows; give a column the role time" in refused.err
    said = command(*words, "--time", "day")
    assert said.code == 0, said.err
    folds = pd.read_csv(tmp_path / "out" / "folds.csv")
    assert folds["value"].notna().all()


def test_what_no_model_sees_what_splits_do_not_heed_and_what_misleads_is_told(command, tmp_path):
    path = tmp_path / "orders.csv"
    rows = [f"{n},{n % 7},{(n * 37) % 120 + n / 1000},{'hi' if (n * 37) % 120 > 60 else 'lo'}"
            for n in range(120)]  # fmt: skip
    path.write_text("order_id,shop,load,y\n" + "\n".join(rows))
    said = command("run", path, "--target", "y", "--models", "dummy,decision_tree", "--folds", "3",
                   "--group", "shop", "--cv", "kfold", "--out", tmp_path / "out")  # fmt: skip
    assert said.code == 0
    assert "Left out as identifiers, whose values only name the rows: 'order_id'" in said.err
    assert "K-fold: groups of 'shop' are divided; --cv group keeps them together" in said.err
    assert "One column gives the target away (D004): 'load' alone" in said.out
    again = command("run", path, "--target", "y", "--models", "dummy", "--folds", "3",
                    "--kind", "order_id=number", "--out", tmp_path / "out")  # fmt: skip
    assert "Left out" not in again.err


def test_a_kind_that_is_none_is_told_with_those_there_are(command, people_csv, tmp_path):
    said = command("run", people_csv, "--target", "buys", "--kind", "age=colour", "--out", tmp_path)
    assert said.code == 2
    assert "not of the form COL=KIND" in said.err
    assert "identifier" in said.err


def test_models_that_take_no_weights_are_told_as_left_out(command, people_csv, monkeypatch):
    def stop(*_):
        raise LabError("enough")

    monkeypatch.setattr("lab.cli.run.follow_to_the_end", stop)
    words = ("run", people_csv, "--target", "buys", "--weight", "spend")
    out = people_csv.parent / "weighed"
    assert "Left out since they take no weights: knn." in command(*words, "--out", out).err
    assert "no weights" not in command(*words, "--models", "ridge,knn", "--out", out).err
