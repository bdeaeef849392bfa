"""Names of columns as a table needs them: present, unique, on one line."""

from collections import Counter
from collections.abc import Sequence

from lab.base import plain_text

MAX_LENGTH = 200


def clean_names(names: Sequence[str | None]) -> tuple[str, ...]:
    """Return unique names without outer blanks, numbered where there was none.

    Examples
    --------
    >>> clean_names(["a", "", "a"])
    ('a', 'column_2', 'a_2')
    """
    trimmed = [_trimmed(name) for name in names]
    taken = Counter(name for name in trimmed if name)
    seen: set[str] = set()
    result: list[str] = []
    for place, name in enumerate(trimmed, start=1):
        new = name or f"column_{place}"
        if new in seen or (not name and new in taken):
            new = _free(new, seen, taken)
        seen.add(new)
        result.append(new)
    return tuple(result)


def told_names(old: Sequence[str | None], new: Sequence[str]) -> tuple[str, ...]:
    r"""Return a note for every kind of change of names.

    Examples
    --------
    >>> told_names(["a", ""], ["a", "column_2"])
    ("Column without a name now called 'column_2'.",)
    >>> told_names(["size\nin cm"], ["size in cm"])
    ("Column with line breaks or unseen characters in the name now called 'size in cm'.",)
    """
    pairs = list(zip(((name or "").strip() for name in old), new, strict=True))
    return (
        *_note("without a name", [now for was, now in pairs if not _trimmed(was)]),
        *_note("with a name twice", [now for was, now in pairs if _trimmed(was) not in {"", now}]),
        *_note(
            "with line breaks or unseen characters in the name",
            [now for was, now in pairs if _trimmed(was) and _is_broken(was)],
        ),
        *_note("with a very long name", [now for was, now in pairs if len(was) > MAX_LENGTH]),
    )


def _is_broken(name: str) -> bool:
    return plain_text(name, max_length=max(1, len(name))) != name


def _trimmed(name: str | None) -> str:
    return plain_text(name or "", max_length=MAX_LENGTH)


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
