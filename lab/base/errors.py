"""The one error that a person can put right, and the problems it lists."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong with one field of a form, a file or a command.

    Parameters
    ----------
    field : str
        Name of the setting, column or argument at fault.
    message : str
        What is wrong, with the value, in one sentence without a full stop.
    """

    field: str
    message: str


class LabError(Exception):
    """Something that the user can put right.

    Parameters
    ----------
    message : str
        What is wrong: which value, and where, in one sentence.
    hint : str, default ""
        The next step.
    problems : sequence of Problem, default ()
        All faults of a form at once, by field.

    Examples
    --------
    >>> error = LabError("the target column 'price' has no values", hint="Choose another target.")
    >>> print(error)
    the target column 'price' has no values. Choose another target.
    """

    def __init__(self, message: str, *, hint: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """Message and hint as running text."""
        return f"{self.message}. {self.hint}" if self.hint else self.message

    @property
    def untold(self) -> tuple[Problem, ...]:
        """The problems that the message does not tell."""
        return tuple(item for item in self.problems if item.message not in self.message)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with hint and problems, so that the error crosses processes whole."""
        return (_rebuild, (self.message, self.hint, self.problems))


def _rebuild(message: str, hint: str, problems: tuple[Problem, ...]) -> LabError:
    return LabError(message, hint=hint, problems=problems)
