"""Names of columns in the line right above a table, where it is not as wide or a comment."""

from collections.abc import Sequence

from lab.data.readers.cell_classes import TEXT, class_of
from lab.data.readers.dialect import REMARKS
from lab.data.readers.dividing import Divider, Record
from lab.data.readers.header_rows import count_header_rows, is_header

_ROW_NAMES = "Every line has one cell more than the header: the first holds row names."
_REMARKED = "The line right above the values begins like a comment, and names the columns."
_MARKED = "The header has quotation marks that do not match; it was divided at each delimiter."
_GAP = "The header has one cell more than the lines below; its empty one was left out."
_ENDS = "The lines below the header have one cell more than it, the last, which is always empty."

Named = tuple[tuple[str, ...], tuple[str, ...]]
"""Names, and notes about them."""


def names_above(above: Record, rows: Sequence[Sequence[str]], divider: Divider) -> Named | None:
    """Return the names in a line right above rows that have no header, and what to tell of it.

    Parameters
    ----------
    above : Record
        The line.
    rows : sequence of sequence of str
        The table's first rows.
    divider : Divider
        What divided them.
    """
    return (
        _named_by_remark(above, rows) or _mended(above, rows, divider)
        or _of_another_width(above, rows)
    )  # fmt: skip


def is_misfit(above: Record, rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a line right above is a header that does not say which name is whose."""
    n, width = len(above.cells), len(rows[0])
    near = width - 2 < n < 2 * width and n != width
    return near and _are_words(above.cells) and not is_header(rows, 1)


def _named_by_remark(above: Record, rows: Sequence[Sequence[str]]) -> Named | None:
    """Return names from a comment right above rows without a header."""
    mark = next((mark for mark in REMARKS if above.raw.startswith(mark)), "")
    if not mark or count_header_rows(rows):
        return None
    first = above.cells[0].removeprefix(mark).strip()
    names = tuple(cell.strip() for cell in ((first,) if first else ()) + tuple(above.cells[1:]))
    is_whole = len(names) == len(rows[0]) == len(set(names))
    return (names, (_REMARKED,)) if is_whole and _are_words(names) and all(names) else None


def _mended(above: Record, rows: Sequence[Sequence[str]], divider: Divider) -> Named | None:
    """Return names from a line right above whose quotation marks or empty cell are too many."""
    width = len(rows[0])
    if is_header(rows, 1) or len(above.cells) == width:
        return None
    parts = [divider.unquoted(part).strip('" ') for part in divider.split(above.raw)]
    filled = [cell for cell in above.cells if cell.strip()]
    has_gap = len(above.cells) == width + 1 and bool(above.cells[-1].strip())
    ways = ((parts, _MARKED, '"' in above.raw), (filled, _GAP, has_gap))
    for names, note, is_case in ways:
        if is_case and len(names) == width == len(set(names)) and _are_words(names):
            return tuple(names), (note,)
    return None


def _of_another_width(above: Record, rows: Sequence[Sequence[str]]) -> Named | None:
    """Return names from a line right above whose number of cells differs by one from all rows."""
    names, width = above.cells, len(rows[0])
    if not _are_words(names) or is_header(rows, 1):
        return None
    if len(names) == width + 1 and not names[-1].strip():
        return tuple(names[:-1]), ()
    if len(names) != width - 1:
        return None
    if not any(row[-1].strip() for row in rows):
        has_marks = any('"' in name for name in names)
        return None if has_marks else ((*names, ""), (_ENDS,))
    firsts = [row[0] for row in rows]
    if len(set(firsts)) == len(firsts) > 1:
        return ("row_name", *names), (_ROW_NAMES,)
    return None


def _are_words(cells: Sequence[str]) -> bool:
    words = [cell.strip() for cell in cells if cell.strip()]
    return len(words) > 1 and all(class_of(word) == TEXT for word in words)
