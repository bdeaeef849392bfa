"""Memory that a fit uses again, rather than giving it back to the system."""

import ctypes

_KEPT_BYTES = 5 << 20
"""More makes no fit faster up to 400,000 rows, whose numbers take 3 MB, and each process larger."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""Of ``malloc.h``."""


def keep_memory() -> None:
    """Have this process use freed arrays of up to 5 MB again, and hold at most 10 MB for that.

    Fits make arrays of a few megabytes again and again; memory from the system costs as much as the
    arithmetic. Nothing is done where the C library is not glibc (``mallopt(3)``).
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # macOS, musl, Windows
        return
    mallopt(_M_MMAP_THRESHOLD, _KEPT_BYTES)
    mallopt(_M_TRIM_THRESHOLD, 2 * _KEPT_BYTES)
