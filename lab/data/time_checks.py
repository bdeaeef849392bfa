"""Whether a column orders the rows in time, and whether the table changes along it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lab.base import Action, ActionKind, Column, ColumnKind, Finding, Severity
from lab.data.check_case import Case, shown, some
from lab.data.content import Content
from lab.data.conversion import as_levels
from lab.data.kinds import names_a_time
from lab.data.levels import Levels

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_LISTED = (ColumnKind.CATEGORY, ColumnKind.BOOLEAN)
_TIME_NAME = re.compile(r"(^|[^a-z])(time(stamp)?|date|period|year|month|week|day)([^a-z]|$)",
                        re.IGNORECASE)  # fmt: skip
_BIRTH = re.compile(r"birth|born|dob|geburt|naissance|nacimiento", re.IGNORECASE)
_FEWEST_TIMES = 10
_FEWEST_ROWS = 100
_FEWEST_PER_SIDE = 30
_MOST_COLUMNS = 100
_MOST_LEVELS = 20
_ALPHA = 0.01
_LEAST_SHIFT = 0.15
_FOLLOWS_TIME = 0.95


@dataclass(frozen=True, kw_only=True)
class Shift:
    """How a column differs between the earlier and the later half of the rows.

    Parameters
    ----------
    column : str
        The column.
    size : float
        Largest difference of the two distribution functions (Kolmogorov and Smirnov) for numbers,
        Cramér's V for categories; 0 to 1.
    p_value : float
        Of the two-sample test of Kolmogorov and Smirnov, or of chi-square.
    adjusted : float
        The same after allowing for the number of columns (Benjamini and Hochberg 1995).
    """

    column: str
    size: float
    p_value: float
    adjusted: float = 1.0

    @property
    def is_shift(self) -> bool:
        """Whether the difference is both sure and large."""
        return self.adjusted < _ALPHA and self.size >= _LEAST_SHIFT


def time_column(case: Case) -> Iterator[Finding]:
    """Find a column that orders the rows in time (D018)."""
    name = likely_time(case)
    if name:
        yield Finding(
            code="D018", severity=Severity.INFO, title="A column of time", columns=(name,),
            detail=f"{shown(name)} has {case.table.schema[name].n_levels:,} different times. If the"
            " model will predict the future, each fold must be tested on rows that are later than"
            " all it learnt from; folds drawn at random let it look ahead.",
            actions=(_in_order_of(name),),
        )  # fmt: skip


def drift(case: Case) -> Iterator[Finding]:
    """Find columns whose values are others in later rows than in earlier ones (D021)."""
    chosen = case.roles.time if case.roles is not None else ""
    name = chosen or likely_time(case)
    shifts = [one for one in shifts_along(case, name) if one.is_shift] if name else []
    if not shifts:
        return
    told = some([f"{shown(one.column)} {one.size:.2f}" for one in shifts])
    target = any(one.column == case.target for one in shifts)
    advice = (
        "Folds in the order of time, as chosen, show what that costs." if chosen else
        "Folds drawn at random mix the halves and hide what that costs; folds in the order of time"
        " show it."
    )  # fmt: skip
    yield Finding(
        code="D021", severity=Severity.INFO if chosen else Severity.WARNING,
        title="The table changes along time",
        columns=tuple(one.column for one in shifts),
        detail=f"Between the earlier and the later half of the rows by {shown(name)} these differ"
        f" (0 for not at all, 1 for wholly): {told}{case.sampled}."
        f"{' The target itself is among them.' if target else ''} {advice}",
        actions=() if chosen else (_in_order_of(name),),
    )  # fmt: skip


def likely_time(case: Case) -> str:
    """Return the column that most likely orders the rows in time; empty when none does.

    Also when a time column is chosen already: then nothing is left to propose.
    """
    if case.roles is not None and case.roles.time:
        return ""
    dates = [column.name for column in case.columns if _is_date(column)]
    counters = [column.name for column in case.columns if _is_counter(case, column)]
    return next(iter([*dates, *counters]), "")


def shifts_along(case: Case, time: str) -> tuple[Shift, ...]:
    """Return how each column differs between earlier and later rows, the largest first.

    Columns that are called a time and go up or down with it are left out: they differ by what they
    are.
    """
    from scipy.stats import false_discovery_control

    times = _floats(case.sample(time))
    late = times > np.median(times)
    if len(times) < _FEWEST_ROWS or min(late.sum(), (~late).sum()) < _FEWEST_PER_SIDE:
        return ()
    names = [one.name for one in case.features if one.name != time and _is_comparable(one)]
    names = [*([case.target] if case.target else []), *names[:_MOST_COLUMNS]]
    found = [shift for name in names
             if (shift := shift_of(case.sample(name), late, times)) is not None]  # fmt: skip
    if not found:
        return ()
    adjusted = false_discovery_control([one.p_value for one in found], method="bh")
    shifts = [Shift(column=one.column, size=one.size, p_value=one.p_value, adjusted=float(value))
              for one, value in zip(found, adjusted, strict=True)]  # fmt: skip
    return tuple(sorted(shifts, key=lambda one: -one.size))


def shift_of(content: Content, late: Mask, times: Floats) -> Shift | None:
    """Return how one column differs between earlier and later rows, None when it cannot be told."""
    if isinstance(content.cells, Levels) or content.kind in _LISTED:
        return _shift_of_levels(content.name, as_levels(content).codes, late)
    values = _floats(content)
    known = ~np.isnan(values)
    early_values, late_values = values[known & ~late], values[known & late]
    if min(len(early_values), len(late_values)) < _FEWEST_PER_SIDE:
        return None
    if names_a_time(content.name) and _follows(values[known], times[known]):
        return None
    from scipy.stats import ks_2samp

    test = ks_2samp(early_values, late_values, method="asymp")
    return Shift(column=content.name, size=float(test.statistic), p_value=float(test.pvalue))


def _shift_of_levels(name: str, codes: npt.NDArray[np.int32], late: Mask) -> Shift | None:
    """Compare the shares of the most frequent levels and of missing ones, the rest as one."""
    from scipy.stats import chi2_contingency

    places = codes.astype(np.int64) + 1
    frequent = np.argsort(-np.bincount(places), kind="stable")[:_MOST_LEVELS]
    lookup = np.full(int(places.max()) + 1, len(frequent))
    lookup[frequent] = np.arange(len(frequent))
    counts = np.stack([np.bincount(lookup[places[side]], minlength=len(frequent) + 1)
                       for side in (~late, late)])  # fmt: skip
    counts = counts[:, counts.sum(axis=0) > 0]
    if counts.shape[1] < 2:
        return None
    test = chi2_contingency(counts, correction=False)
    size = float(np.sqrt(test.statistic / counts.sum()))
    return Shift(column=name, size=min(1.0, size), p_value=float(test.pvalue))


def _follows(values: Floats, times: Floats) -> bool:
    from scipy.stats import spearmanr

    if values.min() == values.max():
        return False
    return abs(float(spearmanr(values, times).statistic)) >= _FOLLOWS_TIME


def _is_date(column: Column) -> bool:
    is_usable = column.kind is ColumnKind.DATE and not column.has_missing
    return is_usable and column.n_levels >= _FEWEST_TIMES and not _BIRTH.search(column.name)


def _is_counter(case: Case, column: Column) -> bool:
    """Return whether whole numbers that are called a time go up from row to row."""
    if column.n_levels < _FEWEST_TIMES or not _TIME_NAME.search(column.name):
        return False
    whole = case.whole(column.name)
    return whole is not None and bool((np.diff(whole) >= 0).all())


def _is_comparable(column: Column) -> bool:
    return column.kind in {ColumnKind.NUMBER, *_LISTED} and column.n_levels > 1


def _in_order_of(name: str) -> Action:
    return Action(
        kind=ActionKind.TIME, title=f"Test on later rows by {shown(name)} (time-ordered folds)",
        columns=(name,),
    )  # fmt: skip


def _floats(content: Content) -> Floats:
    cells = np.asarray(content.cells)
    if cells.dtype.kind == "M":
        return np.where(np.isnat(cells), np.nan, cells.astype("datetime64[us]").astype(np.float64))
    return cells.astype(np.float64)
