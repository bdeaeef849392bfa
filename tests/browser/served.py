"""A real playground: the server in a process of its own, with a workspace of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.base import HOME_VARIABLE, Workspace
from lab.benchmark import start, wait
from lab.cli.planning import request_dataset, request_experiment
from lab.cli.request import RunRequest
from lab.data import read_table
from lab.explain import explanation_id
from lab.explain import request as request_explanation
from lab.store import Store, open_store

ROOT = Path(__file__).parents[2]
SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Playground:
    """A running server with a workspace of its own."""

    url: str
    home: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def store(self) -> Store:
        return open_store(Workspace(root=self.home))

    def start_experiment(self, file: Path, target: str, *models: str, **options: Any) -> str:
        """Start an experiment and return the link to it."""
        asked = RunRequest(name=file.stem, target=target, models=models, **options)
        dataset = request_dataset(read_table(file), asked)
        self.store.save_dataset(dataset)
        experiment_id = self.store.save_experiment(request_experiment(dataset, asked))
        start(self.store, experiment_id)
        return f"?dataset={dataset.id}&experiment={experiment_id}"

    def run_experiment(self, file: Path, target: str, *models: str, **options: Any) -> str:
        """Run an experiment, explain its first candidate, and return the link to it."""
        link = self.start_experiment(file, target, *models, **options)
        experiment_id = link.rpartition("=")[2]
        wait(self.store, experiment_id)
        request_explanation(self.store, experiment_id, 0)
        experiment = self.store.load_experiment(experiment_id)
        wait(self.store, explanation_id(experiment, 0))
        return link

    def stop(self) -> None:
        for job in self.store.jobs().values():
            if job.pid is not None and job.state.is_active:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(job.pid, signal.SIGTERM)
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)


def start_playground(home: Path, *, log: Path, script: str = "app.py") -> Playground:
    port = _free_port()
    environment = {**os.environ, HOME_VARIABLE: str(home), "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = [f"--server.port={port}", "--server.headless=true"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    playground = Playground(url=f"http://127.0.0.1:{port}", home=home, log=log, process=process)
    _wait_until_healthy(playground)
    return playground


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_healthy(playground: Playground) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        assert playground.process.poll() is None, playground.log.read_text()
        try:
            with urllib.request.urlopen(playground.url + "/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the playground did not start: {playground.log.read_text()}")
