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
