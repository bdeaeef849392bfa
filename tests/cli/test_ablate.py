"""What single steps buy, on the command line."""

import numpy as np
import pandas as pd
import pytest

from lab.cli.changes import ChangeWords, asked_changes
from lab.recipes import RecipeChange
from lab.store import open_store

ASKED = ("--target", "buys", "--models", "logistic_regression,decision_tree", "--folds", "3")
RUN_FILES = {"leaderboard.csv", "folds.csv", "predictions.csv", "splits.csv", "experiment.json",
             "report.html", "effects.csv"}  # fmt: skip


def test_effects_are_told_and_written(command, people_csv, tmp_path):
    said = command(
        "ablate", people_csv, *ASKED, "--out", tmp_path / "out",
        "--without", "standard_scaler", "--add", "class_weights", "--instead", "one_hot=ordinal",
        "--vary", "one_hot.min_frequency=20",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert "Standardise for logistic_regression: " in said.out
    assert "Class weights over 2 models: " in said.out
    effects = pd.read_csv(tmp_path / "out" / "effects.csv")
    assert set(effects["choice"]) == {
        "Standardise",
        "Class weights",
        "Ordinal codes instead of One-hot",
        "One-hot: smallest number of rows for a column of its own = 20",
    }
    assert effects["effect"].notna().all()
    assert {path.name for path in (tmp_path / "out").iterdir()} == RUN_FILES


def test_with_nothing_named_each_step_that_can_be_left_out_is(command, people_csv, tmp_path):
    words = ("--target", "buys", "--models", "logistic_regression", "--folds", "3")
    said = command("ablate", people_csv, *words, "--worth", "0.9", "--out", tmp_path / "out")
    assert said.code == 0, said.err
    effects = pd.read_csv(tmp_path / "out" / "effects.csv")
    assert "Standardise" in set(effects["choice"])
    assert "One-hot" not in set(effects["choice"])
    assert set(effects["verdict"]) <= {"too small to matter", "makes no difference"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--without", "smot"), "there is no step 'smot'"),
        (("--instead", "one_hot"), "not of the form STEP=STEP"),
        (("--vary", "smote=3"), "not of the form STEP.SETTING=VALUE"),
        (("--vary", "smote.k_neighbors=0"), "k_neighbors"),
        (("--without", "a", "--add", "b"), "2 things have to be put right"),
        (("--without", "random_under"), "nothing can be compared"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence_and_exit_code_2(
    command, people_csv, tmp_path, words, told
):
    said = command("ablate", people_csv, *ASKED, *words, "--out", tmp_path / "out")
    assert said.code == 2
    assert told in said.err


def test_limits_and_race_are_those_of_a_run(command, people_csv, tmp_path):
    """The dummy is ruled out by logistic regression, so its effect cannot be told."""
    words = ("--models", "dummy,logistic_regression", "--recipe", "linear", "--folds", "10")
    said = command(
        "ablate", people_csv, "--target", "buys", *words, "--without", "standard_scaler",
        "--racing", "--cell-seconds", "77", "--cluster", "", "--out", tmp_path / "out",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert "is not run to the end" in said.err
    assert "Standardise for dummy: cannot be told: " in said.out
    assert "stopped early" in said.out
    [kept] = [
        store.load_experiment(one.id) for store in [open_store()] for one in store.experiments()
    ]
    assert kept.racing
    assert kept.limits.cell_seconds == 77
    effects = pd.read_csv(tmp_path / "out" / "effects.csv").set_index("model")
    assert np.isfinite(effects.loc["logistic_regression", "effect"])
    assert np.isnan(effects.loc["dummy", "effect"])


def test_what_is_no_cluster_is_told_before_anything_is_read(command, people_csv, tmp_path):
    words = ("--out", tmp_path / "out", "--cluster", "host:8786")
    said = command("ablate", people_csv, *ASKED, *words)
    assert said.code == 2
    assert "'host:8786' is not the address of a Dask cluster" in said.err
    assert not (tmp_path / "out").exists()


def test_the_same_change_asked_twice_is_one():
    words = ChangeWords(without=("smote", "smote"), added=("smote",))
    assert asked_changes(words) == (RecipeChange(step="smote"), RecipeChange(instead="smote"))
