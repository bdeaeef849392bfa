"""How processes end with the one that they work for, whatever they are doing at that moment."""

import contextlib
import ctypes
import fcntl
import os
import select
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PARENT_VARIABLE = "PLAYGROUND_FORKSERVER_OF"


def end_with(pipe: int, *, owner: int) -> None:
    """Have the kernel end processes once nobody can write to a pipe any more.

    It sends SIGIO, which needs no turn of the interpreter: it is heard in C code and in imports.
    Nothing may ever be written to the pipe. Does nothing where the system has no such signal.

    Parameters
    ----------
    pipe : int
        The end that is read; whoever holds the other one is worked for.
    owner : int
        The process that is ended; a negative number means that process group.
    """
    if not hasattr(fcntl, "F_SETOWN"):
        return
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    _have_told(pipe, owner)
    if select.select([pipe], [], [], 0)[0]:  # it was closed before the signal was armed
        os._exit(1)


@contextlib.contextmanager
def ending_without_orders(pipe: int) -> Iterator[None]:
    """Have this process end meanwhile, once a pipe of orders is closed and none is left in it."""

    def look(*_: object) -> None:
        if events.poll(0) == [(pipe, select.POLLHUP)]:
            remove_listener()
            os._exit(0)

    if not hasattr(fcntl, "F_SETOWN"):
        yield
        return
    events = select.poll()
    events.register(pipe, select.POLLIN)
    signal.signal(signal.SIGIO, look)
    _have_told(pipe, os.getpid())
    look()
    yield
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) & ~os.O_ASYNC)
    signal.signal(signal.SIGIO, signal.SIG_DFL)


def expect_forkserver() -> None:
    """Note in the environment that a forkserver started from here on is this process's own."""
    os.environ[_PARENT_VARIABLE] = str(os.getpid())


def remove_listener() -> None:
    """Remove the sockets of forkservers that this process has started or is, and their folder.

    Their own clean-up needs an ordinary end of the process that has started them.
    """
    from multiprocessing import forkserver

    address = getattr(forkserver, "_forkserver")._forkserver_address  # noqa: B009  # is private
    if address:
        with contextlib.suppress(OSError):  # it is gone already, or others have files there
            folder = Path(address).parent
            for listener in folder.glob("listener-*"):
                listener.unlink(missing_ok=True)
            folder.rmdir()


def end_with_parent(number: int = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when the thread that started it ends; 0 for none.

    A forkserver needs it while it imports: calls that wait for it hold its own pipe open.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(number))
        if number and os.environ.get(_PARENT_VARIABLE, "") not in {"", str(os.getppid())}:
            os._exit(1)  # it ended before


def _have_told(pipe: int, owner: int) -> None:
    """Have the kernel send SIGIO whenever something happens to a pipe."""
    fcntl.fcntl(pipe, fcntl.F_SETOWN, owner)
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
