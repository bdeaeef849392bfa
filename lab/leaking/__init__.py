"""What a leak would have shown: one candidate prepared before the split, kept off all scores."""

from lab.leaking.control import leak_id, load_leak, n_fits, request_leak
from lab.leaking.leak import Leak, LeakedStep, LearnsFrom, StepAlone
from lab.leaking.telling import ALL_STEPS, LeakLine, SideBySide, side_by_side

__all__ = [
    "ALL_STEPS",
    "Leak",
    "LeakLine",
    "LeakedStep",
    "LearnsFrom",
    "SideBySide",
    "StepAlone",
    "leak_id",
    "load_leak",
    "n_fits",
    "request_leak",
    "side_by_side",
]
