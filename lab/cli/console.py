"""What is written where: results to standard output, progress and faults to standard error."""

import json
import sys

import typer
from rich.console import Console

from lab.base import LabError, plain_text

NARROWEST = 120
"""Columns of text where the output is no terminal, so that tables are not cut."""
LONGEST = 600
"""Characters of one line of a fault, which may quote what a file holds."""


def result_console() -> Console:
    """Return where results go; markup in names from data stays text."""
    return _console(stderr=False)


def progress_console() -> Console:
    """Return where progress goes."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else NARROWEST
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, width=width)


def tell_error(error: LabError) -> None:
    """Write what is wrong and the next step to standard error, nothing of it twice."""
    lines = [f"error: {error.message}"]
    lines += [f"  {problem.field}: {problem.message}" for problem in error.untold]
    if error.hint:
        lines.append(f"hint: {error.hint}")
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        typer.echo(indent + plain_text(line, max_length=LONGEST), err=True)


def write_json(value: object) -> None:
    """Write a plain value as JSON to standard output."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))
