"""A real Dask cluster of two worker processes runs the same cells as this machine."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import dask
import psutil
import pytest
from distributed import LocalCluster

from lab.base import LabError
from lab.benchmark import cancel, check_cluster, start, status, wait
from lab.benchmark import cluster as cluster_module
from lab.benchmark.calls import DataPlace
from lab.benchmark.cluster import Cluster
from lab.benchmark.cluster_worker import worker_facts
from lab.data import Roles
from lab.experiments import CellState, Limits
from lab.store import JobState

MODELS = ("dummy", "logistic_regression", "random_forest", "extra_trees")
SLOW = {"random_forest": {"n_estimators": 300}, "extra_trees": {"n_estimators": 300}}
ENDLESS = {"hist_gradient_boosting": {"n_estimators": 5000, "learning_rate": 0.001}}


@pytest.fixture(scope="module")
def cluster():
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as cluster,
    ):
        yield cluster


@pytest.fixture
def address(cluster):
    return cluster.scheduler_address


def folders(cluster):
    """Return what was sent to the workers and still lies there."""
    homes = [Path(nanny.worker_dir) for nanny in tuple(cluster.workers.values())]
    return [folder for home in homes for folder in home.glob("playground-*")]


def children(cluster):
    """Return the processes in which workers make calls."""
    workers = [nanny.pid for nanny in tuple(cluster.workers.values())]
    return [call for pid in workers if pid is not None for call in children_of(pid)]


def children_of(worker_pid):
    """Return the children of the forkserver of a worker."""
    try:
        worker = psutil.Process(worker_pid)
        direct = worker.children()
        found = [child.pid for child in worker.children(recursive=True) if child not in direct]
    except psutil.NoSuchProcess:
        return []
    return [pid for pid in found if is_running(pid)]


def results(store, experiment_id):
    """Return everything of a run that must not depend on where it ran."""
    found = []
    for record in store.records(experiment_id):
        assert record.state is CellState.DONE, record.result
        scores = record.result.test_scores, record.result.train_scores
        files = store.predictions_path(record.cell.key).read_bytes()
        store.load_predictions(record.cell.key)  # its checksum is that of the file
        found.append((record.cell, scores, files))
    return found


@pytest.fixture(scope="module")
def kept_calm():
    return {}


@pytest.fixture
def calm(kept_calm, store, make_experiment):
    """Return the results of a run on this machine, made once, and its experiment, not run yet."""
    if not kept_calm:
        elsewhere = type(store)(type(store.workspace)(root=store.workspace.root.with_name("calm")))
        experiment = store.load_experiment(make_experiment(*MODELS, **SLOW))
        elsewhere.save_dataset(store.load_dataset(experiment.dataset_id))
        elsewhere.save_experiment(experiment)
        start(elsewhere, experiment.id)
        assert wait(elsewhere, experiment.id).state is JobState.DONE
        kept_calm["results"] = results(elsewhere, experiment.id)
    return kept_calm["results"], make_experiment(*MODELS, **SLOW)


def test_all_is_as_on_this_machine(store, calm, address):
    expected, experiment_id = calm
    start(store, experiment_id, cluster=address)
    job = wait(store, experiment_id)
    assert job.state is JobState.DONE, job.message
    assert results(store, experiment_id) == expected


def test_a_worker_that_joins_takes_part_and_each_is_sent_the_data_once(
    store, make_experiment, cluster, address
):
    experiment_id = make_experiment("hist_gradient_boosting", folds=10, **ENDLESS)
    start(store, experiment_id, cluster=address)
    assert eventually(lambda: len(children(cluster)) == 2, seconds=60)
    cluster.scale(3)
    assert eventually(lambda: len(children(cluster)) == 3, seconds=60)
    assert [len(list(folder.parent.glob("playground-*"))) for folder in folders(cluster)] == [1] * 3
    cancel(store, experiment_id)
    assert wait(store, experiment_id).state is JobState.CANCELLED
    cluster.scale(2)
    assert eventually(lambda: len(cluster.workers) == 2)


def test_a_killed_worker_costs_no_cell(store, calm, cluster, address):
    expected, experiment_id = calm
    start(store, experiment_id, cluster=address)
    assert eventually(lambda: store.job(experiment_id).done >= 2, seconds=60)
    worker = next(iter(cluster.workers.values())).pid
    calls = eventually(lambda: children_of(worker))
    os.kill(worker, signal.SIGKILL)
    assert eventually(lambda: not any(map(is_running, calls)), seconds=2)
    job = wait(store, experiment_id)
    assert job.state is JobState.DONE, job.message
    assert results(store, experiment_id) == expected


def test_cancel_ends_what_workers_do_and_start_goes_on(store, calm, cluster, address):
    expected, experiment_id = calm
    start(store, experiment_id, cluster=address)
    assert eventually(lambda: store.job(experiment_id).done >= 2, seconds=60)
    assert eventually(lambda: children(cluster))
    cancel(store, experiment_id)
    assert wait(store, experiment_id).state is JobState.CANCELLED
    assert eventually(lambda: not children(cluster), seconds=2)
    assert eventually(lambda: not folders(cluster), seconds=5)
    kept = file_times_of_done(store, experiment_id)
    assert 2 <= len(kept) < 12
    start(store, experiment_id)
    assert eventually(lambda: children(cluster), seconds=60), "it goes on where it was"
    assert wait(store, experiment_id).state is JobState.DONE
    assert kept.items() <= file_times_of_done(store, experiment_id).items()
    assert results(store, experiment_id) == expected


def test_a_cell_that_takes_too_long_is_stopped_where_it_runs(
    store, make_experiment, cluster, address
):
    limits = Limits(cell_seconds=2.0)
    experiment_id = make_experiment(
        "dummy", "hist_gradient_boosting", folds=2, limits=limits, **ENDLESS
    )
    start(store, experiment_id, cluster=address)
    assert wait(store, experiment_id).state is JobState.DONE
    states = {(r.cell.candidate, r.state) for r in store.records(experiment_id)}
    assert states == {(0, CellState.DONE), (1, CellState.TIMED_OUT)}
    assert "2 seconds" in store.records(experiment_id)[-1].result.failure.message
    assert not children(cluster)


def test_nothing_goes_on_when_the_runner_is_killed(store, make_experiment, cluster, address):
    experiment_id = make_experiment("hist_gradient_boosting", folds=2, **ENDLESS)
    start(store, experiment_id, cluster=address)
    assert eventually(lambda: len(children(cluster)) == 2, seconds=60)
    os.kill(status(store, experiment_id).pid, signal.SIGKILL)
    assert eventually(lambda: not children(cluster), seconds=5)
    assert eventually(lambda: not folders(cluster), seconds=5)
    assert status(store, experiment_id).state is JobState.INTERRUPTED


PLACE = DataPlace(
    table="", splits="", name="", roles=Roles(target="y", task="regression"), labels=()
)


@pytest.mark.parametrize(
    "address", ["", "host:8786", "http://host:8786", "tcp://host", "tcp://a b:1"]
)
def test_what_is_no_address_is_told_before_anything_starts(store, make_experiment, address):
    with pytest.raises(LabError, match="not the address of a Dask cluster"):
        Cluster(address, place=PLACE, limits=Limits())
    if address:
        experiment_id = make_experiment("dummy")
        with pytest.raises(LabError, match="not the address"):
            start(store, experiment_id, cluster=address)
        assert store.job(experiment_id).state is JobState.IDLE


@pytest.mark.parametrize("port", [0, 65536, 99999])
def test_a_port_that_there_cannot_be_is_told_before_anything_starts(port):
    with pytest.raises(LabError, match="has no port that there can be") as caught:
        check_cluster(f"tcp://localhost:{port}")
    assert "1 to 65535" in caught.value.hint


def test_a_cluster_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setattr(cluster_module, "ANSWER_SECONDS", 0.5)
    with pytest.raises(LabError, match=r"no Dask cluster answers at tcp://127\.0\.0\.1:9 "):
        Cluster("tcp://127.0.0.1:9", place=PLACE, limits=Limits())


def test_workers_that_can_have_no_children_are_refused():
    with (
        dask.config.set({"distributed.worker.daemon": True}),
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as unsuited,
        pytest.raises(LabError, match="can have no processes"),
    ):
        Cluster(unsuited.scheduler_address, place=PLACE, limits=Limits())


def test_a_difference_of_libraries_is_told_by_name():
    ours = worker_facts()
    theirs = replace(ours, libraries={**ours.libraries, "scikit-learn": "1.0"})
    assert theirs.difference(ours).startswith("has scikit-learn 1.0 instead of 1.")
    lacking = {name: v for name, v in ours.libraries.items() if name != "lightgbm"}
    assert "lightgbm missing" in replace(ours, libraries=lacking).difference(ours)
    assert "Python 3.9" in replace(ours, python="3.9").difference(ours)
    assert "another version" in replace(ours, cell_version=0).difference(ours)
    assert ours.difference(ours) == ""


def file_times_of_done(store, experiment_id):
    done = [r.cell.key for r in store.records(experiment_id) if r.state is CellState.DONE]
    return {key: store.predictions_path(key).stat().st_mtime_ns for key in done}


def is_running(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def eventually(question, seconds=20.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.02)
    return question()
