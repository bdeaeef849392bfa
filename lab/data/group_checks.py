"""Whether a column says which rows belong together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lab.base import Action, ActionKind, Column, ColumnKind, Finding, Severity
from lab.data.check_case import Case, shown, some
from lab.data.column_checks import codes_of
from lab.data.content import Content
from lab.data.conversion import as_levels
from lab.data.kinds import is_called_identifier
from lab.data.levels import Levels
from lab.data.sampling import rows_of, sample_places

Ints = npt.NDArray[np.int64]

_FEWEST_ROWS = 50
_FEWEST_VALUES = 10
_FEWEST_PAIRS = 30
_MOST_PAIRS = 5_000
_MOST_COLUMNS = 100
_LEAST_SIZE = 1.2
_LARGEST_SIZE = 50
_LARGEST_NAMED_SIZE = 1_000
_SHARED = 0.95
_TARGET_ALIKE = 0.3
_NAMED_TARGET_ALIKE = 0.1
_NAMED = re.compile(
    r"(case|patient|subject|person|customer|client|user|member|household|family|account|session"
    r"|store|site|cluster|group|batch|device|machine|driver)[ _.-]?"
    r"(id|no|nr|num|number|code|key)?$",
    re.IGNORECASE,
)

_MET_AGAIN = re.compile(
    r"((^|[ _.-])(customer|client|patient|subject|person|participant|respondent|user|subscriber"
    r"|member|household|account|device|student|employee|driver|player|visitor)"
    r"[ _.-]?(id|no|nr|code|key)|(^|[ _.-])session[ _.-]?(id|key|code)"
    r"|^(customer|client|patient|subject|participant|respondent|user))$",
    re.IGNORECASE,
)
"""Names of somebody or something that is met again. A number of persons may be a count, and that of
a session may count the visits of one person, so that only ids tell."""


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How alike the rows are that share a value of one column.

    Parameters
    ----------
    column : str
        The column.
    n_groups, n_pairs : int
        Its different values, and the pairs of rows with the same value that were compared.
    size : float
        Rows for each value, on average.
    shared : tuple of str
        Columns in which nearly all such pairs agree though rows at large do not.
    target : float
        How alike the target is: Cohen's kappa of the pairs for classes, their intraclass
        correlation for numbers; 0 for not at all, 1 for equal.
    """

    column: str
    n_groups: int
    n_pairs: int
    size: float
    shared: tuple[str, ...]
    target: float

    @property
    def is_convincing(self) -> bool:
        """Whether rows of one value are so alike that they should not be divided."""
        is_named = names_a_group(self.column)
        least = _NAMED_TARGET_ALIKE if is_named else _TARGET_ALIKE
        chance = 3 / np.sqrt(max(1, self.n_pairs))  # three standard errors of no likeness at all
        is_alike = len(self.shared) >= (1 if is_named else 2) or self.target >= max(least, chance)
        return self.n_pairs >= _FEWEST_PAIRS and is_alike

    @property
    def is_by_name(self) -> bool:
        """Whether the name alone says that one value is somebody or something met again."""
        is_met_again = self.n_pairs > 0 and _MET_AGAIN.search(self.column) is not None
        return is_met_again and self.size <= _LARGEST_SIZE


def group_column(case: Case) -> Iterator[Finding]:
    """Find a column whose equal values mark rows that belong together (D017).

    They do when such rows are alike, or when the column's name says whose they are.
    """
    if case.n_rows < _FEWEST_ROWS or (case.roles is not None and case.roles.group):
        return
    found = [likeness(case, column) for column in case.columns if _may_be_group(case, column)]
    convincing = [one for one in found if one.is_convincing or one.is_by_name]
    if not convincing:
        return
    best = max(convincing, key=lambda one: (one.is_convincing, len(one.shared), one.target))
    yield Finding(
        code="D017", severity=Severity.WARNING, title="Rows that belong together",
        columns=(best.column,),
        detail=f"{shown(best.column)} has {best.n_groups:,} values with {best.size:.1f} rows each."
        f" {_evidence(case, best)} Folds drawn at random put such rows on both sides, and a model"
        " that only knows them again looks good. If it will meet new values, keep them together.",
        actions=(
            Action(
                kind=ActionKind.GROUP, columns=(best.column,),
                title=f"Keep rows with the same {shown(best.column)} together (group folds)",
            ),
        ),
    )  # fmt: skip


def names_a_group(name: str) -> bool:
    """Return whether a column's name says that its values name somebody or something."""
    return is_called_identifier(name) or _NAMED.search(name) is not None


def likeness(case: Case, column: Column) -> Likeness:
    """Return how alike rows are that share a value of a column."""
    codes = as_levels(case.content(column.name)).codes
    left, right = _pairs(codes)
    shared = tuple(
        other.name for other in case.features[:_MOST_COLUMNS]
        if other.name != column.name and _is_shared(case.content(other.name), left, right)
    ) if len(left) else ()  # fmt: skip
    known = int((codes >= 0).sum())
    return Likeness(
        column=column.name, n_groups=column.n_levels, n_pairs=len(left),
        size=known / max(1, column.n_levels), shared=shared,
        target=_target_alike(case, left, right) if case.target and len(left) else 0.0,
    )  # fmt: skip


def _may_be_group(case: Case, column: Column) -> bool:
    is_named = names_a_group(column.name) or _MET_AGAIN.search(column.name) is not None
    is_listed = column.kind in {ColumnKind.CATEGORY, ColumnKind.IDENTIFIER}
    if not is_listed and not (is_named and _is_whole(case.content(column.name))):
        return False
    size = case.n_rows / max(1, column.n_levels)
    if is_named:
        return column.n_levels >= _FEWEST_VALUES and _LEAST_SIZE <= size <= _LARGEST_NAMED_SIZE
    return column.n_levels >= 20 and _LEAST_SIZE <= size <= _LARGEST_SIZE


def _is_whole(content: Content) -> bool:
    """Return whether all values are whole numbers; with gaps they are kept as floats."""
    cells = content.cells
    if isinstance(cells, Levels) or cells.dtype.kind not in "if":
        return False
    known = cells[~content.missing]
    return cells.dtype.kind == "i" or bool(np.all(known == np.floor(known)))


def _pairs(codes: npt.NDArray[np.int32]) -> tuple[Ints, Ints]:
    """Return pairs of rows with equal codes: neighbours in the order of codes, a sample of them."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    places = np.flatnonzero((ordered[1:] == ordered[:-1]) & (ordered[1:] >= 0))
    places = places[sample_places(len(places), _MOST_PAIRS)]
    return order[places], order[places + 1]


def _is_shared(content: Content, left: Ints, right: Ints) -> bool:
    """Return whether nearly all pairs agree in a column, and pairs at random do not."""
    one, other = codes_of(rows_of(content, left)), codes_of(rows_of(content, right))
    return float((one == other).mean()) >= _SHARED and _by_chance(one, other) < 0.9 * _SHARED


def _by_chance(one: Ints, other: Ints) -> float:
    """Return the share of pairs that would agree if the values were drawn at random."""
    codes = np.unique(np.concatenate([one, other]), return_inverse=True)[1]
    shares = np.bincount(codes) / len(codes)
    return float((shares**2).sum())


def _target_alike(case: Case, left: Ints, right: Ints) -> float:
    goal = case.content(case.target)
    known = ~(goal.missing[left] | goal.missing[right])
    if known.sum() < _FEWEST_PAIRS:
        return 0.0
    one, other = rows_of(goal, left[known]), rows_of(goal, right[known])
    if case.task is not None and case.task.is_classification:
        first, second = codes_of(one), codes_of(other)
        chance = _by_chance(first, second)
        return float(((first == second).mean() - chance) / (1 - chance)) if chance < 1 else 0.0
    if isinstance(one.cells, Levels) or isinstance(other.cells, Levels):
        return 0.0
    first_values, second_values = one.cells.astype(np.float64), other.cells.astype(np.float64)
    spread = float(np.var(np.concatenate([first_values, second_values])))
    apart = float(((first_values - second_values) ** 2).mean()) / 2
    return 1 - apart / spread if spread > 0 else 0.0


def _evidence(case: Case, best: Likeness) -> str:
    told = []
    if best.shared:
        names = some([shown(name) for name in best.shared])
        told.append(f"Rows with the same value agree in {names}.")
    if best.target >= _NAMED_TARGET_ALIKE:
        is_classes = case.task is not None and case.task.is_classification
        measure = "kappa" if is_classes else "intraclass correlation"
        told.append(f"They are alike in {shown(case.target)} ({measure} {best.target:.2f}).")
    if not best.is_convincing:
        told.append("Its name says that one value is somebody or something that is met again.")
    return " ".join(told)
