"""The list of runs, cleaning by age, and a run that somebody else has started."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from lab.base import HOME_VARIABLE, Workspace
from lab.benchmark import cancel, start, wait
from lab.cli.planning import request_dataset, request_experiment
from lab.cli.request import RunRequest
from lab.cli.stop import _named
from lab.data import read_table
from lab.store import ExperimentInfo, JobState, open_store

SLOW = ("--set", "random_forest.n_estimators=5000")


@pytest.fixture(scope="module")
def ran_once(people_csv, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ran")
    words = ["run", people_csv, "--target", "buys", "--models", "dummy,knn", "--folds", "3"]
    command = [sys.executable, "-m", "lab", *words, "--out", folder / "out"]
    subprocess.run([*command, "--home", folder / "home"], check=True, capture_output=True)
    return folder / "home"


@pytest.fixture
def ran(command, ran_once, tmp_path):
    return shutil.copytree(ran_once, tmp_path / "home")


def test_runs_are_listed_with_state_progress_best_score_and_size(command, ran):
    said = command("runs")
    assert said.code == 0
    (id_,) = (run["id"] for run in json.loads(command("runs", "--json").out))
    line = next(line for line in said.out.splitlines() if line.startswith(f"{id_[:8]}  people: b"))
    assert "done" in line
    assert "6/6" in line
    assert "kB" in line
    assert "Nearest neighbours" in line or "knn" in line


def test_runs_are_listed_as_json(command, ran):
    (run,) = json.loads(command("runs", "--json", "--home", ran).out)
    assert (run["name"], run["state"], run["fits_done"]) == ("people: buys", "done", 6)
    assert run["runs_before"] == 0
    assert run["bytes"] > 1000
    assert 0.5 < run["best"]["roc_auc"] < 1


def test_a_run_in_work_says_what_it_has_left(ran, command):
    store = open_store(Workspace(root=ran))
    (info,) = store.experiments()
    store.claim_job(info.id)
    store.adopt_job(info.id, os.getpid())
    store.report_job(info.id, state=JobState.RUNNING, done=2, eta_seconds=75.0)
    assert "running, about 75 s left" in command("runs", "--home", ran).out


def test_without_runs_that_is_said(command, tmp_path):
    assert "No runs in" in command("runs").out
    assert "nothing in" in command("clean", "--older-than", 0).out
    assert not (tmp_path / "home").exists()
    assert json.loads(command("runs", "--json").out) == []


def test_cleaning_tells_first_and_deletes_only_when_that_is_wanted(command, ran):
    assert (
        "Nothing in it was left untouched for 30 days" in command("clean", "--older-than", 30).out
    )
    told = command("clean", "--older-than", 0)
    assert "- run people: buys" in told.out
    assert "Nothing was deleted; add --yes" in told.out
    assert len(json.loads(command("runs", "--json").out)) == 1
    done = command("clean", "--older-than", 0, "--yes")
    assert "Deleted 1 run, 1 data set, 6 results of fits" in done.out
    assert json.loads(command("runs", "--json").out) == []
    assert not list((ran / "predictions").rglob("*.npz"))


def test_results_that_cannot_be_written_are_told_and_no_fit_is_lost(
    command, ran, people_csv, tmp_path
):
    (tmp_path / "other" / "report.html").mkdir(parents=True)
    words = ("--target", "buys", "--models", "dummy,knn", "--folds", "3")
    said = command("run", people_csv, *words, "--out", tmp_path / "other")
    assert said.code == 2
    assert "cannot be written to" in said.err
    assert "Choose a folder that can be written and has room" in said.err


def test_an_age_that_is_none_is_refused(command):
    assert command("clean", "--older-than", -1).code == 2
    assert command("clean").code == 2


@pytest.fixture
def elsewhere(people_csv, tmp_path):
    """Start a run as another door would, and return store, id, and the command that is the same."""
    store = open_store(Workspace(root=tmp_path / "home"))
    models = ("dummy", "random_forest")
    request = RunRequest(
        name="people: buys", target="buys", models=models, settings=(SLOW[1],), folds=3
    )
    dataset = request_dataset(read_table(people_csv), request)
    store.save_dataset(dataset)
    experiment = request_experiment(dataset, request)
    called = tuple(replace(one, name=f"My {one.name}") for one in experiment.candidates)
    experiment_id = store.save_experiment(replace(experiment, candidates=called))
    start(store, experiment_id)
    words = ["run", str(people_csv), "--target", "buys", "--models", ",".join(models), *SLOW]
    command = [sys.executable, "-m", "lab", *words, "--folds", "3", "--out", str(tmp_path / "out")]
    yield store, experiment_id, command
    cancel(store, experiment_id)
    wait(store, experiment_id)


def watch(store, command):
    environment = {**os.environ, HOME_VARIABLE: str(store.workspace.root)}
    return subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, text=True)


def read_until(process, words):
    """Read what a process says until some words are there."""
    said = ""
    while words not in said:
        line = process.stderr.readline()
        assert line, said
        said += line
    return said


def test_a_run_that_somebody_else_started_is_followed_and_not_stopped(elsewhere):
    store, experiment_id, command = elsewhere
    with watch(store, command) as process:
        read_until(process, "started elsewhere. Following it")
        names = [one.name for one in store.load_experiment(experiment_id).candidates]
        assert names == ["My dummy", "My random_forest"]
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "No longer watching. The run goes on" in said
    job = store.job(experiment_id)
    assert job.state is JobState.RUNNING
    assert not job.is_cancelling


def test_a_run_that_somebody_else_cancels_is_told(elsewhere):
    store, experiment_id, command = elsewhere
    with watch(store, command) as process:
        read_until(process, "Following it")
        cancel(store, experiment_id)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped. What was finished is kept" in said


def test_a_run_is_stopped_by_its_name_or_how_its_id_begins(elsewhere, command):
    store, experiment_id, _ = elsewhere
    said = command("stop", "people: buys", "--pause")
    assert said.code == 0
    assert "people: buys: paused" in said.out
    assert store.job(experiment_id).state is JobState.PAUSED
    assert "not going on: it is paused" in command("stop", experiment_id[:6]).err
    start(store, experiment_id)
    said = command("stop", experiment_id[:6])
    assert "people: buys: cancelled" in said.out
    assert "fits are kept" in said.out
    assert store.job(experiment_id).state is JobState.CANCELLED
    for word in ("nothing", "", experiment_id[:3]):
        said = command("stop", word)
        assert said.code == 2
        assert f"there is no run {word!r}" in said.err


def test_nothing_is_made_where_there_is_no_run_to_stop(command, tmp_path):
    assert "there are no runs in" in command("stop", "people").err
    assert not (tmp_path / "home").exists()


def test_a_name_goes_before_how_an_id_begins():
    def info(id_, name, state):
        return ExperimentInfo(id=id_, name=name, dataset_id="d", dataset_name="d", created=0.0,
                              state=state, n_done=0, n_cells=1)  # fmt: skip

    done = info("0" * 32, "abcd", JobState.DONE)
    other = info("abcd" + "0" * 28, "other", JobState.RUNNING)
    assert _named((done, other), "abcd") is done
    again = info("1" * 32, "abcd", JobState.RUNNING)
    assert _named((done, other, again), "abcd") is again


@pytest.mark.parametrize("words", [("runs",), ("clean", "--older-than", 3), ("stop", "abcd")])
@pytest.mark.parametrize("inside", [False, True])
def test_a_home_that_is_a_file_is_refused_as_by_a_run(
    command, monkeypatch, tmp_path, people_csv, words, inside
):
    home = tmp_path / "file"
    home.write_text("x")
    monkeypatch.setenv(HOME_VARIABLE, str(home / "deeper" if inside else home))
    said = command(*words)
    assert said.code == 2
    assert "cannot be created" in said.err
    out = ("--target", "buys", "--out", tmp_path / "out")
    assert said.err == command("run", people_csv, *out).err
