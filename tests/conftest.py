"""What holds for every test: a workspace of its own, and no race against the clock."""

import os
import tempfile

from hypothesis import HealthCheck, settings

from lab.base import HOME_VARIABLE, MODELS_VARIABLE

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
