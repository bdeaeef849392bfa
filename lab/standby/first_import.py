"""Imported first in a forkserver: it ends with its parent even while it is still importing.

Nothing that is imported is garbage: looking through all of it again and again would take a seventh
of the time. The last import takes both back, since the thread that started this process may end
before it does.

Whoever started it may be killed and then leaves a socket, which it removes in its place.
"""

import atexit
import gc
import os
import time

from lab.standby.ending import end_with_parent, remove_listener

_PARENT = os.getppid()
_SECONDS = 2.0
"""Within these an ordinary end is over, in which the other process removes the socket itself."""


def _tidy() -> None:
    deadline = time.monotonic() + _SECONDS
    while os.getppid() == _PARENT and time.monotonic() < deadline:
        time.sleep(0.02)
    if os.getppid() != _PARENT:
        remove_listener()


gc.disable()
atexit.register(_tidy)
end_with_parent()
