"""How much a file may hold: refused before it costs memory."""

from lab.base import LabError

MAX_COLUMNS = 20_000
MAX_CELLS = 400_000_000
MAX_TEXT_BYTES = 2 << 30
MAX_LINE_BYTES = 32 << 20
MAX_UNPACKED_BYTES = 4 << 30
MAX_RATIO = 200
FREE_UNPACKED_BYTES = 16 << 20


def check_columns(n_columns: int) -> None:
    """Raise LabError when a table has more columns than are read."""
    if n_columns > MAX_COLUMNS:
        raise LabError(
            f"the file has {n_columns:,} columns, at most {MAX_COLUMNS:,} are read",
            hint="Keep the columns that matter, or swap rows and columns if they are swapped.",
        )


def check_cells(n_rows: int, n_columns: int) -> None:
    """Raise LabError when a table has more cells than are read."""
    check_columns(n_columns)
    if n_rows * n_columns > MAX_CELLS:
        raise LabError(
            f"the file holds more than {MAX_CELLS:,} cells ({n_columns:,} columns)",
            hint="Use a sample of the rows or fewer columns.",
        )


def check_text(n_bytes: int) -> None:
    """Raise LabError when the text of a table is more than is kept."""
    if n_bytes > MAX_TEXT_BYTES:
        raise LabError(
            f"the file holds more than {MAX_TEXT_BYTES >> 30} GB of text",
            hint="Use a sample of the rows, or leave out columns of long text.",
        )


def check_unpacked(unpacked: int, packed: int) -> None:
    """Raise LabError when a packed file unpacks to far more than tables do."""
    if unpacked > MAX_UNPACKED_BYTES:
        raise LabError(
            f"the packed file holds more than {MAX_UNPACKED_BYTES >> 30} GB",
            hint="Unpack it and use a sample of the rows.",
        )
    if unpacked > FREE_UNPACKED_BYTES and unpacked > MAX_RATIO * packed:
        raise LabError(
            f"the packed file unpacks to more than {MAX_RATIO} times its size",
            hint="Tables do not do that; if it is one, upload it unpacked.",
        )
