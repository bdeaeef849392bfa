"""Calls that misbehave, for children of a forkserver to import."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def answer(text: str) -> bytes:
    return text.upper().encode()


def fail() -> bytes:
    raise ValueError("the numbers do not add up")


def exit_at_once() -> bytes:
    os._exit(3)


def segfault() -> bytes:
    ctypes.string_at(0)
    return b""


def hang_ignoring_sigterm() -> bytes:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(0.05)


def eat_memory() -> bytes:
    return b"".join(bytes(2**20) * 64 for _ in range(400))


def crash_first_time(marker: str) -> bytes:
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return b"second time"


def leave_a_grandchild(pid_file: str) -> bytes:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(pid_file).write_text(f"{os.getpid()} {child.pid}")
    time.sleep(600)
    return b""


def hold_the_interpreter(pid_file: str) -> bytes:
    """Hang in C code with the interpreter's lock held."""
    Path(pid_file).write_text(str(os.getpid()))
    ctypes.PyDLL(None).sleep(600)
    return b""


def close_everything_and_hang() -> bytes:
    """Hang with the pipe to the runner closed."""
    os.closerange(3, 1000)
    time.sleep(600)
    return b""


def take(megabytes: int) -> bytes:
    return str(len(bytes(megabytes << 20))).encode()
