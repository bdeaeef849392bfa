"""Notes of what was done about single lines of a text file: each named by its number."""

from collections.abc import Iterable, Iterator, Sequence

from lab.base import plain_text
from lab.data.readers.dialect import Dialect
from lab.data.readers.events import (
    COMMENT,
    FILLED,
    FOOTER,
    HEADER,
    JOINED,
    LEFT_OUT,
    MARKS,
    OTHER,
    TRIMMED,
    Event,
)
from lab.data.readers.layout import Above, Layout

_FEW = 5
_SHOWN = 60
_DONE = {
    FILLED: "with fewer cells than the header ({width}): the cells at the end are missing",
    TRIMMED: "with more cells than the header ({width}): empty ones were dropped",
    JOINED: "with a delimiter inside a cell, joined in the only way that suits the columns",
    MARKS: "with quotation marks that do not match, taken cell by cell",
    HEADER: "left out: words like those of a header where the columns hold values",
    COMMENT: "left out, as comments or rules between lines",
    LEFT_OUT: "left out, with another number of cells than the header ({width}) or marks that do"
    " not match",
}


def told_above(layout: Layout) -> Iterator[str]:
    """Return notes of the lines above the table."""
    titles = [above for above in layout.above if not above.width]
    if titles:
        lines = _ranges((above.line, above.n_lines) for above in titles)
        text = plain_text(titles[0].text, max_length=_SHOWN)
        yield f"{lines} above the table left out: {text!r}."
    for above in layout.above:
        if above.width:
            yield _other_table(above, above.width)


def told_rivals(dialect: Dialect, rivals: Sequence[Dialect]) -> Iterator[str]:
    """Return a note when other ways to divide the lines suit as well."""
    if rivals:
        others = " or ".join(rival.title for rival in rivals[:2])
        yield f"Several readings are possible: taken as {dialect.title}, it could be {others}."


def told_unclear(names: Sequence[str], decimal: str) -> Iterator[str]:
    """Return a note of columns whose decimal mark could as well divide thousands."""
    if names:
        shown = ", ".join(repr(plain_text(name, max_length=_SHOWN)) for name in names[:_FEW])
        more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
        mark = "point" if decimal == "." else "comma"
        yield (
            f"Several readings are possible: the {mark} in {shown}{more} was taken as the decimal"
            " mark, and it could divide thousands. Choose the decimal mark if that is wrong."
        )


def told_events(events: Sequence[Event], layout: Layout) -> Iterator[str]:
    """Return notes of lines that were mended or left out, named by their numbers in the file."""
    width, first = layout.shape.width, layout.first_line
    for kind, told in _DONE.items():
        found = [event for event in events if event.kind == kind]
        if found:
            lines = _ranges((first + event.line, event.n_lines) for event in found)
            counted = f" ({len(found):,} in all)" if len(found) > _FEW else ""
            yield f"{lines}{counted} {told.format(width=width)}."
    notes = [event for event in events if event.kind == FOOTER]
    if notes:
        lines = _ranges((first + event.line, event.n_lines) for event in notes)
        text = plain_text(notes[0].text, max_length=_SHOWN)
        yield f"{lines} below the table left out: {text!r}."
    yield from _told_tables(events, first)


def _told_tables(events: Sequence[Event], first: int) -> Iterator[str]:
    found: list[Above] = []
    for event in events:
        if event.kind != OTHER:
            continue
        line, before = first + event.line, found[-1] if found else None
        if before and before.width == event.width and before.line + before.n_lines == line:
            found[-1] = Above(
                line=before.line, n_lines=before.n_lines + event.n_lines, width=before.width
            )
        else:
            found.append(Above(line=line, n_lines=event.n_lines, width=event.width))
    for table in found[:_FEW]:
        yield _other_table(table, table.width)


def _other_table(table: Above, width: int) -> str:
    lines = _ranges([(table.line, table.n_lines)])
    return f"{lines} left out: another table, of {width} columns. Save it as a file to read it."


def _ranges(places: Iterable[tuple[int, int]]) -> str:
    """Return numbers of lines, counted from 1, neighbours as ranges.

    Examples
    --------
    >>> _ranges([(0, 1)]), _ranges([(3, 1), (4, 2), (9, 1)])
    ('Line 1', 'Lines 4-6, 10')
    """
    joined: list[list[int]] = []
    for line, count in sorted(places):
        if joined and joined[-1][1] == line:
            joined[-1][1] = line + count
        else:
            joined.append([line, line + count])
    shown = [f"{first + 1:,}" if last == first + 1 else f"{first + 1:,}-{last:,}"
             for first, last in joined[:_FEW]]  # fmt: skip
    more = " and more" if len(joined) > _FEW else ""
    single = len(joined) == 1 and joined[0][1] == joined[0][0] + 1
    return f"{'Line' if single else 'Lines'} {', '.join(shown)}{more}"
