"""Imported first in a forkserver: it ends with its parent even while it is still importing.

Nothing that is imported is garbage: looking through all of it again and again would take a seventh
of the time. The last import takes both back, since the thread that started this process may end
before it does.

Whoever started it may be killed, so it removes its socket itself when it ends.
"""

import atexit
import gc

from lab.standby.ending import end_with_parent, remove_listener

gc.disable()
atexit.register(remove_listener)
end_with_parent()
