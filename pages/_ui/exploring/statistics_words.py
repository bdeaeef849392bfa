"""Summary statistics as lines of words, and as tables of all columns of a kind."""

from collections.abc import Sequence
from dataclasses import fields

import pandas as pd

from lab.data import (
    BooleanStatistics,
    CategoryStatistics,
    ColumnStatistics,
    DateStatistics,
    Details,
    NumberStatistics,
    TextStatistics,
)
from pages._ui.wording import count, number, share

Lines = list[tuple[str, str]]

_SPANS = ((31_556_952, "year"), (2_629_746, "month"), (604_800, "week"), (86_400, "day"),
          (3_600, "hour"), (60, "minute"), (1, "second"))  # fmt: skip


def lines(found: ColumnStatistics) -> Lines:
    """Return the statistics of one column as pairs of what it is and its value in words."""
    total = max(1, found.count + found.missing)
    first = [
        ("Rows with a value", f"{found.count:,}"),
        ("Missing", f"{found.missing:,} ({share(found.missing / total)})"),
    ]
    details = found.details
    if isinstance(details, NumberStatistics):
        return first + _number_lines(details, found.count)
    if isinstance(details, CategoryStatistics):
        return first + _category_lines(details)
    if isinstance(details, BooleanStatistics):
        return [*first, (f"Says {details.true_label}",
                         f"{details.true_count:,} ({share(details.true_share)})")]  # fmt: skip
    if isinstance(details, DateStatistics):
        return first + _date_lines(details)
    return first + _text_lines(details) if isinstance(details, TextStatistics) else first


def _number_lines(own: NumberStatistics, n: int) -> Lines:
    outliers = own.outliers_below + own.outliers_above
    return [
        ("Mean", number(own.mean)),
        ("Standard deviation", number(own.sd)),
        ("Minimum", number(own.minimum)),
        ("Lower quartile", number(own.q25)),
        ("Median", number(own.median)),
        ("Upper quartile", number(own.q75)),
        ("Maximum", number(own.maximum)),
        ("Skewness", _moment(own.skewness)),
        ("Kurtosis (normal: 0)", _moment(own.kurtosis)),
        ("Zeros", f"{own.zeros:,} ({share(own.zeros / max(1, n))})"),
        ("Outliers below", f"{own.outliers_below:,} (under {number(own.low_fence)})"),
        ("Outliers above", f"{own.outliers_above:,} (over {number(own.high_fence)})"),
        ("Share of outliers", share(outliers / max(1, n))),
    ]  # fmt: skip


def _category_lines(own: CategoryStatistics) -> Lines:
    return [
        ("Levels", f"{own.levels:,}"),
        ("Most frequent", f"{own.most_frequent[:60]} ({share(own.most_frequent_share)})"),
        ("Levels in one row only", f"{own.single:,}"),
        ("Entropy", f"{own.entropy:.2f} bits ({own.evenness:.0%} of the most there can be)"),
    ]


def _date_lines(own: DateStatistics) -> Lines:
    found = [
        ("First", own.first),
        ("Last", own.last),
        ("Span", span(own.span_days * 86_400)),
        ("Different dates", f"{own.different:,}"),
        ("Typical step", span(own.step_seconds)),
        ("Longer steps", count(own.gaps, "gap")),
    ]
    if own.gaps:
        found.append(
            ("Longest gap", f"{span(own.longest_gap_seconds)} after {own.longest_gap_after}")
        )
    return found


def _text_lines(own: TextStatistics) -> Lines:
    return [
        ("Different values", f"{own.different:,}"),
        ("Length", f"{own.shortest:,} to {own.longest:,} characters, mean {own.mean_length:.1f}"),
        ("Words", f"mean {own.mean_words:.1f}, most {own.most_words:,}"),
    ]


def _moment(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.2f}"


def span(seconds: float) -> str:
    """Return a span of time in its largest fitting unit.

    Examples
    --------
    >>> span(86_400.0), span(5_400.0), span(0.0)
    ('1 day', '1.5 hours', 'none')
    """
    for size, noun in _SPANS:
        if seconds >= 0.97 * size:
            many = seconds / size
            nearly_whole = abs(many - round(many)) < 0.05
            words = f"{round(many):,}" if nearly_whole or many >= 100 else f"{many:.1f}"
            return f"{words} {noun}" if words == "1" else f"{words} {noun}s"
    return "none" if seconds == 0 else f"{seconds:.3g} seconds"


TITLES = {
    NumberStatistics: "Numbers",
    CategoryStatistics: "Categories",
    BooleanStatistics: "Yes or no",
    DateStatistics: "Dates",
    TextStatistics: "Text and identifiers",
}


def tables(found: Sequence[ColumnStatistics]) -> dict[str, pd.DataFrame]:
    """Return a table of the statistics of all columns for each kind of statistics there are."""
    made = {}
    for kind, title in TITLES.items():
        rows = [
            {"column": one.name, "n": one.count, "missing": one.missing, **_values(one.details)}
            for one in found
            if one.details is not None and isinstance(one.details, kind)
        ]
        if rows:
            frame = pd.DataFrame(rows)
            made[title] = frame.rename(columns=lambda name: str(name).replace("_", " "))
    return made


def _values(details: Details) -> dict[str, object]:
    return {field.name: getattr(details, field.name) for field in fields(details)}
