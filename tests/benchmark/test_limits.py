"""Defaults from the machine and its control groups; groups are folders of our own here."""

import os

import psutil
import pytest

from lab.benchmark import limits, memory_mb, worker_count
from lab.benchmark.cgroups import cpu_quota, free_memory

MB = 2**20


@pytest.fixture
def groups(tmp_path):
    """Return a function that writes files of groups and returns where they are."""

    def write(own, **files):
        (tmp_path / "own").write_text(own)
        for name, text in files.items():
            path = tmp_path / "mount" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return {"mount": tmp_path / "mount", "own": tmp_path / "own"}

    return write


def test_the_second_version_takes_the_narrowest_group_above(groups):
    places = groups(
        "0::/user/job\n",
        **{
            "user/job/cpu.max": "max 100000\n",
            "user/cpu.max": "150000 100000\n",
            "user/job/memory.max": "max\n",
            "user/memory.max": f"{1000 * MB}\n",
            "user/memory.current": f"{700 * MB}\n",
            "user/memory.stat": f"anon 1\ninactive_file {200 * MB}\n",
        },
    )
    assert cpu_quota(**places) == 1.5
    assert free_memory(**places) == 500 * MB


def test_the_first_version_has_a_tree_for_each_controller(groups):
    places = groups(
        "4:memory:/job\n3:cpu,cpuacct:/job\n0::/\n",
        **{
            "cpu/job/cpu.cfs_quota_us": "200000\n",
            "cpu/job/cpu.cfs_period_us": "100000\n",
            "cpu/cpu.cfs_quota_us": "-1\n",
            "cpu/cpu.cfs_period_us": "100000\n",
            "memory/job/memory.limit_in_bytes": f"{900 * MB}\n",
            "memory/job/memory.usage_in_bytes": f"{100 * MB}\n",
            "memory/job/memory.stat": f"inactive_file 5\ntotal_inactive_file {50 * MB}\n",
        },
    )
    assert cpu_quota(**places) == 2
    assert free_memory(**places) == 850 * MB


def test_a_group_that_cannot_be_seen_from_inside_is_that_at_the_root(groups):
    places = groups(
        "4:memory:/docker/abc\n",
        **{"memory/memory.limit_in_bytes": f"{64 * MB}\n", "memory/memory.usage_in_bytes": "0\n"},
    )
    assert free_memory(**places) == 64 * MB


def test_without_groups_there_is_no_limit(groups, tmp_path):
    assert cpu_quota(mount=tmp_path, own=tmp_path / "none") is None
    assert free_memory(**groups("0::/\n")) is None


@pytest.mark.parametrize(("quota", "cells"), [(0.5, 1), (1.0, 1), (1.2, 2), (None, 3), (64.0, 3)])
def test_there_is_a_cell_for_each_core_of_the_quota(monkeypatch, quota, cells):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    monkeypatch.setattr(limits, "cpu_quota", lambda: quota)
    monkeypatch.setattr(limits, "_free_mb", lambda: 64_000.0)
    assert worker_count(0) == cells
    assert worker_count(7) == 7


def test_a_fifth_of_the_free_memory_is_left_and_short_memory_means_fewer_cells(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)))
    monkeypatch.setattr(limits, "cpu_quota", lambda: None)
    monkeypatch.setattr(limits, "free_memory", lambda: 2000 * MB)
    workers = worker_count(0)
    assert workers == 3
    assert memory_mb(0, workers) * workers <= 0.8 * 2000
    assert memory_mb(0, 1) == 1600
    assert memory_mb(0, 1, total_mb=10_000) == 8000
    assert memory_mb(700, 1) == 700
    assert memory_mb(1, 1) == limits.LEAST_MB


def test_what_the_machine_has_free_is_never_exceeded():
    assert memory_mb(0, 1) <= max(psutil.virtual_memory().available / MB, limits.LEAST_MB)
