"""What is wrong with a step, in the words that stand on its card."""

import re
from collections.abc import Sequence

from lab.base import Problem
from lab.recipes import STEPS

_KEY = re.compile(r"(?<!['\w])[a-z0-9]+(?:_[a-z0-9]+)+(?!['\w])")
_FEW = 3


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """Return a line for each problem: steps by their titles, and once for columns that share it.

    Examples
    --------
    >>> said = "column {!r} holds codes of a category when it reaches standard_scaler"
    >>> problem_lines([Problem(field=name, message=said.format(name)) for name in "ab"])
    ["column 'a' holds codes of a category when it reaches “Standardise” (also 'b')"]
    """
    columns: dict[str, list[str]] = {}
    for problem in problems:
        name = repr(problem.field)
        alike = problem.message.replace(name, "\0") if problem.field else problem.message
        columns.setdefault(alike, []).append(name)
    return [_with_titles(alike.replace("\0", names[0])) + _others(names[1:])
            for alike, names in columns.items()]  # fmt: skip


def _with_titles(text: str) -> str:
    return _KEY.sub(lambda found: _title(found[0]), text)


def _title(word: str) -> str:
    return f"“{STEPS[word].title}”" if word in STEPS.keys else word


def _others(names: Sequence[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f" (also {', '.join(names[:_FEW])}{more})"
