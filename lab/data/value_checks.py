"""Checks of the values in columns: stand-ins for missing ones, skew, mixtures, near copies."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from lab.base import Action, ActionKind, Column, ColumnKind, Finding, Severity
from lab.data.check_case import Case, leave_out, shown, some, these
from lab.data.column_checks import make_number
from lab.data.date_text import any_dates
from lab.data.levels import Levels
from lab.data.number_scale import in_reach
from lab.data.number_text import looks_like_codes, loose_numbers
from lab.data.sentinels import Sentinel, sentinels_of

Floats = npt.NDArray[np.float64]

_SINGLE = float(np.finfo(np.float32).max)
_HEAVY = 3.0
_CONTINUOUS = 20
_ALIKE = 0.98
_MOST_COLUMNS = 300
_MIXED = (0.2, 0.9)
_WORTH_CONVERTING = 0.7
_FEW_LEVELS = 10
_LOOKED_AT = 200
_DATE_SHAPE = (
    r"^\s*(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4})"
)
_TEXTUAL = (ColumnKind.CATEGORY, ColumnKind.TEXT)


def sentinels(case: Case) -> Iterator[Finding]:
    """Find values that probably stand for a missing one (D015)."""
    for column in case.columns:
        if column.n_levels > 2:
            content = case.content(column.name)
            for found in sentinels_of(content):
                yield _sentinel(found, is_word=isinstance(content.cells, Levels))


def too_large(case: Case) -> Iterator[Finding]:
    """Find numbers that single precision cannot hold, which most models compute with (D024)."""
    numeric = [column.name for column in case.looked_at if case.is_numeric(column)]
    found = {name: _farthest_from_zero(np.asarray(case.content(name).cells)) for name in numeric}
    largest = {name: most for name, most in found.items() if most > _SINGLE}
    if not largest:
        return
    features = tuple(name for name in largest if name != case.target)
    told = some([f"{shown(name)} up to {most:.0e}" for name, most in largest.items()])
    yield Finding(
        code="D024", severity=Severity.SERIOUS, columns=tuple(largest),
        title="Numbers too large to compute with",
        detail=f"{told}. Most models hold numbers up to 3e38, and squares of the largest are"
        " infinite: fits with them fail. Are they a mark for a missing value, or a unit that should"
        " be another? Leave them out, or divide them in the file.",
        actions=(leave_out(features),) if features else (),
    )  # fmt: skip


def _farthest_from_zero(values: npt.NDArray[Any]) -> float:
    """Return the largest absolute value, 0 when all are missing."""
    if not len(values):
        return 0.0
    ends = float(np.fmin.reduce(values)), float(np.fmax.reduce(values))
    return max(0.0, -ends[0], ends[1])


def skew(case: Case) -> Iterator[Finding]:
    """Find numbers with a long tail (D019)."""
    found = {column.name: skewness(case, column) or 0.0 for column in case.features}
    shapes = {name: value for name, value in found.items() if abs(value) >= _HEAVY}
    if not shapes:
        return
    names = tuple(sorted(shapes, key=lambda name: -abs(shapes[name])))
    told = some([f"{shown(name)} {shapes[name]:.1f}" for name in names])
    is_log = all(shapes[name] > 0 and np.nanmin(case.numbers(name)) >= 0 for name in names)
    yield Finding(
        code="D019", severity=Severity.INFO, title="Long tails", columns=names,
        detail=f"Skewness (0 for symmetric): {told}{case.sampled}. A few large values outweigh the"
        " rest in linear models, neighbours and neural networks; trees do not mind. A logarithm or"
        " a power transform evens them out.",
        actions=(*((_step("log1p", "Take the logarithm of", names),) if is_log else ()),
                 _step("power_transform", "Power-transform", names)),
    )  # fmt: skip


def skewness(case: Case, column: Column) -> float | None:
    """Return the skewness of a column of numbers in the sample, None for other columns."""
    if column.n_levels <= _CONTINUOUS or not case.is_numeric(column):
        return None
    values = case.numbers(column.name)
    values = values[~np.isnan(values)]
    if len(values) < _CONTINUOUS or values.min() == values.max():
        return None
    from scipy.stats import skew as scipy_skew

    return float(scipy_skew(in_reach(values)))


def mixed_types(case: Case) -> Iterator[Finding]:
    """Find columns in which numbers or dates stand among other words (D020)."""
    for column in case.looked_at:
        cells = case.content(column.name).cells
        if column.kind not in _TEXTUAL or not isinstance(cells, Levels):
            continue
        yield from _dates_among_words(column, cells)
        if column.n_levels > _FEW_LEVELS:
            yield from _numbers_among_words(column, cells)


def alike_columns(case: Case) -> Iterator[Finding]:
    """Find numbers that rise and fall nearly as an earlier column does (D022)."""
    numeric = [one.name for one in case.features if one.n_levels > 2 and case.is_numeric(one)]
    pairs = alike_pairs({name: case.numbers(name) for name in numeric[:_MOST_COLUMNS]})
    if not pairs:
        return
    told = some([f"{shown(other)} with {shown(one)} {value:.3f}" for one, other, value in pairs])
    names = [other for _, other, _ in pairs]
    yield Finding(
        code="D022", severity=Severity.INFO, title="Columns that say nearly the same",
        columns=tuple(names),
        detail=f"Correlation of {told}{case.sampled}. One of each says nearly all; coefficients"
        " and importance are divided between them at will.",
        actions=(leave_out(names),),
    )  # fmt: skip


def alike_pairs(columns: dict[str, Floats]) -> list[tuple[str, str, float]]:
    """Return an earlier and a later column and their correlation where it is above 0.98.

    The larger of Pearson's and Spearman's, without its sign, of the rows where both have a value;
    equal columns are not told, and each later column once.
    """
    from scipy.stats import rankdata

    names = list(columns)
    if len(names) < 2:
        return []
    ranks = {name: rankdata(values, nan_policy="omit") for name, values in columns.items()}
    sizes = np.maximum(
        np.abs(_matrix(list(columns.values()))), np.abs(_matrix(list(ranks.values())))
    )
    found: list[tuple[str, str, float]] = []
    dropped: set[int] = set()
    for later in range(1, len(names)):
        for earlier in range(later):
            size = float(sizes[earlier, later])
            if (
                earlier in dropped
                or size < _ALIKE
                or _are_equal(columns, names[earlier], names[later])
            ):
                continue
            found.append((names[earlier], names[later], size))
            dropped.add(later)
            break
    return found


def _matrix(columns: list[Floats]) -> Floats:
    """Return Pearson's correlations of the rows where both columns have a value."""
    values = np.column_stack(columns)
    known = ~np.isnan(values)
    n = known.T.astype(np.float64) @ known
    means = np.nansum(values, axis=0) / np.maximum(1, known.sum(axis=0))
    filled = np.where(known, values - means, 0.0)
    filled /= np.maximum(np.abs(filled).max(axis=0), 1e-300)
    sums = filled.T @ known
    squares = (filled**2).T @ known
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = filled.T @ filled - sums * sums.T / n
        spread = squares - sums**2 / n
        found: Floats = covariance / np.sqrt(spread * spread.T)
    return np.nan_to_num(np.where((n >= 10) & (spread > 1e-12) & (spread.T > 1e-12), found, 0.0))


def _are_equal(columns: dict[str, Floats], one: str, other: str) -> bool:
    return bool(np.array_equal(columns[one], columns[other], equal_nan=True))


def _sentinel(found: Sentinel, *, is_word: bool) -> Finding:
    value, name = shown(found.value), shown(found.column)
    share = f"{found.share:.1%}" if found.share >= 0.001 else "under 0.1%"
    why = "" if is_word else ", apart from every other value"
    noun = "word" if is_word else "code"
    return Finding(
        code="D015", severity=Severity.WARNING, title="A value that may mean missing",
        columns=(found.column,),
        detail=f"{value} stands in {found.count:,} rows of {name} ({share}){why}: probably a"
        f" {noun} for no value. Taken as it stands, models learn from something that was never"
        " measured.",
        actions=(
            Action(
                kind=ActionKind.MISSING, title=f"Take {value} in {name} as missing",
                columns=(found.column,), settings={"value": found.value},
            ),
        ),
    )  # fmt: skip


def _step(key: str, verb: str, names: tuple[str, ...]) -> Action:
    return Action(
        kind=ActionKind.STEP, title=f"{verb} {these(names)}",
        columns=names, settings={"step": key},
    )  # fmt: skip


def _numbers_among_words(column: Column, cells: Levels) -> Iterator[Finding]:
    number = ~np.isnan(loose_numbers(cells.texts))
    share = float(cells.counts[number].sum() / max(1, cells.counts.sum()))
    if not _MIXED[0] <= share < _MIXED[1] or number.sum() < _FEW_LEVELS:
        return
    if looks_like_codes(cells.texts):
        return
    one, other = cells.words[int(np.argmax(number))], cells.words[int(np.argmin(number))]
    yield Finding(
        code="D020", severity=Severity.WARNING, title="Numbers among words",
        columns=(column.name,),
        detail=f"{share:.0%} of the values of {shown(column.name)} are numbers such as"
        f" {shown(one)}, the others words such as {shown(other)}. Two things may stand in one"
        " column; as numbers, the words become missing.",
        actions=(make_number(column.name),) if share >= _WORTH_CONVERTING else (),
    )  # fmt: skip


def _dates_among_words(column: Column, cells: Levels) -> Iterator[Finding]:
    few = cells.texts.slice(0, _LOOKED_AT)
    shaped = pc.mean(pc.match_substring_regex(few, _DATE_SHAPE)).as_py() or 0.0
    if shaped < 0.5 or column.n_levels <= _FEW_LEVELS:
        return
    is_date = ~np.isnat(any_dates(few))
    share = float(is_date.mean())
    if share < 0.5:
        return
    other = f"; others not, such as {shown(few[int(np.argmin(is_date))].as_py())}" if (
        share < 1) else " in more than one way of writing"  # fmt: skip
    yield Finding(
        code="D020", severity=Severity.WARNING, title="Dates among words", columns=(column.name,),
        detail=f"{share:.0%} of the values of {shown(column.name)} can be read as dates{other}."
        " As dates, what is none becomes missing.",
        actions=(
            Action(
                kind=ActionKind.KIND, title=f"Make {shown(column.name)} a date",
                columns=(column.name,), settings={"kind": ColumnKind.DATE.value},
            ),
        ),
    )  # fmt: skip
