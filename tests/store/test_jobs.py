import os
import subprocess
import sys
import threading

import psutil
import pytest

from lab.store import JobState


def test_only_one_claim_of_a_job_succeeds(store, kept):
    won = []
    threads = [threading.Thread(target=lambda: won.append(store.claim_job(kept))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won.count(True) == 1


def test_a_job_whose_process_is_gone_is_interrupted_and_can_be_claimed_again(store, kept):
    store.claim_job(kept)
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    store.adopt_job(kept, process.pid)
    store.report_job(kept, state=JobState.RUNNING)
    assert store.job(kept).state is JobState.RUNNING
    process.kill()
    assert wait_for(lambda: store.job(kept).state is JobState.INTERRUPTED)  # still a zombie
    process.communicate()
    assert store.claim_job(kept)


def wait_for(question):
    return any(question() for _ in range(10_000))


def test_the_time_left_goes_by_until_it_is_told_anew(store, kept, monkeypatch):
    now = [1_000.0]
    monkeypatch.setattr("lab.store.jobs.time.time", lambda: now[0])
    store.report_job(kept, eta_seconds=20.0)
    left = []
    for now[0] in (1_000.0, 1_005.0, 1_019.5, 1_500.0, 990.0):  # a clock may be put back
        left.append(store.job(kept).eta_seconds)
    assert left == [20.0, 15.0, 2.0, 2.0, 20.0]
    store.report_job(kept, eta_seconds=None)
    assert store.job(kept).eta_seconds is None


@pytest.mark.skipif(sys.platform != "linux", reason="only there does the time of day count")
def test_a_clock_that_is_set_ends_no_run(store, kept, monkeypatch):
    store.claim_job(kept)
    store.adopt_job(kept, os.getpid())
    boot = psutil.boot_time()
    monkeypatch.setattr("psutil._pslinux.boot_time", lambda: boot + 3_600.0)
    assert store.job(kept).state is JobState.WAITING
    assert store.job(kept).pid == os.getpid()


def test_another_process_under_the_same_number_is_not_the_one_that_works(store, kept):
    store.claim_job(kept)
    store.adopt_job(kept, os.getpid())
    with store.database.writing() as connection:
        connection.execute("UPDATE job SET pid_started = pid_started - 500")
    assert store.job(kept).state is JobState.INTERRUPTED


def test_time_counts_over_pauses_and_ends_with_the_last_word_of_a_process_that_died(
    store, kept, monkeypatch
):
    now = [1_000.0]
    monkeypatch.setattr("lab.store.jobs.time.time", lambda: now[0])
    store.claim_job(kept)
    now[0] += 10
    store.finish_job(kept, JobState.PAUSED)
    now[0] += 500
    assert store.job(kept).elapsed_seconds == 10.0
    store.claim_job(kept)
    store.report_job(kept, state=JobState.RUNNING, pid=2**22 + 1)  # there is no such process
    now[0] += 5
    store.report_job(kept, eta_seconds=3.0)
    now[0] += 500
    job = store.job(kept)
    assert (job.state, job.elapsed_seconds, job.seconds_since_start) == (
        JobState.INTERRUPTED,
        15.0,
        5.0,
    )
    store.claim_job(kept)
    now[0] += 1
    store.finish_job(kept, JobState.CANCELLED)
    store.claim_job(kept)
    now[0] += 1
    store.finish_job(kept, JobState.DONE)
    assert store.job(kept).elapsed_seconds == 17.0
    store.claim_job(kept)  # from the beginning
    now[0] += 4
    store.finish_job(kept, JobState.DONE)
    assert store.job(kept).elapsed_seconds == 4.0
