"""Faults of the disk that a person can put right: it is full, or it cannot be written."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.base.errors import LabError
from lab.base.workspace import HOME_VARIABLE

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_UNWRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}


def is_disk_full(error: BaseException) -> bool:
    """Return whether an error says that there was no room left for what was written."""
    if not isinstance(error, OSError):
        return False
    # What numpy says when an array is cut off, without the system's number for it.
    return error.errno in _FULL or (error.errno is None and " requested and " in str(error))


def disk_full(path: Path) -> LabError:
    """Return the error for a disk without room."""
    return LabError(
        f"the disk that holds {path} is full",
        hint="Free some space and try again; what was kept before is whole.",
    )


def unwritable(path: Path) -> LabError:
    """Return the error for a place that nothing can be written to."""
    return LabError(
        f"{path} cannot be opened to write",
        hint=f"Set {HOME_VARIABLE} to a folder that can be written.",
    )


@contextmanager
def telling_disk_faults(path: Path) -> Iterator[None]:
    """Raise what the disk refuses as a LabError in plain words; other errors go through.

    Parameters
    ----------
    path : Path
        The file or folder that is named.
    """
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise disk_full(path) from error
        if error.errno in _UNWRITABLE:
            raise unwritable(path) from error
        raise
