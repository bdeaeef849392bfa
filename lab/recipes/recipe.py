"""Steps of preparation, in order."""

from dataclasses import dataclass

from lab.base import Choice, Selection, fingerprint


@dataclass(frozen=True, kw_only=True)
class Step:
    """One chosen step and the columns that it is for.

    Parameters
    ----------
    choice : Choice
        A line of `STEPS` with its settings.
    selection : Selection
        The columns, by kind or name. Ignored by steps that act on rows or weights.
    """

    choice: Choice
    selection: Selection = Selection()


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Preparation as a list of steps; independent of any table.

    Parameters
    ----------
    title : str
        For people; no part of the id.
    steps : tuple of Step
        In the order in which they act.
    """

    title: str
    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        """Fingerprint of the steps."""
        return fingerprint(list(self.steps))
