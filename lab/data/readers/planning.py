"""How the columns of a text file are parsed, from a sample of them."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lab.base import LabError, plain_text
from lab.data.levels import levels_of
from lab.data.missing_text import MISSING_WORDS, without_missing_words
from lab.data.number_text import (
    NumberFormat,
    all_match,
    fits,
    guess_decimal,
    is_two_ways,
    looks_like_codes,
)
from lab.data.readers.entry import ReadOptions
from lab.data.readers.layout import Layout
from lab.data.readers.parsing import STAMP, TEXT, Parsed, Plan

_WHOLE = r"^-?\d{1,18}$"
_PLAIN_DATE = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$"
_OTHER = {",": ".", ".": ","}


def make_plan(looked: Parsed, layout: Layout, options: ReadOptions) -> tuple[Plan, tuple[str, ...]]:
    """Return how each column is parsed, and the names of those that could be read otherwise.

    A column is typed where all of the sample is of that type, else it is text.

    Parameters
    ----------
    looked : Parsed
        A sample of the records, as text.
    layout : Layout
        Dialect and shape of the table.
    options : ReadOptions
        What is known about the file.

    Raises
    ------
    LabError
        When the decimal mark that was chosen is none.
    """
    dialect = layout.dialect
    columns = [levels_of(array) for array in looked.arrays]
    found = [without_missing_words(levels)[0].texts for levels in columns]
    decimal = (
        options.decimal
        or _OTHER.get(options.thousands or "")
        or guess_decimal(texts for texts in found if len(texts) and not fits(texts, NumberFormat()))
    )
    if decimal not in {".", ","}:
        raise LabError(f"the decimal mark {plain_text(decimal)!r} is neither a point nor a comma")
    types = tuple(_type(texts, decimal) for texts in found)
    known = pa.array(MISSING_WORDS)
    typed = [levels.texts for levels, kind in zip(columns, types, strict=True) if kind != TEXT]
    words = {word for texts in typed for word in texts.filter(pc.is_in(texts, known)).to_pylist()}
    plan = Plan(
        delimiter=dialect.delimiter, quote=dialect.quote, decimal=decimal, types=types,
        missing=("", *sorted(words - {""})),
    )  # fmt: skip
    if options.decimal or options.thousands is not None:
        return plan, ()
    unclear = [name for name, texts, kind in zip(layout.shape.names, found, types, strict=True)
               if kind == pa.float64() and is_two_ways(texts, decimal)]  # fmt: skip
    return plan, tuple(unclear)


def _type(texts: Any, decimal: str) -> Any:
    if not len(texts):
        return TEXT
    if all_match(texts, _PLAIN_DATE):
        return STAMP
    if not fits(texts, NumberFormat(decimal=decimal)) or looks_like_codes(texts):
        return TEXT
    whole = all_match(texts, _WHOLE)
    return pa.int64() if whole else pa.float64()
