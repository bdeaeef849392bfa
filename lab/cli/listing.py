"""A catalogue as text and as JSON: keys, what the entries are for, settings with their bounds."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import typer

from lab.base import Entry, Number, Option, Param, Text, Toggle
from lab.cli.console import write_json

E = TypeVar("E", bound=Entry)
Facts = dict[str, Any]


def list_entries(
    entries: Iterable[E],
    facts: Callable[[E], Facts],
    headline: Callable[[E], str],
    *,
    as_json: bool,
) -> None:
    """Write the entries of a catalogue with their settings to standard output.

    Parameters
    ----------
    entries : iterable of Entry
        The catalogue.
    facts : callable (entry) -> dict
        What is told of an entry beside key, title and settings, as plain values; ``summary`` and
        ``use_when`` are also shown as text.
    headline : callable (entry) -> str
        What stands behind the title in the text.
    as_json : bool
        Whether JSON is written instead of text.
    """
    if as_json:
        write_json([entry_facts(entry, facts(entry)) for entry in entries])
        return
    for entry in entries:
        told = facts(entry)
        typer.echo(f"{entry.key}  {entry.title}{_behind(headline(entry))}")
        for sentence in filter(None, (told.get("summary"), told.get("use_when"))):
            typer.echo(f"    {sentence}")
        for param in entry.params:
            typer.echo(f"    {param.name}={_word(param.default)}  ({allowed(param)})")
            typer.echo(f"        {param.label}{_behind(param.help)}")
        typer.echo("")


def entry_facts(entry: Entry, facts: Facts) -> Facts:
    """Return all that is told of an entry as plain values."""
    settings = [setting_facts(param) for param in entry.params]
    return {"key": entry.key, "title": entry.title, **facts, "settings": settings}


def setting_facts(param: Param) -> Facts:
    """Return name, type, default, bounds and words of a setting as plain values."""
    common = {"name": param.name, "label": param.label, "default": param.default}
    extra: Facts
    match param:
        case Number():
            bounds = {"minimum": param.minimum, "maximum": param.maximum}
            kind = "integer" if param.integer else "number"
            extra = {"type": kind, **bounds, "none_means": param.none_label or None}
        case Toggle():
            extra = {"type": "boolean"}
        case Option():
            extra = {"type": "option", "options": dict(param.options)}
        case Text():
            extra = {"type": "text", "max_length": param.max_length}
    return {**common, **extra, "help": param.help}


def allowed(param: Param) -> str:
    """Return what values a setting takes, in words."""
    match param:
        case Number():
            whole = "whole " if param.integer else ""
            none = f', or none for "{param.none_label}"' if param.none_label else ""
            return f"{whole}{param.minimum:g} to {param.maximum:g}{none}"
        case Toggle():
            return "yes or no"
        case Option():
            return ", ".join(param.words)
        case Text():
            return f"text of at most {param.max_length} characters"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return "none" if value is None else str(value)


def _behind(text: str) -> str:
    return f": {text}" if text else ""
