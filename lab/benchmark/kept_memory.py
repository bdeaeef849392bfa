"""Memory that a fit uses again, rather than giving it back to the system."""

_KEPT_BYTES = 5 << 20
"""More makes no fit faster up to 400,000 rows, whose numbers take 3 MB, and each process larger."""


def keep_memory() -> None:
    """Have this process use freed arrays of up to 5 MB again, and hold at most 10 MB for that.

    Fits make arrays of a few megabytes again and again; memory from the system costs as much as the
    arithmetic. glibc keeps what is smaller than the largest piece that was freed so far, and twice
    that in all (``mallopt(3)``, M_MMAP_THRESHOLD); this frees such a piece, untouched.
    """
    bytearray(_KEPT_BYTES)
