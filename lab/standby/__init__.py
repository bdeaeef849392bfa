"""The processes that do jobs, and the one that waits with its libraries imported.

Imports next to nothing, so that a forkserver can first see to its own ending, and so that whoever
needs a process soon can have it warm up beside its own imports.
"""

from lab.standby.ending import end_with, end_with_parent, expect_forkserver
from lab.standby.modules import modules_for
from lab.standby.processes import calm_environment, put_to_work, reap, warm_up

__all__ = [
    "calm_environment",
    "end_with",
    "end_with_parent",
    "expect_forkserver",
    "modules_for",
    "put_to_work",
    "reap",
    "warm_up",
]
