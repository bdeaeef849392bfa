"""The processes of a workspace, and what each of them is."""

import contextlib

import psutil

from lab.base import HOME_VARIABLE
from lab.store import Store

OWNER = """
import sys, time
from lab.benchmark import start
from lab.standby import modules_for, warm_up
from lab.store import open_store
store = open_store()
warm_up(modules_for(resampling=False), store.workspace)
start(store, sys.argv[1])
time.sleep(600)
"""
"""Has a process wait, as the server does, and lets it run an experiment."""


def family(store: Store) -> dict[int, psutil.Process]:
    """Return the processes that were started for a workspace, by their environment."""
    home, found = str(store.workspace.root), {}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            is_ours = process.environ().get(HOME_VARIABLE) == home
            if is_ours and process.status() != psutil.STATUS_ZOMBIE:
                found[process.pid] = process
    return found


def part_of(process: psutil.Process) -> str:
    """Return what a process of the family is: owner, server, waiting, runner, cell or other."""
    with contextlib.suppress(psutil.Error, OSError):
        command = process.cmdline()
        if _is_forkserver(command):
            parent = process.parent()
            is_cell = parent is not None and _is_forkserver(parent.cmdline())
            return "cell" if is_cell else "forkserver"
        for word, part in (
            ("lab.standby", "waiting"),
            ("lab.benchmark", "runner"),
            ("streamlit", "server"),
            (OWNER, "owner"),
        ):
            if word in command:
                return part
    return "other"


def _is_forkserver(command: list[str]) -> bool:
    return any("multiprocessing.forkserver" in word for word in command)


def descends(process: psutil.Process, needed: set[int]) -> bool:
    """Return whether a process is one of some, or was started by one of them."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.pid in needed or any(one.pid in needed for one in process.parents())
    return True  # it is gone
