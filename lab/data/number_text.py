"""Numbers written as text: decimal mark and thousands mark told apart, then converted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_MONEY = r"\$|€|£|¥|USD|EUR|GBP|CHF|JPY"
_UNIT = re.compile(rf"^\(?[+-]?\s?({_MONEY})|(%|{_MONEY})\)?$")
_PARENTHESES = r"^\((.*)\)$"
_UNITS = r"^\s*[$€£¥]\s*|\s*[$€£¥%]\s*$"
_FIRST = 64
_SPACES = "\u0020\u00a0\u202f\u2009"
_NUMERAL = re.compile(rf"[\d+\-.,'eE{_SPACES}]*")  # all that any format without a unit allows
_LONG_WHOLE = r"^[+-]?\d{16,}$"
_CODE = r"^[+-]?(0\d+|\d{19,})$"


@dataclass(frozen=True, kw_only=True)
class NumberFormat:
    """How numbers are written.

    Parameters
    ----------
    decimal : str, default "."
        The decimal mark.
    thousands : str, default ""
        The mark between groups of three digits; a blank stands for every kind of blank.
    unit : str, default ""
        A sign of currency or percent that stands with every number and is left out.
    parentheses : bool, default False
        Whether negative numbers stand in parentheses.

    Examples
    --------
    >>> NumberFormat(decimal=",", thousands=".").title
    '1.234,5'
    """

    decimal: str = "."
    thousands: str = ""
    unit: str = ""
    parentheses: bool = False

    @property
    def title(self) -> str:
        """An example for people."""
        unit = f" {self.unit} (its sign left out)" if self.unit else ""
        negative = " (in parentheses when negative)" if self.parentheses else ""
        return f"1{self.thousands}234{self.decimal}5{unit}{negative}"

    @property
    def pattern(self) -> str:
        """Regular expression of a number in this format."""
        mark = re.escape(self.decimal)
        plain = rf"(\d+({mark}\d*)?|{mark}\d+)([eE][+-]?\d+)?"
        if not self.thousands:
            return rf"^[+-]?{plain}$"
        group = f"[{_SPACES}]" if self.thousands == " " else re.escape(self.thousands)
        return rf"^[+-]?({plain}|\d{{1,3}}({group}\d{{3}})+({mark}\d*)?)$"


PLAIN = NumberFormat()


def formats(decimal: str) -> tuple[NumberFormat, ...]:
    """Return the formats with this decimal mark, the plain one first."""
    marks = ("", ",", "'", " ") if decimal == "." else ("", ".", " ", "'")
    return tuple(NumberFormat(decimal=decimal, thousands=mark) for mark in marks)


def matches(texts: Any, style: NumberFormat) -> Any:
    """Return which texts are numbers in this format, as an Arrow array of booleans."""
    return pc.match_substring_regex(texts, style.pattern)


def fits(texts: Any, style: NumberFormat) -> bool:
    """Return whether every text that is not null is a number in this format."""
    return all_match(texts, style.pattern)


def all_match(texts: Any, pattern: str) -> bool:
    """Return whether every text that is not null matches, and at least one is there.

    A few are tried first: most columns fail there.
    """
    first = pc.all(pc.match_substring_regex(texts.slice(0, _FIRST), pattern), min_count=0).as_py()
    return first and bool(pc.all(pc.match_substring_regex(texts, pattern), min_count=1).as_py())


def find_format(
    texts: Any, *, decimal: str = ".", thousands: str | None = None
) -> NumberFormat | None:
    """Return the first format in which every text is a number, or None.

    Formats with the file's decimal mark are tried first, so that ``1,234`` is read as its
    neighbours say. A sign of currency or percent counts only when every text has the same.

    Parameters
    ----------
    texts : pyarrow.StringArray
        Distinct values.
    decimal : str, default "."
        The file's decimal mark.
    thousands : str, optional
        The only mark between groups of three digits, empty for none; any of them when None.
    """
    other = "," if decimal == "." else "."
    styles = [style for style in (*formats(decimal), *formats(other))
              if thousands is None or style.thousands in {"", thousands}]  # fmt: skip
    found = next((style for style in styles if fits(texts, style)), None)
    if found is not None:
        return found
    marked = NumberFormat(unit=_unit(texts), parentheses=_has_parentheses(texts))
    if marked == PLAIN:
        return None
    bare = _bare(texts, marked)
    return next((replace(marked, decimal=style.decimal, thousands=style.thousands)
                 for style in styles if fits(bare, style)), None)  # fmt: skip


def guess_decimal(columns: Iterable[Any]) -> str:
    """Return the decimal mark that columns of text vote for; a point when none says anything.

    A column votes when its values are numbers with one mark only: ``1,5`` can only be a decimal
    comma, ``1,234`` can be either and does not vote.
    """
    votes = {".": 0, ",": 0}
    for texts in columns:
        if not len(texts) or not _NUMERAL.fullmatch(texts[0].as_py() or ""):
            continue
        point = any(fits(texts, style) for style in formats("."))
        comma = any(fits(texts, style) for style in formats(","))
        if point != comma:
            votes["." if point else ","] += 1
    return "," if votes[","] > votes["."] else "."


def is_two_ways(texts: Any, decimal: str) -> bool:
    """Return whether the decimal mark of every text could as well divide thousands.

    Examples
    --------
    >>> is_two_ways(pa.array(["1.234", "7"]), "."), is_two_ways(pa.array(["1.234", "0.5"]), ".")
    (True, False)
    """
    mark = re.escape(decimal)
    several = pc.match_substring_regex(texts, mark)
    grouped = rf"^[+-]?(0|[1-9]\d{{0,2}}({mark}\d{{3}})*)$"
    return bool(pc.any(several, min_count=0).as_py()) and all_match(texts, grouped)


def looks_like_codes(texts: Any) -> bool:
    """Return whether any text is digits that no number keeps: a leading zero, or 19 and more."""
    return bool(pc.any(pc.match_substring_regex(texts, _CODE), min_count=0).as_py())


def loses_digits(texts: Any, values: npt.NDArray[np.float64]) -> bool:
    """Return whether floats made of texts are too large to keep every whole number among them.

    Examples
    --------
    >>> loses_digits(pa.array(["9007199254740993"]), np.array([9007199254740993.0]))
    True
    """
    if not (np.abs(values) >= 2**53).any():
        return False
    return bool(pc.any(pc.match_substring_regex(texts, _LONG_WHOLE), min_count=0).as_py())


def to_numbers(texts: Any, style: NumberFormat) -> npt.NDArray[np.float64]:
    """Return the texts as float64, NaN for what is not a finite number in this format."""
    texts = _bare(texts, style)
    good = matches(texts, style)
    plain = pc.if_else(good, texts, pa.scalar(None, pa.string()))
    if style.thousands == " ":
        plain = pc.replace_substring_regex(plain, f"[{_SPACES}]", "")
    elif style.thousands:
        plain = pc.replace_substring(plain, style.thousands, "")
    if style.decimal != ".":
        plain = pc.replace_substring(plain, style.decimal, ".")
    plain = pc.replace_substring_regex(plain, r"^\+", "")
    values = plain.cast(pa.float64()).fill_null(np.nan).to_numpy(zero_copy_only=False)
    return np.where(np.isfinite(values), values, np.nan)


def loose_numbers(texts: Any) -> npt.NDArray[np.float64]:
    """Return texts as float64 in the format that suits most of them, NaN for those it does not.

    Signs of currency and percent around a number are left out.

    Examples
    --------
    >>> loose_numbers(pa.array(["$1,200.50", "45 %", "many"])).tolist()
    [1200.5, 45.0, nan]
    """
    bare = pc.utf8_trim_whitespace(pc.replace_substring_regex(texts, _UNITS, ""))
    styles = (*formats("."), *formats(","))
    fitting = [pc.sum(matches(bare, style)).as_py() or 0 for style in styles]
    return to_numbers(bare, styles[int(np.argmax(fitting))])


def _unit(texts: Any) -> str:
    """Return the sign of currency or percent that every text has, empty when there is none."""
    known = texts.drop_null()
    found = _UNIT.search(known[0].as_py().strip()) if len(known) else None
    unit = (found[1] or found[2]) if found else ""
    return unit if unit and all_match(texts, re.escape(unit)) else ""


def _has_parentheses(texts: Any) -> bool:
    return bool(pc.any(pc.match_substring_regex(texts, _PARENTHESES), min_count=0).as_py())


def _bare(texts: Any, style: NumberFormat) -> Any:
    """Return the texts without the sign and the parentheses of a format."""
    if style.parentheses:
        texts = pc.replace_substring_regex(texts, _PARENTHESES, r"-\1")
    if style.unit:
        texts = pc.replace_substring(texts, style.unit, "", max_replacements=1)
        texts = pc.replace_substring_regex(pc.utf8_trim_whitespace(texts), r"^([+-])\s+", r"\1")
    return texts


def to_whole(values: npt.NDArray[np.float64]) -> npt.NDArray[Any]:
    """Return int64 when every value is whole and exactly representable, else the same floats."""
    if len(values) and np.isfinite(values).all() and (np.abs(values) < 2**53).all():
        whole = values.astype(np.int64)
        if (whole == values).all():
            return whole
    return values
