"""One codec between frozen dataclasses and JSON."""

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from lab.base.errors import LabError, Problem

T = TypeVar("T")

_MOST_TOLD = 5
_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_plain(value: object) -> Any:
    """Return a dataclass value as plain dictionaries, lists, numbers and strings."""
    return json.loads(to_json(value))


def to_json(value: object) -> str:
    """Return a value as JSON; NaN and infinity become null."""
    text: bytes = _adapter(type(value)).dump_json(value)
    return text.decode()


def from_json(kind: type[T], text: str | bytes) -> T:
    """Return the value of this type that the JSON describes.

    Raises
    ------
    LabError
        When the text is not JSON or does not describe such a value, with all problems by place.
    """
    try:
        value: T = _adapter(kind).validate_json(text)
    except ValidationError as error:
        problems = tuple(
            Problem(field=".".join(str(part) for part in item["loc"]), message=item["msg"])
            for item in error.errors(include_url=False, include_input=False)
        )
        raise LabError(
            f"this is not a valid {kind.__name__}{_told(problems)}", problems=problems
        ) from None
    return value


def _told(problems: tuple[Problem, ...]) -> str:
    lines = [f" at {item.field}: {item.message}".replace(" at :", ":", 1) for item in problems]
    more = [f" and {len(lines) - _MOST_TOLD} more"] if len(lines) > _MOST_TOLD else []
    return ";".join([*lines[:_MOST_TOLD], *more])
