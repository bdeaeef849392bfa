"""How long a page takes while twenty sessions watch the same run.

Starts the playground in a workspace of its own, starts a long run, and opens sessions by
websocket, as browsers do: each loads the benchmark page once and then asks for its live panel every
two seconds. Prints the seconds of the loads and of the polls.

    python benchmarks/sessions.py [--sessions 20] [--seconds 30]
"""

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lab.base import HOME_VARIABLE, Task, Workspace
from lab.benchmark import cancel, start, wait
from lab.data import load_sample, make_dataset, sample_roles
from lab.experiments import Candidate, Experiment
from lab.metrics import default_metrics
from lab.models import MODELS
from lab.recipes import auto_recipe
from lab.store import Store, open_store
from lab.validation import SPLITTERS, ValidationPlan

ROOT = Path(__file__).resolve().parents[1]
POLL_SECONDS = 2.0


def start_run(store: Store) -> str:
    """Start a run that takes longer than the measurement."""
    dataset = make_dataset(load_sample("road_accidents"), sample_roles("road_accidents"))
    candidates = tuple(
        Candidate(
            name=MODELS[key].title,
            recipe=auto_recipe(MODELS[key].preset, takes_missing=MODELS[key].takes_missing),
            model=MODELS.choose(key),
        )
        for key in ("logistic_regression", "random_forest", "lightgbm", "xgboost", "mlp")
    )
    experiment = Experiment(
        name="Watched",
        dataset_id=store.save_dataset(dataset),
        task=Task.BINARY,
        candidates=candidates,
        plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 5}), repeats=10),
        metrics=default_metrics(Task.BINARY),
    )
    experiment_id = store.save_experiment(experiment)
    start(store, experiment_id)
    return experiment_id


class Session:
    """One browser tab, without the browser."""

    def __init__(self, port: int, query: str) -> None:
        self.url = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.origin = f"http://127.0.0.1:{port}"
        self.query = query
        self.fragments: dict[str, float] = {}
        self.loads: list[float] = []
        self.polls: list[float] = []

    async def run(self, seconds: float) -> None:
        async with websockets.connect(
            self.url, subprotocols=["streamlit"], origin=self.origin, max_size=None
        ) as socket_:
            self.loads.append(await self.ask(socket_, ""))
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                await asyncio.sleep(POLL_SECONDS)
                for fragment in list(self.fragments):
                    self.polls.append(await self.ask(socket_, fragment))

    async def ask(self, socket_: websockets.ClientConnection, fragment: str) -> float:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = "benchmark"
        message.rerun_script.fragment_id = fragment
        started = time.perf_counter()
        await socket_.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await socket_.recv())
            kind = answer.WhichOneof("type")
            if kind == "auto_rerun":
                self.fragments[answer.auto_rerun.fragment_id] = answer.auto_rerun.interval
            if kind == "script_finished":
                return time.perf_counter() - started


async def watch(port: int, query: str, sessions: int, seconds: float) -> list[Session]:
    opened = [Session(port, query) for _ in range(sessions)]
    await asyncio.gather(*(session.run(seconds) for session in opened))
    return opened


def serve(home: str) -> tuple[subprocess.Popen[bytes], int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    server = subprocess.Popen(
        [*command, "--server.headless=true"],
        cwd=ROOT,
        env={**os.environ, HOME_VARIABLE: home},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
            break
        except OSError:
            time.sleep(0.1)
    return server, port


def tell(name: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    print(
        f"{name}: {len(ordered)} · median {statistics.median(ordered):.3f} s · "
        f"95th percentile {ordered[int(len(ordered) * 0.95)]:.3f} s · longest {ordered[-1]:.3f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        store = open_store(Workspace(root=Path(home)))
        experiment_id = start_run(store)
        server, port = serve(home)
        try:
            query = f"experiment={experiment_id}"
            asyncio.run(watch(port, query, 1, 6.0))  # libraries are imported by the first session
            opened = asyncio.run(watch(port, query, options.sessions, options.seconds))
        finally:
            cancel(store, experiment_id)
            wait(store, experiment_id)
            server.terminate()
            server.wait()
        tell("page loads", [value for session in opened for value in session.loads])
        tell("polls", [value for session in opened for value in session.polls])


if __name__ == "__main__":
    main()
