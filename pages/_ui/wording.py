"""Numbers, times and names as words."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence

from lab.base import markdown_text


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, such as ``"1 row"`` or ``"7,043 rows"``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def duration(seconds: float | None) -> str:
    """Return a span of time in two units at most, such as ``"2 min 5 s"``."""
    if seconds is None:
        return "unknown"
    if seconds < 1:
        return "under 1 s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def time_left(seconds: float | None) -> str:
    """Return what a run says of its end: a span of time, or that too little is known to tell.

    Examples
    --------
    >>> time_left(125.0), time_left(None)
    ('2 min 5 s left', 'estimating the time left')
    """
    return "estimating the time left" if seconds is None else f"{duration(seconds)} left"


def turn_text(n_before: int) -> str:
    """Return in words that a run waits, and for how many."""
    return f"waiting for its turn, {count(n_before, 'run')} before it" if n_before else "starting"


def about_left(seconds: float) -> str:
    """Return roughly how much time is left.

    Examples
    --------
    >>> about_left(125.0), about_left(0.4)
    ('about 2 min 5 s left', 'under 1 s left')
    """
    return f"{'' if seconds < 1 else 'about '}{duration(seconds)} left"


def ago(moment: float) -> str:
    """Return how long ago a moment in seconds since 1970 was."""
    seconds = max(0.0, time.time() - moment)
    if seconds < 90:
        return "just now"
    for size, noun in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{count(int(seconds // size), noun)} ago"
    return "just now"


def day_and_time(moment: float) -> str:
    """Return a moment in seconds since 1970 as day and time of day."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(moment))


def unique(labels: Sequence[str]) -> list[str]:
    """Return labels of which those that stood before get a number.

    Examples
    --------
    >>> unique(["a", "b", "a"])
    ['a', 'b', 'a (2)']
    """
    seen: Counter[str] = Counter()
    found = []
    for label in labels:
        seen[label] += 1
        found.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return found


def share(value: float) -> str:
    """Return a share of 1 as a percentage."""
    return f"{value:.0%}" if value == 0 or value >= 0.01 else "under 1%"


def number(value: float) -> str:
    """Return a number to four digits, without an exponent where people do not write one."""
    size = abs(value)
    return f"{value:,.0f}" if 1_000 <= size < 1e12 else f"{value:.4g}"


def sentence(text: str, *, max_length: int = 600) -> str:
    """Return text as Markdown that shows it as it stands, with a capital and a full stop."""
    text = text.strip()
    if text and text[-1] not in ".!?…":
        text += "."
    return markdown_text(text[:1].upper() + text[1:], max_length=max_length)


def names(values: Iterable[str], *, most: int = 6) -> str:
    """Return names joined by commas as Markdown that shows them as they stand."""
    listed = list(values)
    shown = ", ".join(markdown_text(value, max_length=40) for value in listed[:most])
    return f"{shown} and {len(listed) - most:,} more" if len(listed) > most else shown
