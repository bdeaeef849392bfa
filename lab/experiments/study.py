"""What makes an experiment a study: many versions of one candidate along one axis."""

from dataclasses import dataclass
from enum import StrEnum

from lab.base import Value


class StudyKind(StrEnum):
    """What is varied."""

    LEARNING = "learning"
    VALIDATION = "validation"
    SEEDS = "seeds"

    @property
    def title(self) -> str:  # type: ignore[override]  # a name, not str.title()
        """Name for people."""
        return _TITLES[self]


_TITLES = {
    StudyKind.LEARNING: "Learning curve",
    StudyKind.VALIDATION: "Validation curve",
    StudyKind.SEEDS: "Repeated seeds",
}


@dataclass(frozen=True, kw_only=True)
class Study:
    """Where the candidates of a study come from and what tells them apart.

    Parameters
    ----------
    kind : StudyKind
        What is varied.
    of : str
        Id of the experiment that the candidate was taken from.
    candidate : str
        Its name there.
    points : tuple of Value
        What each candidate of the study has, in their order: a share of the training rows, a value
        of the setting, or a seed.
    own : Value
        What the candidate itself has.
    param : str, default ""
        Name of the setting of a validation curve.
    """

    kind: StudyKind
    of: str
    candidate: str
    points: tuple[Value, ...]
    own: Value
    param: str = ""
