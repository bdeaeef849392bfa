"""The playground on the command line: ``python -m lab --help``.

A command that will fit has a process begin with its imports before it begins with its own.
"""

import gc
import os
import sys
from typing import NoReturn

from lab.standby import modules_for, warm_up

gc.set_threshold(50_000)  # most of what a command makes are modules, which are no garbage
if sys.argv[1:2] in (["run"], ["ablate"]) and "--help" not in sys.argv:
    warm_up(modules_for(resampling=False))

from lab.cli import main  # noqa: E402


def leave(code: int) -> NoReturn:
    """End this process at once; to let go of all that was imported takes a third of a second."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # nobody reads any more
            code = code or 1
    os._exit(code)


if __name__ == "__main__":
    try:
        main()
    except SystemExit as ending:
        leave(ending.code if isinstance(ending.code, int) else 0)
