"""The ways in which one JSON object can hold a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lab.base import LabError, plain_text
from lab.data.readers.limits import check_columns
from lab.data.readers.records import listed

_MOST_DEPTH = 3


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The records of an object, and how it holds them, for people."""

    records: Iterable[object]
    told: str


def shape_of(whole: dict[str, Any]) -> Shape:
    """Return the records of an object.

    It may hold columns by name, as lists or by label of row; names and rows apart, as pandas
    writes ``split``; an array of records under one of its names; or be one record itself.

    Parameters
    ----------
    whole : dict
        As it was decoded.

    Raises
    ------
    LabError
        When columns differ in length, or several arrays of records could be meant.
    """
    for find in (_split, _columns, _labelled, _wrapped):
        shape = find(whole)
        if shape is not None:
            return shape
    return Shape(records=[whole], told="one record")


def _split(whole: dict[str, Any]) -> Shape | None:
    names, rows = whole.get("columns"), whole.get("data")
    if not isinstance(names, list) or not isinstance(rows, list) or not rows:
        return None
    if not all(isinstance(row, list) and len(row) == len(names) for row in rows):
        return None
    check_columns(len(names))
    keys = [str(name) for name in names]
    records = (dict(zip(keys, row, strict=True)) for row in rows)
    return Shape(records=records, told="rows with the names of the columns apart")


def _columns(whole: dict[str, Any]) -> Shape | None:
    if not whole or not all(_is_column(value) for value in whole.values()):
        return None
    check_columns(len(whole))
    lengths = {name: len(values) for name, values in whole.items()}
    if len(set(lengths.values())) > 1:
        short = min(lengths, key=lengths.__getitem__)
        longest = max(lengths.values())
        raise LabError(
            f"the columns of the JSON differ in length: {plain_text(short)!r} has"
            f" {lengths[short]:,} values, others up to {longest:,}",
            hint="Export it again, or as records.",
        )
    rows = zip(*whole.values(), strict=True)
    return Shape(
        records=(dict(zip(whole, row, strict=True)) for row in rows), told="columns by name"
    )


def _is_column(value: object) -> bool:
    return isinstance(value, list) and not any(isinstance(inner, dict) for inner in value[:100])


def _labelled(whole: dict[str, Any]) -> Shape | None:
    columns = list(whole.values())
    if len(columns) < 2 or not all(isinstance(column, dict) and column for column in columns):
        return None
    if any(isinstance(value, dict | list) for column in columns for value in column.values()):
        return None
    labels = dict.fromkeys(label for column in columns for label in column)
    records = ({name: column.get(label) for name, column in whole.items()} for label in labels)
    return Shape(records=records, told="columns by name, their rows by label")


def _wrapped(whole: dict[str, Any]) -> Shape | None:
    found = list(_arrays(whole, "", 0))
    if not found:
        return None
    if len(found) > 1:
        raise LabError(
            f"the JSON holds several arrays of records: {listed(name for name, _ in found)}",
            hint="Save the one that is meant as a file of its own.",
        )
    name, records = found[0]
    others = " and its other values left out" if len(whole) > 1 else ""
    return Shape(records=records, told=f"the records under {plain_text(name)!r}{others}")


def _arrays(whole: dict[str, Any], path: str, depth: int) -> Iterable[tuple[str, list[Any]]]:
    for name, value in whole.items():
        place = f"{path}.{name}" if path else name
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield place, value
        elif isinstance(value, dict) and depth < _MOST_DEPTH:
            yield from _arrays(value, place, depth + 1)
