"""The processes that do jobs, and the one that waits with its libraries imported.

Imports little, so that whoever needs a process soon can have it warm up beside its own imports.
"""

from lab.standby.modules import ALWAYS, RESAMPLING, all_modules
from lab.standby.processes import calm_environment, put_to_work, reap, warm_up

__all__ = [
    "ALWAYS",
    "RESAMPLING",
    "all_modules",
    "calm_environment",
    "put_to_work",
    "reap",
    "warm_up",
]
