"""What makes an experiment a study: many versions of one candidate along one axis."""

from dataclasses import dataclass
from enum import StrEnum

from lab.base import Value


class StudyKind(StrEnum):
    """What is varied."""

    LEARNING = "learning"
    VALIDATION = "validation"
    SEEDS = "seeds"
    ABLATION = "ablation"

    @property
    def title(self) -> str:  # type: ignore[override]  # a name, not str.title()
        """Name for people."""
        return _TITLES[self]

    @property
    def is_curve(self) -> bool:
        """Whether one candidate is looked at along one axis."""
        return self is not StudyKind.ABLATION


_TITLES = {
    StudyKind.LEARNING: "Learning curve",
    StudyKind.VALIDATION: "Validation curve",
    StudyKind.SEEDS: "Repeated seeds",
    StudyKind.ABLATION: "Ablation",
}


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """Two candidates of a study that differ in one choice of preparation.

    Parameters
    ----------
    choice : str
        The choice in words, such as ``SMOTE``.
    model : str
        Name of the candidate that was taken from the other experiment.
    having, lacking : int
        Positions of the candidates with and without it: its effect is the score of the first
        minus that of the second.
    """

    choice: str
    model: str
    having: int
    lacking: int


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
        Its name there; of an ablation, those of all candidates.
    points : tuple of Value
        What each candidate of the study has, in their order: a share of the training rows, a value
        of the setting, a seed, or a choice of preparation.
    own : Value
        What the candidate itself has.
    param : str, default ""
        Name of the setting of a validation curve.
    contrasts : tuple of Contrast, default ()
        The pairs that an ablation compares.
    notes : tuple of str, default ()
        Choices of an ablation that cannot be compared for some of its candidates, and why.
    """

    kind: StudyKind
    of: str
    candidate: str
    points: tuple[Value, ...]
    own: Value
    param: str = ""
    contrasts: tuple[Contrast, ...] = ()
    notes: tuple[str, ...] = ()
