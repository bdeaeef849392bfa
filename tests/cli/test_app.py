import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("bogus",), "No such command 'bogus'"),
        (("models", "--jsn"), "No such option: --jsn"),
        (("run", "file.csv"), "Missing option '--target'"),
        (("run", "f", "--target", "a", "--out", "b", "--folds", "many"), "Invalid value"),
    ],
)
def test_a_wrong_word_is_one_sentence_and_exit_code_2(command, words, message):
    said = command(*words)
    assert said.code == 2
    assert said.err.startswith(f"error: {message}")
    assert said.out == ""


def test_the_next_step_after_a_wrong_word_is_the_help_of_its_command(command):
    assert "'python -m lab run --help'" in command("run", "file.csv").err
    assert "'python -m lab --help'" in command("bogus").err


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("--folds", 1), "folds is 1, allowed are 2 to", "python -m lab splitters"),
        (("--cv", "time"), "--cv time needs a time column", "--time COL"),
        (("--cv", "group"), "--cv group needs a group column", "--group COL"),
        (("--models", "knn", "--set", "knn.k=3"), "no setting 'k'", "python -m lab models"),
        (("--models", "knn", "--set", "knn.n_neighbors=0"), "is 0, allowed", "lab models"),
    ],
)
def test_what_cannot_be_run_is_told_with_the_next_step(command, people_csv, words, message, hint):
    said = command("run", people_csv, "--target", "buys", "--out", people_csv.parent / "o", *words)
    assert said.code == 2
    told, next_step = said.err.splitlines()[-2:]
    assert told.startswith("error: ")
    assert message in told
    assert hint in next_step


@pytest.mark.parametrize("words", [("runs",), ("clean", "--older-than", 3)])
def test_a_workspace_that_is_not_there_is_told_and_not_made(command, words, tmp_path):
    said = command(*words, "--home", tmp_path / "typo")
    assert said.code == 2
    assert "there is no folder" in said.err
    assert not (tmp_path / "typo").exists()


def test_help_lists_every_command(command):
    said = command("--help")
    assert said.code == 0
    for word in ("read", "run", "runs", "clean", "models", "steps", "metrics", "splitters"):
        assert f"  {word} " in said.out


def test_the_command_line_is_a_module_of_the_package():
    output = subprocess.run(
        [sys.executable, "-m", "lab", "metrics"], capture_output=True, text=True, check=True
    )
    assert "roc_auc" in output.stdout
    assert output.stderr == ""


def test_a_reader_that_hangs_up_is_no_fault():
    command = f"{sys.executable} -m lab models --json | head -1"
    output = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert output.stdout.startswith("[")
    assert "Traceback" not in output.stderr
