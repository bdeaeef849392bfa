"""The words by which files say that a value is missing."""

from collections import Counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lab.data.levels import Levels

MISSING_NOTE = "Taken as missing:"
"""How the note begins that tells which words were taken as missing."""

MISSING_WORDS = (
    "", "?", "NA", "N/A", "n/a", "#N/A", "#N/A N/A", "#NA", "<NA>", "NaN", "nan", "-NaN", "-nan",
    "NULL", "null", "None", "\\N", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN",
)  # fmt: skip
"""Taken as missing in every column: what pandas takes, and the question mark."""

FILLERS = (
    "-", "--", "---", "----", "–", "—", ".", "..", "...", "…", "*", "**", "***", "****", ":", "(X)",
    "missing", "unknown", "NaT", "inf", "-inf", "Inf", "-Inf",
)  # fmt: skip
"""Taken as missing too when every other value of the column is a number, or a date."""


def without_missing_words(levels: Levels) -> tuple[Levels, Counter[str]]:
    """Return the column trimmed, words for missing taken out, and how many rows each word had.

    Blank text counts under ``"blank"``; a value that lost blanks at its ends under ``"trimmed"``.
    Empty cells are missing without being counted.
    """
    trimmed = pc.utf8_trim_whitespace(levels.texts)
    is_word = pc.is_in(trimmed, value_set=pa.array(MISSING_WORDS))
    changed = pc.not_equal(trimmed, levels.texts)
    if not pc.any(pc.or_(is_word, changed)).as_py():
        return levels, Counter()
    found: Counter[str] = Counter()
    picked = pc.or_(is_word, changed).to_numpy(zero_copy_only=False)
    for place in picked.nonzero()[0]:
        found[_label(levels.texts[place].as_py(), trimmed[place].as_py())] += int(
            levels.counts[place]
        )
    del found["empty"]
    return levels.renamed(_nulled(trimmed, is_word)), +found


def _label(text: str, trimmed: str) -> str:
    if trimmed in MISSING_WORDS:
        return trimmed or ("blank" if text else "empty")
    return "trimmed"


def _nulled(texts: Any, mask: Any) -> Any:
    return pc.if_else(mask, pa.scalar(None, pa.string()), texts)
