"""A disk that is full or read-only: a clear sentence, nothing lost, and it goes on afterwards."""

import resource

import psutil
import pytest

from lab.benchmark import start, wait
from lab.experiments import CellState
from lab.store import JobState

SAVING = """
from lab.data import Roles, make_dataset, read_table
from lab.base import Task
store = open_store()
table = read_table(Path(sys.argv[2]))
data = make_dataset(table, Roles(target="buys", task=Task.BINARY))
store.datasets()
fill()
print(told(lambda: store.save_dataset(data)))
print(sorted(path.name for path in (DISK / "home" / "tables").glob("*")))
print(told(lambda: store.save_artifact("draft", data.id, b"drafted")))
free()
print(store.load_dataset(store.save_dataset(data)).id == data.id)
store.save_artifact("draft", data.id, b"old")
fill()
print(told(lambda: store.save_artifact("draft", data.id, b"new" * 10_000)))
print(store.load_artifact("draft", data.id), store.load_dataset(data.id).n_rows)
"""


def test_what_does_not_fit_on_the_disk_is_told_and_leaves_no_half(on_small_disk, people):
    said = on_small_disk(SAVING, str(people)).splitlines()
    for line in (said[0], said[2], said[4]):
        assert "is full. Free some space and try again" in line
    assert said[1] == "[]"
    assert said[3] == "True"
    assert said[5] == "b'old' 90"


RUNNING = """
from lab.benchmark import start, wait
from lab.cli.planning import request_dataset, request_experiment
from lab.cli.request import RunRequest
from lab.data import read_table
from lab.experiments import CellState
store = open_store()
slow = ("random_forest.n_estimators=200",)
request = RunRequest(name="one", target="buys", models=("dummy", "random_forest"), settings=slow,
                     folds=4, repeats=2, workers=1)
data = request_dataset(read_table(Path(sys.argv[2])), request)
store.save_dataset(data)
key = store.save_experiment(request_experiment(data, request))

def done():
    cells = [r.cell.key for r in store.records(key) if r.state is CellState.DONE]
    return {cell: store.load_predictions(cell).test.scores.tobytes() for cell in cells}

start(store, key)
while len(done()) < 2:
    time.sleep(0.02)
fill()
job = wait(store, key)
before = done()
print(job.state, "|", job.message)
print(2 <= len(before) < 16, {str(r.state) for r in store.records(key)})
free()
start(store, key)
print(wait(store, key).state, len(done()), before.items() <= done().items())
"""


def test_a_run_whose_disk_fills_up_ends_with_a_sentence_and_resumes(on_small_disk, people):
    ended, kept, resumed = on_small_disk(RUNNING, str(people)).splitlines()
    assert ended.startswith("failed | the disk that holds")
    assert "is full. Free some space and try again; what was kept before is whole" in ended
    assert kept.startswith("True")
    assert "failed" not in kept
    assert resumed == "done 16 True"


def test_a_run_that_may_not_write_its_results_ends_with_a_sentence_and_resumes(store, keep):
    slow = {"random_forest": {"n_estimators": 200}}
    experiment_id = keep("random_forest", **slow)
    start(store, experiment_id)
    while not store.job(experiment_id).done:
        pass
    for process in psutil.Process(store.job(experiment_id).pid).children(recursive=True):
        process.rlimit(resource.RLIMIT_FSIZE, (1024, 1024))
    job = wait(store, experiment_id)
    states = [record.state for record in store.records(experiment_id)]
    if CellState.WAITING not in states:
        pytest.skip("the fits were quicker than the limit")
    assert job.state is JobState.FAILED
    assert "is full. Free some space" in job.message
    assert set(states) == {CellState.DONE, CellState.WAITING}
    start(store, experiment_id)
    assert wait(store, experiment_id).state is JobState.DONE


READ_ONLY = """
from lab.benchmark import start, wait
from lab.cli.planning import request_dataset, request_experiment
from lab.cli.request import RunRequest
from lab.data import read_table
store = open_store()
request = RunRequest(name="one", target="buys", models=("dummy",), folds=2)
data = request_dataset(read_table(Path(sys.argv[2])), request)
store.save_dataset(data)
key = store.save_experiment(request_experiment(data, request))
start(store, key)
wait(store, key)
make_read_only()
again = open_store()
print(len(again.experiments()), again.load_dataset(data.id).n_rows, again.disk_use().total > 0)
print([again.load_predictions(r.cell.key).test.rows.size for r in again.records(key)])
for call in (
    lambda: again.save_artifact("draft", data.id, b"drafted"),
    lambda: again.save_experiment(again.load_experiment(key)),
    lambda: again.delete_experiment(key),
    lambda: again.clean(0),
):
    print(told(call))
words = ["run", sys.argv[2], "--target", "buys", "--out", sys.argv[3]]
said = subprocess.run([sys.executable, "-m", "lab", *words], capture_output=True, text=True)
print(said.returncode, len(said.stderr.splitlines()), *said.stderr.splitlines())
"""


def test_a_read_only_home_can_be_read_and_what_cannot_be_written_is_told(
    on_small_disk, people, tmp_path
):
    said = on_small_disk(READ_ONLY, str(people), str(tmp_path / "out")).splitlines()
    assert said[0] == "1 90 True"
    assert said[1] == "[45, 45]"
    for line in said[2:6]:
        assert "Set PLAYGROUND_HOME to a folder that can be written" in line
    assert said[6].startswith("2 2 error: ")
    assert "hint: Set PLAYGROUND_HOME to a folder that can be written." in said[6]
