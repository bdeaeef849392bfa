"""Settings declared once: their type, bounds, default and help.

From one declaration follow the form on a page, the flag on the command line, the check of a
value, and the line in a report.
"""

import math
from dataclasses import dataclass

from lab.base.errors import LabError

Value = bool | int | float | str | None
"""What a setting can hold: plain JSON values only."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number between bounds; whole when `integer`; None allowed when `none_label` is given.

    Parameters
    ----------
    name, label, help : str
        Keyword of the setting, its words for people, and what it does, when, and its price.
    default : int, float or None
        The value when nothing is chosen.
    minimum, maximum : float
        Inclusive bounds.
    integer : bool, default False
        Whether only whole numbers are allowed.
    log_scale : bool, default False
        Whether equal ratios matter rather than equal differences (forms and searches).
    none_label : str, default ""
        What None means ("no limit"); empty when None is not allowed.
    advanced : bool, default False
        Whether forms show it only under "More settings".
    """

    name: str
    label: str
    default: float | None
    minimum: float
    maximum: float
    integer: bool = False
    log_scale: bool = False
    none_label: str = ""
    help: str = ""
    advanced: bool = False

    def __post_init__(self) -> None:
        """Check that the default passes its own check."""
        object.__setattr__(self, "default", self.clean(self.default))

    def clean(self, value: object) -> Value:
        """Return the value in its own type; LabError when it is not allowed."""
        if value is None or (isinstance(value, str) and value.strip().lower() == "none"):
            if self.none_label:
                return None
            raise LabError(f"{self.name} needs a number")
        number = self._number(value)
        if not self.minimum <= number <= self.maximum:
            raise LabError(
                f"{self.name} is {number:g}, allowed are {self.minimum:g} to {self.maximum:g}"
            )
        return number

    def _number(self, value: object) -> float:
        kind = "whole number" if self.integer else "number"
        try:
            number = float(str(value))
        except ValueError:
            raise LabError(f"{self.name} is {value!r}, which is not a {kind}") from None
        finite = math.isfinite(number) and not isinstance(value, bool)
        if not finite or (self.integer and number % 1 != 0):
            raise LabError(f"{self.name} is {value!r}, which is not a {kind}")
        return int(number) if self.integer else number


@dataclass(frozen=True, kw_only=True)
class Toggle:
    """A yes-or-no setting."""

    name: str
    label: str
    default: bool
    help: str = ""
    advanced: bool = False

    def clean(self, value: object) -> Value:
        """Return True or False; LabError for anything else."""
        word = str(value).strip().lower()
        if word in {"true", "yes", "on", "1"}:
            return True
        if word in {"false", "no", "off", "0"}:
            return False
        raise LabError(f"{self.name} is {value!r}, allowed are yes and no")


@dataclass(frozen=True, kw_only=True)
class Option:
    """One of a few words.

    Parameters
    ----------
    options : tuple of (str, str)
        Pairs of the word for files and commands, and its words for people.
    """

    name: str
    label: str
    default: str
    options: tuple[tuple[str, str], ...]
    help: str = ""
    advanced: bool = False

    def __post_init__(self) -> None:
        """Check that the default passes its own check."""
        self.clean(self.default)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words for files and commands."""
        return tuple(word for word, _ in self.options)

    def title(self, word: str) -> str:
        """Return the words for people of one option."""
        return dict(self.options)[word]

    def clean(self, value: object) -> Value:
        """Return the chosen word; LabError when it is not one of the options."""
        if str(value) in self.words:
            return str(value)
        raise LabError(f"{self.name} is {value!r}, allowed are {', '.join(self.words)}")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A short free text, such as the constant put in for missing values."""

    name: str
    label: str
    default: str
    max_length: int = 200
    help: str = ""
    advanced: bool = False

    def clean(self, value: object) -> Value:
        """Return the text; LabError when it is too long."""
        text = "" if value is None else str(value)
        if len(text) > self.max_length:
            raise LabError(f"{self.name} has {len(text)} characters, at most {self.max_length}")
        return text


Param = Number | Toggle | Option | Text


def label_words(param: Param) -> str:
    """Return the label of a setting for the middle of a sentence.

    Examples
    --------
    >>> label_words(Toggle(name="c", label="Freedom (C)", default=True))
    'freedom (C)'
    >>> label_words(Toggle(name="l2", label="L2 penalty", default=True))
    'L2 penalty'
    """
    label = param.label
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def value_words(param: Param, value: Value) -> str:
    """Return a value of a setting in words for people.

    Examples
    --------
    >>> value_words(Toggle(name="shuffle", label="Shuffle", default=True), False)
    'off'
    """
    if value is None:
        return getattr(param, "none_label", "") or "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(param, Option):
        return param.title(str(value))
    return f"{value:.6g}" if isinstance(value, int | float) else str(value)
