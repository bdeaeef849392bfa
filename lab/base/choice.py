"""One line of a catalogue, chosen, with the values of its settings."""

from dataclasses import dataclass, field

from lab.base.params import Value


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A catalogue entry's key and a value for each of its settings.

    Made by `Catalogue.choose`, which checks both.
    """

    key: str
    settings: dict[str, Value] = field(default_factory=dict)
