"""What a check found: a stable code, how bad it is, and what was seen."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    INFO = "info"
    WARNING = "warning"
    SERIOUS = "serious"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something worth knowing before one goes on.

    Parameters
    ----------
    code : str
        Stable for ever, such as ``"D004"``.
    severity : Severity
        How much it matters.
    title : str
        What was found, in a few words.
    detail : str
        The evidence with its numbers, and what one can do about it.
    columns : tuple of str
        The columns concerned.
    """

    code: str
    severity: Severity
    title: str
    detail: str
    columns: tuple[str, ...] = ()
