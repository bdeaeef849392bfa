"""A fit uses freed arrays again, rather than asking the system for new memory each time."""

import platform
import resource

import numpy as np
import pytest

from lab.benchmark.isolated import child_context, run_isolated
from lab.benchmark.kept_memory import keep_memory
from lab.standby import modules_for

ROUNDS, AT_ONCE, BYTES = 50, 6, 1 << 20


def fresh_pages() -> bytes:
    """Return how many pages of memory the system gave for arrays made again and again."""
    keep_memory()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(ROUNDS):
        [np.ones(BYTES // 8) for _ in range(AT_ONCE)]
    return str(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before).encode()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="what glibc does")
def test_arrays_made_again_and_again_cost_memory_once() -> None:
    context = child_context(modules_for(resampling=False))
    outcome = run_isolated(context, fresh_pages, (), seconds=60, memory_mb=1_000)
    assert outcome.failure is None
    once = AT_ONCE * BYTES / resource.getpagesize()
    assert int(outcome.data) < 3 * once, "most arrays came from the system"
