"""What holds for every test: a workspace of its own, no race against the clock, a process waits."""

import os
import tempfile

import pytest
from hypothesis import HealthCheck, settings

from lab.base import HOME_VARIABLE, MODELS_VARIABLE
from lab.standby import modules_for, warm_up

# No test may reach the workspace of the person who runs it, not even through a child process.
os.environ[HOME_VARIABLE] = tempfile.mkdtemp(prefix="playground-tests-")
os.environ.pop(MODELS_VARIABLE, None)

settings.register_profile(
    "house",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def a_process_waits() -> None:
    """Have one process do the runs of all tests, as the server's does; it need import only once."""
    warm_up(modules_for(resampling=True))
