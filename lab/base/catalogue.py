"""Catalogues: explicit, ordered tables of what one can choose from."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Generic, Protocol, TypeVar

from lab.base.choice import Choice
from lab.base.errors import LabError, Problem
from lab.base.params import Param, Value


class Entry(Protocol):
    """What every line of a catalogue has."""

    @property
    def key(self) -> str:
        """Name for files and commands; never changes."""

    @property
    def title(self) -> str:
        """Name for people."""

    @property
    def params(self) -> tuple[Param, ...]:
        """Its settings."""


E = TypeVar("E", bound=Entry)


class Catalogue(Generic[E]):
    """An ordered table of entries, found by key.

    Parameters
    ----------
    noun : str
        What an entry is called in messages, such as ``"model"``.
    *entries : Entry
        The lines; their order is the order on screen.
    """

    def __init__(self, noun: str, *entries: E) -> None:
        self.noun = noun
        self._entries = {entry.key: entry for entry in entries}
        if len(self._entries) != len(entries):
            raise ValueError(f"two entries of the {noun} catalogue share a key")

    def __iter__(self) -> Iterator[E]:
        """Iterate over the entries in order."""
        return iter(self._entries.values())

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self._entries)

    def __contains__(self, key: object) -> bool:
        """Return whether an entry has this key."""
        return key in self._entries

    def __getitem__(self, key: str) -> E:
        """Return the entry of that key; LabError naming the nearest keys when there is none."""
        if key in self._entries:
            return self._entries[key]
        near = difflib.get_close_matches(key, self._entries, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known are: {', '.join(self._entries)}."
        raise LabError(f"there is no {self.noun} {key!r}", hint=hint)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys in order."""
        return tuple(self._entries)

    def choose(self, key: str, settings: Mapping[str, object] | None = None) -> Choice:
        """Return a `Choice` of one entry with every setting checked and defaults filled in.

        Parameters
        ----------
        key : str
            The entry's key.
        settings : mapping of str to object, optional
            Values that differ from the defaults; text is read as the setting's own type.

        Raises
        ------
        LabError
            When the key is unknown, or with all problems at once when settings are.
        """
        entry = self[key]
        given = dict(settings or {})
        values: dict[str, Value] = {}
        problems = []
        for param in entry.params:
            try:
                values[param.name] = param.clean(given.pop(param.name, param.default))
            except LabError as error:
                problems.append(Problem(field=param.name, message=error.message))
        names = ", ".join(param.name for param in entry.params) or "none"
        for name in given:
            message = f"{key} has no setting {name!r} (its settings: {names})"
            problems.append(Problem(field=name, message=message))
        if problems:
            text = "; ".join(problem.message for problem in problems)
            raise LabError(f"{self.noun} {key}: {text}", problems=problems)
        return Choice(key=key, settings=values)
