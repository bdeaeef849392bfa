"""A database that is locked, of another version or damaged: a clear sentence, nothing lost."""

import os
import sqlite3
import subprocess
import sys

import pytest

from lab.base import HOME_VARIABLE, LabError
from lab.benchmark import cancel, pause, start, wait
from lab.cli import main
from lab.experiments import CellState
from lab.store import JobState, Store
from lab.store.migrations import MIGRATIONS

HOLDING = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("COMMIT")
"""


def hold(store, seconds):
    """Have another process lock the database for some seconds; return it once it has."""
    command = [sys.executable, "-c", HOLDING, str(store.database.path), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def everything(store):
    """Return all that may not be lost."""
    found = []
    for info in store.experiments():
        for record in store.records(info.id):
            is_done = record.state is CellState.DONE
            scores = (
                store.load_predictions(record.cell.key).test.scores.tobytes() if is_done else b""
            )
            found.append((info.id, info.name, record.cell, record.state, record.result, scores))
    return found, store.datasets()


def test_a_lock_that_lasts_is_told_by_every_action_and_nothing_is_lost(
    store, finished, keep, monkeypatch
):
    other = keep("gaussian_nb")
    before = everything(store)
    monkeypatch.setattr("lab.store.database.BUSY_SECONDS", 0.05)
    with hold(store, 60) as process:
        for action in (
            store.experiments,
            store.disk_use,
            lambda: start(store, other),
            lambda: pause(store, other),
            lambda: cancel(store, other),
            lambda: store.delete_experiment(finished),
            lambda: store.clean(0),
        ):
            with pytest.raises(LabError, match=r"another program has kept .* locked"):
                action()
        process.kill()
    assert everything(store) == before


def test_a_run_waits_until_a_short_lock_is_gone(store, keep):
    experiment_id = keep("dummy", "logistic_regression", "decision_tree")
    start(store, experiment_id)
    with hold(store, 2):
        pass
    assert wait(store, experiment_id).state is JobState.DONE


def make_old(store, version):
    """Turn the database into one that an earlier version wrote, with the rows it could hold."""
    path = store.database.path
    newer = path.rename(path.with_name("newer"))
    with sqlite3.connect(path) as connection:
        for number in range(version):
            connection.executescript(MIGRATIONS[number])
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("ATTACH ? AS newer", (str(newer),))
        tables = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            names = ", ".join(columns)
            connection.execute(f"INSERT INTO main.{table} SELECT {names} FROM newer.{table}")
    connection.close()
    newer.unlink()
    return path.read_bytes()


def version_of(path):
    with sqlite3.connect(path) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return version


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_store_of_an_older_version_comes_along_and_a_copy_is_kept(store, finished, keep, version):
    before = everything(store)
    old = make_old(store, version)
    newer = Store(store.workspace)
    assert everything(newer) == before
    assert version_of(store.database.path) == len(MIGRATIONS)
    copy = store.database.path.with_name(f"playground.sqlite.before-{len(MIGRATIONS)}")
    assert version_of(copy) == version
    assert len(copy.read_bytes()) == len(old)
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM cell WHERE state = 'done'").fetchone() == (
            6,
        )
    connection.close()
    other = keep("gaussian_nb")
    start(newer, other)
    assert wait(newer, other).state is JobState.DONE
    assert newer.delete_experiment(finished).n_results == 6


def test_an_older_store_that_two_processes_open_at_once_comes_along_once(store, finished):
    before = everything(store)
    make_old(store, 1)
    code = "from lab.store import open_store; print(len(open_store().experiments()))"
    environment = {**os.environ, HOME_VARIABLE: str(store.workspace.root)}
    both = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [process.communicate()[0].strip() for process in both] == [b"1", b"1"]
    assert everything(store) == before


def test_an_update_that_fails_half_way_leaves_the_store_as_it_was(store, finished, monkeypatch):
    old = make_old(store, 1)
    broken = (MIGRATIONS[0], MIGRATIONS[1].replace("CREATE TABLE removal", "CREATE TABEL removal"))
    monkeypatch.setattr("lab.store.migrations.MIGRATIONS", broken)
    with pytest.raises(sqlite3.OperationalError):
        Store(store.workspace).experiments()
    assert store.database.path.read_bytes() == old


OPENING_WITH_LITTLE_ROOM = """
import resource
from lab.base import LabError
from lab.store import open_store
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    open_store().experiments()
except LabError as error:
    print(error)
"""


def test_an_update_without_room_for_the_copy_is_told_and_leaves_the_store_as_it_was(
    store, finished
):
    old = make_old(store, 1)
    said = subprocess.run(
        [sys.executable, "-c", OPENING_WITH_LITTLE_ROOM],
        env={**os.environ, HOME_VARIABLE: str(store.workspace.root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Check the disk and its free space, then try again" in said.stdout
    assert store.database.path.read_bytes() == old
    assert not list(store.workspace.root.glob("*before*"))
    assert len(Store(store.workspace).experiments()) == 1


def damage(path, how):
    content = path.read_bytes()
    match how:
        case "newer":
            with sqlite3.connect(path) as connection:
                connection.execute("PRAGMA user_version = 99")
            connection.close()
        case "cut off":
            path.write_bytes(content[: len(content) // 2])
        case "overwritten":
            path.write_bytes(content[:8192] + b"\xff" * 4096 + content[12288:])
        case "no database":
            path.write_bytes(b"something else entirely" * 1000)


SENTENCES = {
    "newer": "was written by a newer version of the playground",
    "cut off": "is damaged",
    "overwritten": "is damaged",
    "no database": "is damaged",
}


@pytest.mark.parametrize("how", SENTENCES)
def test_a_store_that_cannot_be_used_is_told_and_not_touched(
    store, finished, how, monkeypatch, capsys
):
    path = store.database.path
    sound, before = path.read_bytes(), everything(store)
    damage(path, how)
    left = path.read_bytes()
    for action in (
        lambda broken: broken.experiments(),
        lambda broken: broken.load_experiment(finished),
        lambda broken: broken.delete_experiment(finished),
        lambda broken: broken.clean(0),
        lambda broken: start(broken, finished),
    ):
        with pytest.raises(LabError, match=SENTENCES[how]) as caught:
            action(Store(store.workspace))
        assert caught.value.hint
    monkeypatch.setenv(HOME_VARIABLE, str(store.workspace.root))
    with pytest.raises(SystemExit) as ended:
        main(["runs"])
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert SENTENCES[how] in said.err
    assert len(said.err.splitlines()) == 2
    assert path.read_bytes() == left
    path.write_bytes(sound)  # as one puts back a copy
    assert everything(Store(store.workspace)) == before


def test_an_empty_store_beside_the_files_of_a_damaged_one_keeps_them(store, finished):
    files = sorted(store.workspace.root.rglob("*.npz"))
    aside = store.database.path.rename(store.workspace.root / "aside")
    fresh = Store(store.workspace)
    assert fresh.experiments() == ()
    fresh.finish_removals()
    assert sorted(store.workspace.root.rglob("*.npz")) == files
    aside.replace(store.database.path)
    assert len(everything(Store(store.workspace))[0]) == 6
