"""What a leak would have shown: one candidate prepared before the split, kept off all scores."""

from lab.leaking.control import leak_id, load_leak, request_leak
from lab.leaking.leak import Leak, LeakedStep
from lab.leaking.telling import SideBySide, side_by_side

__all__ = [
    "Leak",
    "LeakedStep",
    "SideBySide",
    "leak_id",
    "load_leak",
    "request_leak",
    "side_by_side",
]
