"""Records brought into the shape of their table, as text that the fast parser takes."""

from dataclasses import dataclass

from lab.data.readers.events import Event


@dataclass(frozen=True, kw_only=True)
class Mended:
    """Records of one width in the plain dialect.

    Parameters
    ----------
    data : bytes
        The records in UTF-8.
    delimiter : str
        Between their cells.
    n_rows : int
        Number of records, with those left out.
    left_out : tuple of int
        Which ones were left out.
    events : tuple of Event
        What was done.
    ended : bool
        Whether another table begins, so that what follows is no part of this one.
    """

    data: bytes
    delimiter: str
    n_rows: int
    left_out: tuple[int, ...]
    events: tuple[Event, ...]
    ended: bool


def quoted(cell: str, mark: str) -> str:
    """Return a cell as it stands between marks."""
    if mark in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell
