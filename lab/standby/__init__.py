"""The processes that do jobs, and the one that waits with its libraries imported.

Imports little, so that whoever needs a process soon can have it warm up beside its own imports.
"""

from lab.standby.modules import ALWAYS, RESAMPLING, all_modules
from lab.standby.processes import put_to_work, reap, warm_up

__all__ = ["ALWAYS", "RESAMPLING", "all_modules", "put_to_work", "reap", "warm_up"]
