"""Imported first in a forkserver: it ends with its parent even while it is still importing."""

import os

from lab.standby.ending import alive_pipe, end_with

if (_pipe := alive_pipe()) is not None:
    end_with(_pipe, owner=os.getpid())
