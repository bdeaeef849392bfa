import importlib
import os
import signal
import subprocess
import sys
import time
from multiprocessing import forkserver
from pathlib import Path

import psutil
import pytest

from lab.benchmark.isolated import child_context, run_isolated
from lab.benchmark.pool import Pool
from lab.standby import calm_environment

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).parent))
calls = importlib.import_module("calls")
ENVIRONMENT = {
    **os.environ,
    **calm_environment(),
    "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)]),
}


@pytest.fixture(scope="module")
def context():
    return child_context(["numpy"])


def run(context, call, *args, seconds=20.0, memory_mb=2000):
    return run_isolated(context, call, args, seconds=seconds, memory_mb=memory_mb)


def test_a_call_returns_its_bytes(context):
    assert run(context, calls.answer, "yes").data == b"YES"


def test_an_exception_comes_back_as_text_with_its_trace(context):
    failure = run(context, calls.fail).failure
    assert failure.kind == "error"
    assert failure.message == "ValueError: the numbers do not add up"
    assert "calls.py" in failure.trace


@pytest.mark.parametrize(
    ("call", "words"), [("exit_at_once", "exit code 3"), ("segfault", "SIGSEGV")]
)
def test_a_crash_is_told_with_its_cause(context, call, words):
    failure = run(context, getattr(calls, call)).failure
    assert failure.kind == "crash"
    assert words in failure.message


def test_a_call_that_hangs_is_killed_at_its_limit_though_it_ignores_sigterm(context):
    outcome = run(context, calls.hang_ignoring_sigterm, seconds=0.5)
    assert outcome.failure.kind == "timeout"
    assert "0.5 seconds" in outcome.failure.message


def test_a_call_that_eats_memory_is_told_its_limit(context):
    outcome = run(context, calls.eat_memory, memory_mb=600)
    assert outcome.failure.kind == "memory"
    assert "600 MB" in outcome.failure.message


def test_a_call_that_closes_its_pipe_and_goes_on_is_ended(context):
    failure = run(context, calls.close_everything_and_hang).failure
    assert failure.kind == "crash"
    assert "went on" in failure.message


def test_the_limit_of_memory_is_beside_the_libraries_that_are_there_already():
    code = (
        "import calls\n"
        "from lab.benchmark.isolated import child_context, run_isolated\n"
        "from lab.standby import modules_for\n"
        "for megabytes in (256, 800):\n"
        "    context = child_context(modules_for(resampling=True))\n"
        "    outcome = run_isolated(context, calls.take, (megabytes,), seconds=60, memory_mb=512)\n"
        "    print(outcome.failure.kind if outcome.failure else 'done')\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["done", "memory"]


def test_a_killed_forkserver_costs_no_call(context):
    for _ in range(3):
        assert run(context, calls.answer, "yes").data == b"YES"
        os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)
    assert run(context, calls.answer, "yes").data == b"YES"


def test_a_crash_is_tried_once_more(context, tmp_path):
    pool = Pool(context, workers=2, seconds=20, memory_mb=2000)
    pool.start("again", calls.crash_first_time, (str(tmp_path / "marker"),))
    pool.start("never", calls.exit_at_once, ())
    ended = {}
    while len(pool):
        ended.update({one.key: one.outcome for one in pool.wait(0.2)})
    assert ended["again"].data == b"second time"
    assert ended["never"].failure.kind == "crash"


def test_killing_a_pool_ends_children_and_what_they_started(context, tmp_path):
    pids = tmp_path / "pids"
    pool = Pool(context, workers=1, seconds=60, memory_mb=2000)
    pool.start("one", calls.leave_a_grandchild, (str(pids),))
    numbers = [int(part) for part in eventually(lambda: pids.exists() and pids.read_text()).split()]
    pool.kill()
    assert eventually(lambda: not any(map(is_running, numbers)))


def test_no_child_outlives_a_killed_parent_even_one_that_hangs_in_c_code(tmp_path):
    pid_file = tmp_path / "pid"
    code = (
        "import calls\n"
        "from lab.benchmark.isolated import child_context, run_isolated\n"
        f"run_isolated(child_context([]), calls.hold_the_interpreter, ({str(pid_file)!r},),"
        " seconds=600, memory_mb=2000)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], env=ENVIRONMENT)
    child = int(eventually(lambda: pid_file.exists() and pid_file.read_text()))
    family = [process.pid for process in psutil.Process(parent.pid).children(recursive=True)]
    assert child in family
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert eventually(lambda: not any(map(is_running, family)))


def is_running(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def eventually(question, seconds=20.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.02)
    return question()


def test_a_forkserver_of_a_first_process_of_a_container_is_not_taken_for_an_orphan():
    """There, the parent that is alive has the number that orphans' new parents have."""
    code = (
        "import os\n"
        "from lab.standby import end_with_parent, expect_forkserver\n"
        "expect_forkserver()\n"
        "os.getppid = lambda: os.getpid()\n"
        "end_with_parent()\n"
        "os.getppid = lambda: 1 + os.getpid()\n"
        "print('alive', flush=True)\n"
        "end_with_parent()\n"
        "print('still alive')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("alive\n", 1)
