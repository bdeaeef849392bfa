"""``python -m lab.standby MODULE...``: import the modules, then do one job after another.

An order is a line of JSON on the input, written by `put_to_work`: the package whose ``__main__``
does the job, its arguments, variables of the environment, and the file for what it prints. The end
of the input, which is also the death of whoever gives the orders, ends the process.

The forkserver starts importing at once, beside this process rather than after it.
"""

import gc
import importlib
import json
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing import forkserver
from pathlib import Path

from lab.standby.ending import ending_without_orders, expect_forkserver, remove_listener

_NICEST = 19


def main(modules: list[str]) -> None:
    """Warm up, then work on orders until there are no more."""
    signal.signal(signal.SIGTERM, _ignore)  # a cancel that comes before its order or after its end
    with ending_without_orders(sys.stdin.fileno()):  # the imports take seconds
        multiprocessing.set_forkserver_preload(modules)
        expect_forkserver()
        forkserver.ensure_running()
        gc.disable()  # nothing that is imported is garbage
        _import_last("lab.benchmark.runner")
        gc.freeze()
        gc.enable()
    while True:
        line = sys.stdin.readline()
        if not line:
            return
        order = json.loads(line)
        _print_to(order["log"])
        os.environ.update(order["variables"])
        importlib.import_module(f"{order['package']}.__main__").main(*order["arguments"])
        signal.signal(signal.SIGTERM, _ignore)


def _import_last(module: str) -> None:
    """Import a module when nobody else wants the processor, above all not the forkserver.

    That one has three times as much to import, and a first fit waits for both.
    """

    def work() -> None:
        if sys.platform == "linux":  # there, a thread has a niceness of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICEST)
        importlib.import_module(module)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def _ignore(*_: object) -> None:
    """Do nothing; unlike SIG_IGN, this is not passed on to the processes that are started."""


def _print_to(log: str) -> None:
    with Path(log).open("wb") as file:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            os.dup2(file.fileno(), stream.fileno())


if __name__ == "__main__":
    main(sys.argv[1:])
    sys.stdout.flush()
    remove_listener()
    os._exit(0)  # letting go of all that was imported would take a second
