"""Kill parts of the playground at random moments, hundreds of times, and check what is left.

Runs small experiments, by new processes and by ones that wait, also with a server and a session
that watches, and kills the runner, fits, forkservers, waiting processes, their owners and servers.
After each kill no process may live on for two seconds that nobody needs, the database must be
whole, and finished fits must stand as they stood; each run, once it is resumed and done, must equal
an undisturbed one bit for bit. Ends with 1 when anything of this does not hold.

    python benchmarks/faults.py [--kills 200] [--seed 0] [--minutes 60]
"""

import argparse
import asyncio
import contextlib
import random
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import websockets
from sessions import Session

from lab.base import Workspace
from lab.data import Dataset
from lab.experiments import Experiment
from lab.store import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "faults"))
from killing import Killing, Tally, keep, results, small_work

MODELS: dict[str, dict[str, object]] = {
    "dummy": {},
    "logistic_regression": {},
    "decision_tree": {},
    "random_forest": {"n_estimators": 150},
    "hist_gradient_boosting": {},
    "extra_trees": {"n_estimators": 300},
}
VICTIMS = {"cell": 35, "runner": 25, "waiting": 13, "owner": 9, "forkserver": 9, "server": 9}
"""What is killed, by how often in a hundred."""
WITHIN_SECONDS = 1.5


def serve(killing: Killing) -> None:
    """Start a server for a workspace, and a session that watches the experiment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    killing.own([*command, "--server.headless=true"])
    watching = (port, f"experiment={killing.experiment_id}")
    threading.Thread(target=watch, args=watching, daemon=True).start()


def watch(port: int, query: str) -> None:
    """Watch a run until its server is gone."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, websockets.WebSocketException):
            asyncio.run(Session(port, query).run(60.0))
        time.sleep(0.1)


def disturb(killing: Killing, is_enough: Callable[[], bool]) -> None:
    """Kill parts of a run until it is done or there were enough kills."""
    while not is_enough() and not killing.is_done:
        (wanted,) = killing.chance.choices(list(VICTIMS), list(VICTIMS.values()))
        if wanted == "server" and not killing.owners:
            serve(killing)
        killing.start(is_warm=wanted in {"owner", "waiting"})
        killing.kill_one(wanted, within=WITHIN_SECONDS * (3 if wanted == "server" else 1))


def run_all(home: Path, kills: int, seed: int, minutes: float) -> Tally:
    dataset, experiment = small_work(MODELS, folds=10)
    chance, tally = random.Random(seed), Tally()
    end = time.monotonic() + 60 * minutes

    def is_enough() -> bool:
        return tally.killed.total() >= kills or time.monotonic() > end

    calm = killing_of(home / "calm", dataset, experiment, chance, Tally())
    calm.finish()
    expected = results(calm.store, experiment.id)
    while not is_enough():
        killing = killing_of(home / str(tally.n_runs), dataset, experiment, chance, tally)
        disturb(killing, is_enough)
        killing.finish()
        if results(killing.store, experiment.id) != expected:
            killing.fault("a resumed run differs from the undisturbed one")
        print(f"{tally.killed.total()} kills, {len(tally.faults)} faults", flush=True)
    return tally


def killing_of(
    home: Path, dataset: Dataset, experiment: Experiment, chance: random.Random, tally: Tally
) -> Killing:
    store = Store(Workspace(root=home))
    return Killing(store, keep(store, dataset, experiment), chance=chance, tally=tally)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=60.0)
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        tally = run_all(Path(home), options.kills, options.seed, options.minutes)
    print(f"{'killed':12} {'times':>5}   the longest that anything lived on")
    for part, count in tally.killed.most_common():
        print(f"{part:12} {count:5}   {tally.slowest[part]:.2f} s")
    minutes = (time.monotonic() - started) / 60
    print(
        f"{tally.killed.total()} kills in {tally.n_runs} runs of {tally.n_cells} fits in all, ",
        end="",
    )
    print(f"{minutes:.1f} minutes; {len(tally.faults)} faults")
    for fault in tally.faults:
        print(f"- {fault[:1500]}")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
