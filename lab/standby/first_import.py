"""Imported first in a forkserver: it ends with its parent even while it is still importing.

Nothing that is imported is garbage: looking through all of it again and again would take a seventh
of the time. The last import takes both back, since the thread that started this process may end
before it does.
"""

import gc

from lab.standby.ending import end_with_parent

gc.disable()
end_with_parent()
