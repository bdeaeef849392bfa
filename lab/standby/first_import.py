"""Imported first in a forkserver: it ends with its parent even while it is still importing.

The last import takes this back, since the thread that started it may end before the process does.
"""

from lab.standby.ending import end_with_parent

end_with_parent()
