"""What a person says about a file, checked before the file is read."""

from collections.abc import Iterator
from dataclasses import asdict

from lab.base import LabError, Problem, plain_text
from lab.data.readers.entry import ReaderEntry, ReadOptions

MOST_ROWS = 100_000
MOST_HEADER_ROWS = 20
LONGEST_DELIMITER = 4
THOUSANDS = (None, "", ",", ".", "'", "\u2019", " ", "\u00a0", "\u202f")
_ONE_CHARACTER = ("decimal", "thousands", "quote", "escape")
_MAY_BE_EMPTY = ("delimiter", "thousands", "quote", "escape", "comment")


def check_options(options: ReadOptions) -> None:
    """Raise LabError with all that cannot be in a set of options, by name.

    Examples
    --------
    >>> check_options(ReadOptions(delimiter=",", decimal=","))
    Traceback (most recent call last):
    lab.base.errors.LabError: delimiter and decimal are the same mark ','...
    """
    problems = [*_marks(options), *_thousands(options), *_same(options), *_counts(options)]
    if problems:
        text = "; ".join(problem.message for problem in problems)
        raise LabError(text, hint="Leave out what can be guessed.", problems=problems)


def told_unheeded(options: ReadOptions, reader: ReaderEntry) -> tuple[str, ...]:
    """Return a note of options that were set and mean nothing to a format."""
    unheeded = [name.replace("_", " ") for name, value in asdict(options).items()
                if value is not None and name not in reader.heeds]  # fmt: skip
    named = ", ".join(unheeded)
    return (f"Set, and without meaning for {reader.title}: {named}.",) if unheeded else ()


def _marks(options: ReadOptions) -> Iterator[Problem]:
    for name, value in asdict(options).items():
        if not isinstance(value, str) or name in {"encoding", "sheet"}:
            continue
        shown, at_end = plain_text(value, max_length=20), bool(set(value) & set("\r\n\0"))
        if not value and name in _MAY_BE_EMPTY:
            continue
        if name in _ONE_CHARACTER and (len(value) != 1 or at_end):
            yield Problem(field=name, message=f"{name} is {shown!r}, which is not one character")
        elif name == "delimiter" and (not 1 <= len(value) <= LONGEST_DELIMITER or '"' in value):
            allowed = f"one to {LONGEST_DELIMITER} characters, and no quotation mark"
            yield Problem(field=name, message=f"delimiter is {shown!r}, allowed are {allowed}")
        elif at_end:
            yield Problem(field=name, message=f"{name} holds the end of a line or a null byte")


def _same(options: ReadOptions) -> Iterator[Problem]:
    pairs = (("delimiter", "decimal"), ("delimiter", "quote"), ("decimal", "thousands"),
             ("delimiter", "escape"), ("delimiter", "comment"), ("quote", "comment"))  # fmt: skip
    for one, other in pairs:
        mark = getattr(options, one)
        if mark and mark == getattr(options, other):
            yield Problem(field=other, message=f"{one} and {other} are the same mark {mark!r}")


def _thousands(options: ReadOptions) -> Iterator[Problem]:
    mark = options.thousands
    if mark not in THOUSANDS and mark is not None and len(mark) == 1:
        message = f"thousands is {mark!r}, allowed are a comma, a point, an apostrophe or a blank"
        yield Problem(field="thousands", message=message)


def _counts(options: ReadOptions) -> Iterator[Problem]:
    for name, most in (("skip_rows", MOST_ROWS), ("header_rows", MOST_HEADER_ROWS)):
        value = getattr(options, name)
        if value is not None and not 0 <= value <= most:
            yield Problem(field=name, message=f"{name} is {value:,}, allowed are 0 to {most:,}")
