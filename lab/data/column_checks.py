"""Checks of the columns of a table: what they hold and whether it says anything."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from lab.base import Action, ActionKind, Column, ColumnKind, Finding, Severity
from lab.data.check_case import Case, leave_out, listed, shown, some, these
from lab.data.content import Content
from lab.data.conversion import as_levels
from lab.data.kinds import names_a_time
from lab.data.levels import Levels
from lab.data.missing_text import MISSING_NOTE
from lab.data.number_text import looks_like_codes, loose_numbers

_MANY_MISSING = 0.5
_NEARLY_ALL = 0.99
_MANY_LEVELS = 50
_FEWEST_NAMED = 50
_LISTED = (ColumnKind.CATEGORY, ColumnKind.BOOLEAN)


def constant(case: Case) -> Iterator[Finding]:
    """Find columns with one value or none (D001)."""
    names = tuple(column.name for column in case.columns if column.n_levels <= 1)
    if names:
        yield Finding(
            code="D001", severity=Severity.INFO, title="Constant columns", columns=names,
            detail=f"{listed(names)}: one value or none at all, so nothing to learn from.",
            actions=(leave_out(names),),
        )  # fmt: skip


def identifiers(case: Case) -> Iterator[Finding]:
    """Find columns with a value of its own for every row (D002)."""
    names = tuple(c.name for c in case.columns if _is_identifier(case, c))
    if names:
        yield Finding(
            code="D002", severity=Severity.INFO, title="Identifiers", columns=names,
            detail=f"{listed(names)}: a value of its own for nearly every row. They are no"
            " features; if rows that belong together share one, use it as the group.",
            actions=(leave_out(names),),
        )  # fmt: skip


def numbers_as_text(case: Case) -> Iterator[Finding]:
    """Find numbers kept as text by a few words among them (D006)."""
    for column in case.looked_at:
        cells = case.content(column.name).cells
        if column.kind not in (*_LISTED, ColumnKind.TEXT) or not isinstance(cells, Levels):
            continue
        number = ~np.isnan(loose_numbers(cells.texts))
        rows, total = int(cells.counts[number].sum()), int(cells.counts.sum())
        if column.n_levels > 2 and rows >= 0.9 * total and not looks_like_codes(cells.texts):
            example = cells.words[int(np.argmin(number))]
            others = f"; others are text such as {shown(example)}" if rows < total else ""
            yield Finding(
                code="D006", severity=Severity.WARNING, title="Numbers stored as text",
                columns=(column.name,),
                detail=f"{rows / total:.1%} of the values of {shown(column.name)} can be read as"
                f" numbers, such as {shown(cells.words[int(np.argmax(number))])}{others}."
                " Make it a number; what is none becomes missing.",
                actions=(make_number(column.name),),
            )  # fmt: skip


def mostly_missing(case: Case) -> Iterator[Finding]:
    """Find columns that are mostly missing (D007)."""
    shares = {c.name: float(case.content(c.name).missing.mean()) for c in case.columns
              if c.has_missing}  # fmt: skip
    names = tuple(name for name, share in shares.items() if _MANY_MISSING <= share < 1)
    if names:
        told = some([f"{shown(name)} {shares[name]:.0%}" for name in names])
        yield Finding(
            code="D007", severity=Severity.WARNING, title="Mostly missing", columns=names,
            detail=f"Missing in half of the rows or more: {told}. Ask why: whether a value is"
            " there may say more than the value.",
            actions=(leave_out(names),),
        )  # fmt: skip


def many_levels(case: Case) -> Iterator[Finding]:
    """Find categories with many values (D008)."""
    names = tuple(c.name for c in case.columns
                  if c.kind is ColumnKind.CATEGORY and c.n_levels > _MANY_LEVELS)  # fmt: skip
    if names:
        told = some([f"{shown(name)} {case.table.schema[name].n_levels:,}" for name in names])
        yield Finding(
            code="D008", severity=Severity.INFO, title="Categories with many values",
            columns=names,
            detail=f"Different values: {told}. Join rare ones or use target encoding; one column"
            " a value makes the table wide.",
            actions=(_by_target_mean(names),),
        )  # fmt: skip


def nearly_constant(case: Case) -> Iterator[Finding]:
    """Find columns where nearly all rows hold one value (D010)."""
    names = tuple(c.name for c in case.columns if c.n_levels > 1 and _is_nearly_constant(case, c))
    if names:
        yield Finding(
            code="D010", severity=Severity.INFO, title="Nearly constant columns", columns=names,
            detail=f"{listed(names)}: {_NEARLY_ALL:.0%} of the rows or more hold one value.",
            actions=(leave_out(names),),
        )  # fmt: skip


def wide(case: Case) -> Iterator[Finding]:
    """Find tables with more columns than rows (D011)."""
    n_columns = len(case.columns)
    if n_columns > case.n_rows:
        yield Finding(
            code="D011", severity=Severity.WARNING, title="More columns than rows",
            detail=f"{n_columns:,} columns and {case.n_rows:,} rows: models find patterns that"
            " are not there. Prefer regularised models and trust wide intervals.",
        )  # fmt: skip


def equal_columns(case: Case) -> Iterator[Finding]:
    """Find columns that say the same as an earlier one (D012)."""
    first: dict[bytes, str] = {}
    pairs = []
    for column in case.columns:
        if column.n_levels < 2 or _is_almost_unique_text(case, column):
            continue
        key = codes_of(case.content(column.name)).tobytes()
        if key in first:
            pairs.append((first[key], column.name))
        first.setdefault(key, column.name)
    if pairs:
        told = some([f"{shown(one)} and {shown(other)}" for one, other in pairs])
        yield Finding(
            code="D012", severity=Severity.INFO, title="Columns that say the same",
            columns=tuple(other for _, other in pairs),
            detail=f"Equal row by row: {told}. One of each is enough; importance is divided"
            " between them.",
            actions=(leave_out([other for _, other in pairs]),),
        )  # fmt: skip


def words_for_missing(case: Case) -> Iterator[Finding]:
    """Tell which words were taken as missing (D014)."""
    for note in case.table.notes:
        if note.startswith(MISSING_NOTE):
            yield Finding(
                code="D014", severity=Severity.INFO, title="Text taken as missing", detail=note
            )


def codes_of(content: Content) -> npt.NDArray[np.int64]:
    """Return the column's values as whole numbers that are equal where the values are."""
    cells = content.cells
    if isinstance(cells, Levels):
        return cells.codes.astype(np.int64)
    numbers = cells.astype(np.float64) + 0.0 if cells.dtype.kind == "f" else cells
    return np.ascontiguousarray(numbers).view(np.int64)


def make_number(name: str) -> Action:
    """Return the proposal to take a column as numbers."""
    return Action(
        kind=ActionKind.KIND, title=f"Make {shown(name)} a number", columns=(name,),
        settings={"kind": ColumnKind.NUMBER.value},
    )  # fmt: skip


def _by_target_mean(names: tuple[str, ...]) -> Action:
    return Action(
        kind=ActionKind.STEP, title=f"Encode {these(names)} by target mean", columns=names,
        settings={"step": "target_encoding"},
    )  # fmt: skip


def _is_identifier(case: Case, column: Column) -> bool:
    """Return whether a column numbers or names the rows, whatever it is called."""
    if column.kind is ColumnKind.IDENTIFIER:
        return True
    if column.n_levels < max(_FEWEST_NAMED, 0.98 * case.n_rows):
        return False
    if column.kind is ColumnKind.CATEGORY:
        return True
    whole = case.whole(column.name)
    return whole is not None and not names_a_time(column.name) and bool((np.diff(whole) > 0).all())


def _is_almost_unique_text(case: Case, column: Column) -> bool:
    """Return whether each value of a text stands for hardly more than one row."""
    numeric = column.kind in {ColumnKind.NUMBER, ColumnKind.DATE}
    return not numeric and column.n_levels > 0.5 * case.n_rows


def _is_nearly_constant(case: Case, column: Column) -> bool:
    if column.n_levels > 0.02 * case.n_rows + 1:
        return False
    if as_levels(case.sample(column.name)).counts.max(initial=0) < 0.9 * len(case.places):
        return False
    counts = as_levels(case.content(column.name)).counts
    return int(counts.max()) >= _NEARLY_ALL * case.n_rows
