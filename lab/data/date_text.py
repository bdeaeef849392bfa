"""Dates written as text: the common ways of writing them, and the one that a column uses."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lab.data.number_text import all_match

Dates = npt.NDArray[np.datetime64]

_DAY = r"\d{4}-\d{1,2}-\d{1,2}"
_CLOCK = r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?"
_ZONE = r"(\s?(Z|UTC|[+-]\d{2}:?\d{2}))?"
_ISO = rf"^{_DAY}([T ]{_CLOCK}{_ZONE})?$"
_SHAPES = {
    r"^\d{4}-\d{2}$": ("%Y-%m",),
    r"^\d{4}/\d{1,2}/\d{1,2}": ("%Y/%m/%d",),
    r"^\d{1,2}\.\d{1,2}\.\d{4}": ("%d.%m.%Y",),
    r"^\d{1,2}\.\d{1,2}\.\d{2}(\D|$)": ("%d.%m.%y",),
    r"^\d{1,2}/\d{1,2}/\d{4}": ("%m/%d/%Y", "%d/%m/%Y"),
    r"^\d{1,2}/\d{1,2}/\d{2}(\D|$)": ("%m/%d/%y", "%d/%m/%y"),
    r"^\d{1,2}-\d{1,2}-\d{4}": ("%d-%m-%Y", "%m-%d-%Y"),
    r"^\d{1,2}[ -][A-Za-z]{3}[ -]\d{4}": ("%d-%b-%Y", "%d %b %Y"),
    r"^\d{1,2} [A-Za-z]{4,} \d{4}": ("%d %B %Y",),
    r"^[A-Za-z]{3} \d{1,2}, \d{4}": ("%b %d, %Y",),
    r"^[A-Za-z]{4,} \d{1,2}, \d{4}": ("%B %d, %Y",),
    r"^[A-Za-z]{3}[ -]\d{1,2}[ -]\d{4}": ("%b %d %Y", "%b-%d-%Y"),
    r"^\d{4}-[A-Za-z]{3}-\d{1,2}": ("%Y-%b-%d",),
    r"^[A-Za-z]{3}[ -]\d{4}$": ("%b %Y", "%b-%Y", "%B %Y"),
    r"^[A-Za-z]{4,} \d{4}$": ("%B %Y",),
    r"^[A-Za-z]{3}-\d{2}$": ("%b-%y",),
    r"^\d{4}M\d{2}$": ("%YM%m",),
}
_QUARTERS = (
    r"^(?P<year>\d{4})[ -]?[Qq](?P<quarter>[1-4])$", r"^[Qq](?P<quarter>[1-4])[ -](?P<year>\d{4})$"
)  # fmt: skip
_UNCLEAR = " (day and month could be the other way round)"
_FIRST_DAY, _LAST_DAY = 1900_01_01, 2199_12_31
_WORDS = (
    ("%Y", "YYYY"), ("%y", "YY"), ("%m", "MM"), ("%d", "DD"), ("%b", "Mon"), ("%B", "Month"),
    ("%H", "HH"), ("%I", "HH"), ("%M", "MM"), ("%S.%f", "SS.f"), ("%S", "SS"), ("%p", "AM/PM"),
)  # fmt: skip
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")


def to_dates(texts: Any) -> tuple[Dates, str] | None:
    """Return the texts as datetime64[us] and how they were read, or None when they are no dates.

    How they were read is empty for plain ISO dates. Times with a zone become UTC.

    Parameters
    ----------
    texts : pyarrow.StringArray
        Distinct values without missing ones.
    """
    if not len(texts):
        return None
    if all_match(texts, _ISO):
        found = _parsed(texts, "ISO8601")
        zoned = pc.any(pc.match_substring_regex(texts, rf"{_CLOCK}\s?(Z|UTC|[+-])")).as_py()
        return found and (found[0], "times with a zone, put in UTC" if zoned else "")
    for shape in _QUARTERS:
        if all_match(texts, shape):
            return _first_days(pc.extract_regex(texts, shape)), "quarters, by their first day"
    first = texts[0].as_py()
    for shape, days in _SHAPES.items():
        if pc.match_substring_regex(texts.slice(0, 1), shape)[0].as_py():
            return _first_that_fits(texts, _with_clock(days, first)) or _mixed(texts)
    return _mixed(texts) if all_match(texts.slice(0, 1), _ISO) else None


def _first_days(quarters: Any) -> Dates:
    """Return the first days of quarters, given as texts of their year and their number."""
    year, quarter = (pc.struct_field(quarters, name).to_numpy(zero_copy_only=False).astype(np.int64)
                     for name in ("year", "quarter"))  # fmt: skip
    months: Dates = ((year - 1970) * 12 + (quarter - 1) * 3).astype("datetime64[M]")
    return months.astype("datetime64[us]")


def _mixed(texts: Any) -> tuple[Dates, str] | None:
    """Return dates written in several ways, None when one is none or could be two days."""
    dates = np.full(len(texts), np.datetime64("NaT", "us"))
    left = np.ones(len(texts), dtype=np.bool_)
    told = []
    for shape, days in {_ISO: (), **_SHAPES}.items():
        alike = left & pc.match_substring_regex(texts, shape).to_numpy(zero_copy_only=False)
        clock = pc.match_substring(texts, ":").to_numpy(zero_copy_only=False)
        for some in (alike & clock, alike & ~clock):
            if not some.any():
                continue
            found = _alike(texts.filter(pa.array(some)), days)
            if found is None or _UNCLEAR in found[1] or "zone" in found[1]:
                return None
            dates[some] = found[0]
            told.append(found[1].removeprefix("dates like ") or "YYYY-MM-DD")
        left &= ~alike
    if left.any():
        return None
    return dates, f"dates in several forms ({', '.join(dict.fromkeys(told))})"


def _alike(texts: Any, days: tuple[str, ...]) -> tuple[Dates, str] | None:
    """Return dates of one shape."""
    if not days:
        return to_dates(texts)
    return _first_that_fits(texts, _with_clock(days, texts[0].as_py()))


def compact_dates(name: str, values: npt.NDArray[np.int64]) -> Dates | None:
    """Return whole numbers such as 20240131 as dates, None when they are none.

    Only a column whose name speaks of a date is looked at.
    """
    if "date" not in name.lower() or not len(values):
        return None
    if values.min() < _FIRST_DAY or values.max() > _LAST_DAY:
        return None
    distinct, places = np.unique(values, return_inverse=True)
    texts = pa.array([str(value) for value in distinct])
    dates = _parsed_or_missing(texts, "%Y%m%d")
    return None if np.isnat(dates).any() else dates[places]


def any_dates(texts: Any) -> Dates:
    """Return the texts as datetime64[us], NaT for those that are no dates in the common formats."""
    best = _parsed_or_missing(texts, "ISO8601")
    for days in _SHAPES.values():
        for style in days:
            for clock in _CLOCKS:
                if not np.isnat(best).any():
                    return best
                again = _parsed_or_missing(texts, style + clock)
                best = np.where(np.isnat(best), again, best)
    return best


def _with_clock(days: tuple[str, ...], first: str) -> tuple[str, ...]:
    clocks = _CLOCKS[1:] if ":" in first else _CLOCKS[:1]
    return tuple(day + clock for day in days for clock in clocks)


def _first_that_fits(texts: Any, styles: tuple[str, ...]) -> tuple[Dates, str] | None:
    found = [read for style in styles if (read := _parsed(texts, style)) is not None]
    if not found:
        return None
    dates, style = found[0]
    unclear = any((other != dates).any() for other, _ in found[1:])
    return dates, style + (_UNCLEAR if unclear else "")


def _parsed(texts: Any, style: str) -> tuple[Dates, str] | None:
    dates = _parsed_or_missing(texts, style)
    return None if np.isnat(dates).any() else (dates, f"dates like {_readable(style)}")


def _parsed_or_missing(texts: Any, style: str) -> Dates:
    series = pd.Series(texts.to_pandas())
    parsed = pd.to_datetime(series, format=style, errors="coerce", utc=True)
    dates: Dates = parsed.dt.tz_localize(None).to_numpy().astype("datetime64[us]")
    return dates


def _readable(style: str) -> str:
    """Return a format for people.

    Examples
    --------
    >>> _readable("%d.%m.%Y %H:%M")
    'DD.MM.YYYY HH:MM'
    """
    for mark, word in _WORDS:
        style = style.replace(mark, word)
    return style
