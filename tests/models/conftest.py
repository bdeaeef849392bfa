"""One thread for the tests of models, as on the bench."""

import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """Keep numerical libraries from starting a thread a core for a table of 240 rows."""
    import sklearn.ensemble  # noqa: F401  - loads the libraries that are to be limited

    with threadpool_limits(1):
        yield
