"""Names of columns as a table needs them: present, unique, on one line."""

from collections import Counter
from collections.abc import Sequence

from lab.base import plain_text

MAX_LENGTH = 200


def clean_names(names: Sequence[str | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return unique names without outer blanks, and a note for every kind of change.

    Examples
    --------
    >>> clean_names(["a", "", "a"])[0]
    ('a', 'column_2', 'a_2')
    """
    trimmed = [plain_text(name or "", max_length=MAX_LENGTH) for name in names]
    taken = Counter(name for name in trimmed if name)
    unnamed, twice = [], []
    result: list[str] = []
    seen: set[str] = set()
    for place, name in enumerate(trimmed, start=1):
        new = name or f"column_{place}"
        if new in seen or (not name and new in taken):
            new = _free(new, seen, taken)
        if not name:
            unnamed.append(new)
        elif new != name:
            twice.append(new)
        seen.add(new)
        result.append(new)
    return tuple(result), (*_note("without a name", unnamed), *_note("with a name twice", twice))


def _free(name: str, seen: set[str], taken: Counter[str]) -> str:
    number = 2
    while f"{name}_{number}" in seen or f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def _note(what: str, new: Sequence[str]) -> tuple[str, ...]:
    if not new:
        return ()
    word = "Column" if len(new) == 1 else "Columns"
    shown = ", ".join(repr(name) for name in new[:5]) + (" and more" if len(new) > 5 else "")
    return (f"{word} {what} now called {shown}.",)
