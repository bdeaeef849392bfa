"""What processes that were killed left half written, cleared away once it is a day old."""

import contextlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from lab.base import Workspace

_DAY = 24 * 3600.0


def sweep(workspace: Workspace) -> bool:
    """Remove what was left half written more than a day ago; looked for once a day.

    Returns
    -------
    bool
        Whether it was looked for now.
    """
    stamp = workspace.path("swept")
    try:
        if stamp.exists() and not _is_old(stamp):
            return False
        stamp.touch()
    except OSError:  # nothing can be written, so nothing can be removed
        return False
    for path in _left(workspace.root):
        _remove(path)
    return True


def _left(root: Path) -> Iterator[Path]:
    """Give folders of reading, drafts of tables, and files that `writing_whole` never renamed."""
    yield from root.glob("reading/*")
    yield from root.glob("tables/.*")
    for room in ("tables", "predictions", "artifacts"):
        yield from root.glob(f"{room}/*/.*.part")


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):  # another process sweeps too, or it is just gone
        if not _is_old(path):
            return
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _is_old(path: Path) -> bool:
    return time.time() - path.lstat().st_mtime > _DAY
