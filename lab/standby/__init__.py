"""The processes that do jobs, and the one that waits with its libraries imported.

Imports little, so that whoever needs a process soon can have it warm up beside its own imports.
"""

from lab.standby.modules import all_modules, modules_for
from lab.standby.processes import calm_environment, put_to_work, reap, warm_up

__all__ = [
    "all_modules",
    "modules_for",
    "calm_environment",
    "put_to_work",
    "reap",
    "warm_up",
]
