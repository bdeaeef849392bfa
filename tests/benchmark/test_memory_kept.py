"""A fit uses freed arrays again, rather than asking the system for new memory each time."""

import resource
import sys
from functools import partial

import numpy as np
import pytest

from lab.benchmark.isolated import child_context, run_isolated
from lab.benchmark.kept_memory import keep_memory
from lab.standby import modules_for

ROUNDS, AT_ONCE, BYTES = 50, 6, 1 << 20


def fresh_pages(*, is_kept: bool) -> bytes:
    """Return how many pages of memory the system gave for arrays made again and again."""
    if is_kept:
        keep_memory()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(ROUNDS):
        [np.ones(BYTES // 8) for _ in range(AT_ONCE)]
    return str(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before).encode()


def in_a_child(*, is_kept: bool) -> int:
    context = child_context(modules_for(resampling=False))
    call = partial(fresh_pages, is_kept=is_kept)
    outcome = run_isolated(context, call, (), seconds=60, memory_mb=1_000)
    assert outcome.failure is None
    return int(outcome.data)


@pytest.mark.skipif(sys.platform != "linux", reason="what glibc does")
def test_arrays_made_again_and_again_cost_memory_once() -> None:
    once = AT_ONCE * BYTES / resource.getpagesize()
    assert in_a_child(is_kept=True) < 3 * once
    assert in_a_child(is_kept=False) > 10 * once
