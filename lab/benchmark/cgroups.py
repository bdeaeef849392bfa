"""What the control groups of this process allow, as containers and batch systems set them.

Both versions are read, from the process's own group up to the root, since any of them may limit it.
"""

from collections.abc import Iterator
from pathlib import Path

_MOUNT = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")


def cpu_quota(*, mount: Path = _MOUNT, own: Path = _OWN) -> float | None:
    """Return how many cores' time the process may take; None when there is no limit.

    Parameters
    ----------
    mount, own : Path
        Where the groups are mounted, and the file that names those of this process.
    """
    quotas = [
        quota / period
        for group in _groups("cpu", mount, own)
        for quota, period in [_quota(group)]
        if quota is not None and quota > 0 and period
    ]
    return min(quotas, default=None)


def free_memory(*, mount: Path = _MOUNT, own: Path = _OWN) -> int | None:
    """Return how many bytes of memory the process may still take; None when there is no limit.

    What the groups hold of files that were read counts as free: the kernel gives it back.

    Parameters
    ----------
    mount, own : Path
        Where the groups are mounted, and the file that names those of this process.
    """
    free = []
    for group in _groups("memory", mount, own):
        limit = _number(group / "memory.max", group / "memory.limit_in_bytes")
        if limit is not None:
            used = _number(group / "memory.current", group / "memory.usage_in_bytes") or 0
            free.append(max(limit - used + _held_of_files(group), 0))
    return min(free, default=None)


def _groups(controller: str, mount: Path, own: Path) -> Iterator[Path]:
    """Give the folders of the process's group and of all above it that exist."""
    for line in _text(own).splitlines():
        _, names, path = line.split(":", 2)
        if names and controller not in names.split(","):
            continue
        root = mount / controller if names else mount
        folder = root / path.lstrip("/")
        if ".." not in folder.parts:
            yield from (one for one in (folder, *folder.parents) if one.is_relative_to(root))


def _quota(group: Path) -> tuple[int | None, int | None]:
    words = _text(group / "cpu.max").split()
    if len(words) == 2:
        return (int(words[0]) if words[0].isdecimal() else None), int(words[1])
    return _number(group / "cpu.cfs_quota_us"), _number(group / "cpu.cfs_period_us")


def _held_of_files(group: Path) -> int:
    fields = dict(line.split() for line in _text(group / "memory.stat").splitlines())
    return int(fields.get("total_inactive_file", fields.get("inactive_file", 0)))


def _number(*files: Path) -> int | None:
    """Return the number in the first of the files that has one; ``max`` and -1 are none."""
    texts = (_text(file).strip() for file in files)
    return next((int(text) for text in texts if text.isdecimal()), None)


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
