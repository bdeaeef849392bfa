"""A process that waits does one job after another, and ends with whoever it waits for."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from lab.base import HOME_VARIABLE, MODELS_VARIABLE, Workspace, models_folder
from lab.benchmark import cancel, start, wait
from lab.experiments import CellState
from lab.standby import modules_for, processes, warm_up
from lab.store import JobState, Store


@pytest.fixture
def waiting(store):
    """Return the process that waits for the jobs of the store; it is ended afterwards."""
    warm_up(modules_for(resampling=True), store.workspace)
    process = processes._standbys[store.workspace.root].process
    yield process
    with process:  # closes the pipe, which ends it
        pass
    del processes._standbys[store.workspace.root]


def run(store, experiment_id):
    """Run an experiment and return its job and the process that did it."""
    start(store, experiment_id)
    pid = store.job(experiment_id).pid
    return wait(store, experiment_id), pid


def test_one_process_does_one_job_after_another(store, make_experiment, waiting):
    for model in ("dummy", "gaussian_nb"):
        job, pid = run(store, make_experiment(model))
        assert job.state is JobState.DONE, job.message
        assert pid == waiting.pid
    assert waiting.poll() is None


def test_the_same_results_as_those_of_a_new_process(store, make_experiment, waiting, tmp_path):
    experiment_id = make_experiment("hist_gradient_boosting")
    run(store, experiment_id)
    warm = [record.result.test_scores for record in store.records(experiment_id)]
    other = type(store)(type(store.workspace)(root=tmp_path / "other"))
    experiment = store.load_experiment(experiment_id)
    other.save_dataset(store.load_dataset(experiment.dataset_id))
    other.save_experiment(experiment)
    _, pid = run(other, experiment_id)
    assert pid != waiting.pid
    assert warm == [record.result.test_scores for record in other.records(experiment_id)]


def test_a_second_job_gets_a_process_of_its_own_while_the_first_runs(
    store, make_experiment, waiting
):
    long = make_experiment("random_forest", random_forest={"n_estimators": 2000})
    start(store, long)
    short = make_experiment("dummy")
    start(store, short)
    assert store.job(long).pid == waiting.pid
    assert store.job(short).pid != waiting.pid
    cancel(store, long)
    assert wait(store, long).state is JobState.CANCELLED
    assert wait(store, short).state is JobState.DONE


def test_it_waits_again_after_a_cancelled_job_and_another_comes_when_it_was_killed(
    store, make_experiment, waiting
):
    run(store, make_experiment("decision_tree"))
    long = make_experiment("random_forest", random_forest={"n_estimators": 2000})
    start(store, long)
    cancel(store, long)
    assert wait(store, long).state is JobState.CANCELLED
    _, pid = run(store, make_experiment("dummy"))
    assert pid == waiting.pid
    os.kill(waiting.pid, signal.SIGKILL)
    waiting.wait(timeout=10)
    job, pid = run(store, make_experiment("gaussian_nb"))
    assert job.state is JobState.DONE
    assert pid != waiting.pid


def test_it_ends_with_all_that_it_started_when_its_owner_is_killed(tmp_path):
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom lab.base import Workspace\n"
        "from lab.standby import processes, warm_up\n"
        f"warm_up(('numpy',), Workspace(root=Path({str(tmp_path)!r})))\n"
        "print([one.process.pid for one in processes._standbys.values()][0], flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as owner:
        waiting = psutil.Process(int(owner.stdout.readline()))
        deadline = time.monotonic() + 60
        while not (helpers := waiting.children()) and time.monotonic() < deadline:
            time.sleep(0.05)
        owner.kill()
    gone, alive = psutil.wait_procs([waiting, *helpers], timeout=20)
    assert len(gone) >= 2
    assert not alive


def test_jobs_of_any_workspace_find_the_models_that_are_found_here(monkeypatch, tmp_path):
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "models"))
    assert processes.job_variables(Workspace(root=tmp_path))[MODELS_VARIABLE] == str(
        tmp_path / "models"
    )
    monkeypatch.delenv(MODELS_VARIABLE)
    made = processes.job_variables(Workspace(root=tmp_path))
    assert made[MODELS_VARIABLE] == str(models_folder())
    assert made[HOME_VARIABLE] == str(tmp_path)


def test_a_command_has_it_begin_and_do_the_run_in_the_workspace_that_it_names(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(
        "a,b\n" + "\n".join(f"{n % 90},{'yes' if n % 3 else 'no'}" for n in range(400))
    )
    home = tmp_path / "home"
    command = [sys.executable, "-m", "lab", "run", str(table), "--target", "b", "--home", str(home)]
    command += ["--models", "random_forest", "--set", "random_forest.n_estimators=3000"]
    with subprocess.Popen([*command, "--out", str(tmp_path / "out")]) as process:
        deadline = time.monotonic() + 60
        while not (jobs := _running_jobs(home)) and time.monotonic() < deadline:
            time.sleep(0.05)
        worker = psutil.Process(jobs[0].pid)
        assert "lab.standby" in worker.cmdline()
        assert worker.ppid() == process.pid
        process.terminate()
    assert process.returncode == 130
    psutil.wait_procs([worker], timeout=20)
    assert not worker.is_running()


def test_a_library_that_cannot_be_imported_costs_only_those_who_need_it(
    store, make_experiment, monkeypatch, tmp_path
):
    (tmp_path / "lightgbm").mkdir()
    (tmp_path / "lightgbm" / "__init__.py").write_text("raise OSError('no libgomp.so.1')")
    monkeypatch.delitem(processes._standbys, None, raising=False)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    job, _ = run(store, make_experiment("dummy", "lightgbm"))
    assert job.state is JobState.DONE, job.message
    states = {record.cell.candidate: record.state for record in store.records(job.id)}
    assert states == {0: CellState.DONE, 1: CellState.FAILED}


def test_what_has_no_workspace_yet_finds_the_folders_that_are_named_here(monkeypatch, tmp_path):
    assert processes.FOLDERS == (HOME_VARIABLE, MODELS_VARIABLE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(HOME_VARIABLE, "here")
    monkeypatch.delenv(MODELS_VARIABLE, raising=False)
    assert processes._whole_paths() == {HOME_VARIABLE: str(tmp_path / "here")}
    assert models_folder() == tmp_path / "here" / "models"


def _running_jobs(home):
    if not (home / "playground.sqlite").exists():
        return []
    store = Store(Workspace(root=home))
    return [job for job in store.jobs().values() if job.state is JobState.RUNNING and job.pid]


@pytest.mark.parametrize("is_killed", [False, True])
def test_nothing_of_it_is_left_in_the_temporary_folder(
    store, make_experiment, monkeypatch, tmp_path_factory, is_killed
):
    folder = tmp_path_factory.mktemp("t")  # short, as names of sockets have to be
    monkeypatch.setenv("TMPDIR", str(folder))
    warm_up(modules_for(resampling=False), store.workspace)
    run(store, make_experiment("dummy"))
    assert list(folder.glob("pymp-*/listener-*"))
    standby = processes._standbys.pop(store.workspace.root)
    if is_killed:
        standby.process.kill()
    standby.let_go()
    standby.process.wait(timeout=20)
    deadline = time.monotonic() + 20
    while (left := list(folder.glob("pymp-*"))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left
