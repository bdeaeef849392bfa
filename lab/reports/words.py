"""Numbers, settings and names written out for a report."""

import math
import shlex
from collections.abc import Iterable, Sequence

from lab.base import Choice, Option, Param, Toggle, Value, plain_text
from lab.reports.document import Grid


def score(value: float) -> str:
    """Return a score with as many digits as one reads.

    Examples
    --------
    >>> [score(value) for value in (0.91234, -0.0004, 1234.56, 0.0, float("nan"))]
    ['0.9123', '-0.0004', '1,235', '0', '–']
    """
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}" if abs(value) < 1e9 else f"{value:.4g}"
    return f"{value:.4f}" if 0.0001 <= abs(value) < 10 else f"{value:.4g}"


def chance(value: float) -> str:
    """Return a p-value; a small one is told as such.

    Examples
    --------
    >>> [chance(value) for value in (0.2354, 0.00003, float("nan"))]
    ['0.235', '< 0.001', '–']
    """
    if not math.isfinite(value):
        return "–"
    return f"{value:.3f}" if value >= 0.001 else "< 0.001"


def interval(low: float, high: float) -> str:
    """Return an interval, or a dash when it is not known."""
    known = math.isfinite(low) and math.isfinite(high)
    return f"{score(low)} to {score(high)}" if known else "–"


def seconds(value: float) -> str:
    """Return a time.

    Examples
    --------
    >>> [seconds(value) for value in (0.0042, 1.234, 84.0, 4000.0)]
    ['4.2 ms', '1.23 s', '1.4 min', '1.1 h']
    """
    if not math.isfinite(value):
        return "–"
    if value < 0.1:
        return f"{value * 1000:.2g} ms"
    if value < 60:
        return f"{value:.3g} s"
    return f"{value / 60:.2g} min" if value < 3600 else f"{value / 3600:.2g} h"


def share(value: float) -> str:
    """Return a share from 0 to 1 in per cent; a small one is not called 0."""
    if 0 < value < 0.001:
        return "< 0.1 %"
    return f"{value:.1%}".replace("%", " %")


def count(value: float) -> str:
    """Return a whole number with its thousands set apart; a dash when it is not known."""
    return f"{value:,.0f}" if math.isfinite(value) else "–"


def listed(names: Iterable[object], *, at_most: int = 12) -> str:
    """Return names with commas; beyond some of them their number."""
    found = [plain_text(name, max_length=60) for name in names]
    more = len(found) - at_most
    return ", ".join(found[:at_most]) + (f" and {more} more" if more > 0 else "")


def settings(params: Sequence[Param], choice: Choice) -> str:
    """Return the settings of a choice in the words of its form.

    Examples
    --------
    >>> settings((Toggle(name="flag", label="Mark", default=False),),
    ...          Choice(key="x", settings={"flag": True}))
    'Mark: yes'
    """
    known = {param.name: param for param in params}
    words = [
        f"{known[name].label}: {_value(known[name], value)}"
        for name, value in choice.settings.items()
        if name in known
    ]
    return "; ".join(words)


def _value(param: Param, value: Value) -> str:
    if isinstance(param, Option):
        return param.title(str(value))
    if isinstance(param, Toggle):
        return "yes" if value else "no"
    if value is None:
        return getattr(param, "none_label", "") or "none"
    return f"{value:g}" if isinstance(value, float) else plain_text(value)


def command(words: Sequence[str]) -> str:
    """Return words as a shell takes them, an option on each line."""
    lines = [""]
    for word in words:
        quoted = shlex.quote(plain_text(word, max_length=400))
        if word.startswith("--"):
            lines.append("    " + quoted)
        else:
            lines[-1] += (" " if lines[-1] else "") + quoted
    return " \\\n".join(lines)


def grid(rows: Iterable[dict[str, str]], *, numeric: Sequence[str] = (), caption: str = "") -> Grid:
    """Return a table from lines of column and text; all lines have the same columns."""
    lines = list(rows)
    columns = tuple(lines[0]) if lines else ()
    return Grid(
        columns=columns,
        rows=tuple(tuple(line[column] for column in columns) for line in lines),
        numeric=tuple(place for place, column in enumerate(columns) if column in numeric),
        caption=caption,
    )
