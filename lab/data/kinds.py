"""What the values of a column are: number, category, boolean, date, text or identifier."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from lab.base import ColumnKind
from lab.data.distinct import count_distinct
from lab.data.levels import Levels

TRUE_WORDS = frozenset(
    {"yes", "y", "true", "t", "1", "on", "oui", "ja", "si", "sí", "wahr", "vrai"}
)
FALSE_WORDS = frozenset(
    {"no", "n", "false", "f", "0", "off", "non", "nein", "not", "falsch", "faux"}
)
_PAIRS = frozenset(
    frozenset(pair.split("/"))
    for pair in ("yes/no", "y/n", "true/false", "t/f", "1/0", "on/off", "oui/non", "ja/nein",
                 "si/no", "sí/no", "wahr/falsch", "vrai/faux")
)  # fmt: skip
_ID_NAME = re.compile(
    r"(^|[ _.-])(id|ids|uuid|guid|key|idx|index|rownames|row|serial|identifier|rowid|pk)$"
    r"|[a-z](Id|ID|Uuid|UUID|Key)$|^unnamed|^column_1$|customerid$|^(id|uuid)[ _.-]", re.IGNORECASE
)  # fmt: skip
_TIME_NAME = re.compile(r"year|month|day|date|time|hour|age", re.IGNORECASE)
_HASH = r"^([0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{16,})$"
_MANY = 20
_MOST_COPIES = 3


def guess_text_kind(levels: Levels) -> ColumnKind:
    """Return the kind of a string column that holds neither numbers nor dates."""
    if len(levels) == 2 and frozenset(word.lower() for word in levels.words) in _PAIRS:
        return ColumnKind.BOOLEAN
    n_levels, n_rows = len(levels), int(levels.counts.sum())
    if n_levels <= _MANY:
        return ColumnKind.CATEGORY
    words = _mean(pc.add(pc.count_substring_regex(levels.texts, r"\S\s+\S"), 1))
    if words < 1.5 and _are_nearly_all_different(levels):
        return ColumnKind.IDENTIFIER
    if pc.all(pc.match_substring_regex(levels.texts, _HASH)).as_py():
        return ColumnKind.IDENTIFIER
    prose = (words >= 3 and n_levels >= 0.1 * n_rows and n_levels >= 100) or words >= 8
    wordy = words >= 2.5 and n_levels >= 0.5 * n_rows
    long = _mean(pc.utf8_length(levels.texts)) >= 40 and n_levels >= 0.2 * n_rows
    return ColumnKind.TEXT if prose or wordy or long else ColumnKind.CATEGORY


def _are_nearly_all_different(levels: Levels) -> bool:
    """Return whether hardly a value comes again; also when some rows stand there twice."""
    n_levels, n_rows = len(levels), int(levels.counts.sum())
    are_copies = n_levels >= 0.9 * n_rows and int(levels.counts.max()) <= _MOST_COPIES
    return n_levels >= 0.98 * n_rows or are_copies


def names_a_time(name: str) -> bool:
    """Return whether a column's name speaks of time, so that its numbers may be one."""
    return _TIME_NAME.search(name) is not None


def is_called_identifier(name: str) -> bool:
    """Return whether a column's name says that its values name something."""
    return _ID_NAME.search(name) is not None


def guess_number_kind(name: str, values: npt.NDArray[Any]) -> ColumnKind:
    """Return boolean for 0 and 1, identifier for numbers that only count rows, else number."""
    if len(values) == 0 or not np.issubdtype(values.dtype, np.integer):
        return ColumnKind.BOOLEAN if _only_zero_and_one(values) else ColumnKind.NUMBER
    if int(values.min()) == 0 and int(values.max()) == 1:
        return ColumnKind.BOOLEAN
    return ColumnKind.IDENTIFIER if _counts_rows(name, values) else ColumnKind.NUMBER


def _only_zero_and_one(values: npt.NDArray[Any]) -> bool:
    head = values[:1000]
    if not np.isin(head[~np.isnan(head)], (0, 1)).all():
        return False
    seen = set(pd.unique(values[~np.isnan(values)]).tolist())
    return seen == {0.0, 1.0}


def _counts_rows(name: str, values: npt.NDArray[Any]) -> bool:
    head = values[:1000]
    if len(values) < _MANY or len(np.unique(head)) < len(head):
        return False
    if not is_called_identifier(name) and not _runs_along(name, values):
        return False
    return count_distinct(values)[0] == len(values)


def _runs_along(name: str, values: npt.NDArray[Any]) -> bool:
    """Return whether numbers rise or fall with the rows, by little more than one each.

    In another order they may be ranks or measurements.
    """
    if _TIME_NAME.search(name) or int(values.max()) - int(values.min()) >= 1.2 * len(values):
        return False
    steps = np.diff(values)
    return bool((steps > 0).all() or (steps < 0).all())


def _mean(values: Any) -> float:
    return float(pc.mean(values).as_py() or 0.0)
