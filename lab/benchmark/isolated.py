"""One call in a process of its own, with limits: whatever it does costs that one call.

Children come from a forkserver that has imported the heavy libraries, so one costs milliseconds.
What they return is bytes and, on failure, a `Failure` as text; nothing of theirs is unpickled.
"""

import contextlib
import multiprocessing
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import psutil

from lab.base import LabError, from_json, is_disk_full, to_json
from lab.experiments import Failure
from lab.standby import end_with, expect_forkserver

Call = Callable[..., bytes]
LEAST_MB = 512
"""Less memory is given to no call."""
_LIBRARIES_MB = 1536
"""Address space that numerical libraries take, should they not be there yet."""
START_SECONDS = 120.0
"""How long the forkserver may take to import the libraries, before a call's own time begins."""
_TRACE_LINES = 12
_BEGUN = b"B"
_STARTS = 5
_RESTART_SECONDS = 0.1
_LAST_WORDS_SECONDS = 1.0
_UNKNOWN = 255
"""The exit code of a child whose forkserver is gone."""
_FIRST_TO_GO = "500"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a call.

    Parameters
    ----------
    data : bytes or None
        What it returned.
    failure : Failure or None
        Why there is nothing.
    """

    data: bytes | None = None
    failure: Failure | None = None


def child_context(preload: Sequence[str]) -> BaseContext:
    """Return the context that children are started from.

    Parameters
    ----------
    preload : sequence of str
        Installed modules that the forkserver imports once for all children.
    """
    expect_forkserver()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


class Child:
    """A running call.

    Parameters
    ----------
    context : BaseContext
        From `child_context`.
    call : callable returning bytes
        A function of a module, not a closure.
    args : tuple
        Its arguments, which can be pickled.
    seconds : float
        Wall time of the call itself, after which it is killed.
    memory_mb : int
        Memory that it may take, beside the libraries that its process starts with.
    """

    def __init__(
        self,
        context: BaseContext,
        call: Call,
        args: tuple[Any, ...],
        *,
        seconds: float,
        memory_mb: int,
    ) -> None:
        self._seconds = seconds
        self._memory_mb = max(memory_mb, LEAST_MB)
        self._deadline = time.monotonic() + START_SECONDS
        self._reader, self._process = _started(context, (call, args, self._memory_mb))

    @property
    def waitables(self) -> tuple[Any, ...]:
        """Return what `multiprocessing.connection.wait` can watch for it."""
        return (self._reader, self._process.sentinel)

    def outcome(self) -> Outcome | None:
        """Return what became of the call, or None while it runs within its limits."""
        if self._reader.poll():
            outcome = self._received()
            if outcome is not None:
                return outcome
        if time.monotonic() > self._deadline:
            self.kill()
            unit = "second" if self._seconds == 1 else "seconds"
            text = f"took longer than {self._seconds:g} {unit} and was stopped"
            return Outcome(failure=Failure(kind="timeout", message=text))
        if not self._process.is_alive():
            return (self._received() if self._reader.poll() else None) or self._died()
        return None

    def kill(self) -> None:
        """End the process and all that it started, at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        if self._process.exitcode == _UNKNOWN:  # it may well be alive
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
        self._reader.close()

    def _received(self) -> Outcome | None:
        try:
            message = self._reader.recv_bytes()
        except (EOFError, OSError):
            self._process.join(_LAST_WORDS_SECONDS)
            return self._died()
        if message == _BEGUN:
            self._deadline = time.monotonic() + self._seconds
            return None
        self.kill()
        if message[:1] == b"D":
            return Outcome(data=message[1:])
        return Outcome(failure=from_json(Failure, message[1:]))

    def _died(self) -> Outcome:
        code = self._process.exitcode
        self.kill()
        if code is None:
            text = "its process closed all files and went on"
        elif code < 0:
            name = signal.Signals(-code).name
            text = f"its process was ended by {name}"
            if -code == signal.SIGKILL:
                text += ", perhaps because the machine ran out of memory"
        else:
            text = f"its process ended by itself with exit code {code}"
        return Outcome(failure=Failure(kind="crash", message=text))


def run_isolated(
    context: BaseContext, call: Call, args: tuple[Any, ...], *, seconds: float, memory_mb: int
) -> Outcome:
    """Run one call in a child process and return what became of it; a crash is tried once more."""
    outcome = _run_once(context, call, args, seconds=seconds, memory_mb=memory_mb)
    if outcome.failure is not None and outcome.failure.kind == "crash":
        return _run_once(context, call, args, seconds=seconds, memory_mb=memory_mb)
    return outcome


def _run_once(
    context: BaseContext, call: Call, args: tuple[Any, ...], *, seconds: float, memory_mb: int
) -> Outcome:
    child = Child(context, call, args, seconds=seconds, memory_mb=memory_mb)
    try:
        while (outcome := child.outcome()) is None:
            multiprocessing.connection.wait(child.waitables, timeout=0.25)
    except BaseException:
        child.kill()
        raise
    return outcome


def _started(context: BaseContext, work: tuple[Any, ...]) -> tuple[Connection, Any]:
    """Return the pipe from a child that has begun, and its process."""
    for left in reversed(range(_STARTS)):
        reader, writer = context.Pipe(duplex=False)
        process = context.Process(  # type: ignore[attr-defined]
            target=_work, args=(writer, *work), daemon=True
        )
        try:
            process.start()
            return reader, process
        except (OSError, EOFError):  # the forkserver was killed; the next try starts another
            reader.close()
            if not left:
                raise
            time.sleep(_RESTART_SECONDS)
        finally:
            writer.close()
    raise AssertionError("the last try returns or raises")


def _work(writer: Connection, call: Call, args: tuple[Any, ...], memory_mb: int) -> None:
    os.setsid()
    _die_with_parent()
    writer.send_bytes(_BEGUN)
    _limit_memory(memory_mb)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        message = b"D" + call(*args)
    except MemoryError:
        text = f"needs more than its {memory_mb:,} MB of memory"
        message = b"F" + to_json(Failure(kind="memory", message=text)).encode()
    except LabError as error:
        message = b"F" + to_json(Failure(kind="error", message=str(error))).encode()
    except Exception as error:  # noqa: BLE001  # a failure is a result here
        message = b"F" + to_json(_told(error)).encode()
    writer.send_bytes(message)
    writer.close()
    sys.stdout.flush()
    os._exit(0)


def _limit_memory(megabytes: int) -> None:
    """Have allocations fail beyond what is mapped now and so much more.

    Should the machine run out of memory all the same, the kernel ends this process before those of
    the user.
    """
    mapped = max(psutil.Process().memory_info().vms, _LIBRARIES_MB * 2**20)
    limit = mapped + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    with contextlib.suppress(OSError):  # there is no such file but on Linux
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)


def _told(error: Exception) -> Failure:
    if is_disk_full(error):
        return Failure(kind="disk", message="there was no room left on the disk")
    text = " ".join(str(error).split())[:300] or "no message"
    lines = traceback.format_exception(error)
    trace = "".join(lines).splitlines()[-_TRACE_LINES:]
    return Failure(kind="error", message=f"{type(error).__name__}: {text}", trace="\n".join(trace))


def _die_with_parent() -> None:
    """Have the kernel end this process group when the parent is gone, even while it is in C code.

    A child of a forkserver keeps the forkserver alive and is not told of its parent's death; the
    pipe to the parent is, by a signal that ends the group.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        end_with(parent.sentinel, owner=-os.getpgrp())
