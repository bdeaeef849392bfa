"""A running experiment on the terminal."""

from dataclasses import replace

import pytest

from lab.base import Workspace
from lab.cli.following import remaining_text
from lab.store import Job, JobState, Store


@pytest.fixture
def job(tmp_path) -> Job:
    """Return the job of a run that has done one of its fifty fits."""
    store = Store(Workspace(root=tmp_path))
    store.create_job("a", "benchmark", total=50)
    return replace(store.job("a"), state=JobState.RUNNING, done=1)


def test_the_time_left_is_told_in_seconds_then_in_minutes(job):
    told = [remaining_text(replace(job, eta_seconds=seconds)) for seconds in (27.2, 480.0)]
    assert told == ["about 27 s left", "about 8 min left"]


def test_what_is_not_known_yet_is_being_estimated(job):
    assert remaining_text(job) == "estimating the time left"


def test_nothing_is_told_before_the_start_and_at_the_end(job):
    waiting = replace(job, state=JobState.WAITING, done=0)
    finished = replace(job, done=50)
    assert [remaining_text(waiting), remaining_text(finished)] == ["", ""]
