"""The look at the data beside the fits of a run."""

from lab.base import Finding, Task, from_json
from lab.benchmark import data_findings, kept_findings, start, wait
from lab.benchmark.calls import data_place
from lab.benchmark.look import look
from lab.data import Roles, load_sample, make_dataset
from lab.store import JobState


def test_a_run_leaves_findings_for_leaderboard_and_report(store, make_experiment, penguins):
    experiment_id = make_experiment("dummy", "logistic_regression")
    assert kept_findings(store, penguins.id) is None
    start(store, experiment_id)
    assert wait(store, experiment_id).state is JobState.DONE
    assert kept_findings(store, penguins.id) == data_findings(penguins)


def test_a_look_tells_all_of_every_finding(store, tmp_path):
    titanic = make_dataset(load_sample("credit_scoring"), Roles(target="Status", task=Task.BINARY))
    place = data_place(store, store.save_dataset(titanic), tmp_path)
    assert from_json(tuple[Finding, ...], look(place)) == data_findings(titanic) != ()


def test_findings_go_with_the_experiment_and_damaged_ones_are_none(
    store, make_experiment, penguins
):
    experiment_id = make_experiment("dummy")
    start(store, experiment_id)
    wait(store, experiment_id)
    (path,) = store.workspace.path("artifacts", "findings", "x").parent.iterdir()
    path.write_bytes(b"[ ]")
    assert kept_findings(store, penguins.id) is None
    store.delete_experiment(experiment_id)
    assert not path.exists()
