"""What a check found: a stable code, how bad it is, what was seen, what can be done about it."""

from dataclasses import dataclass, field
from enum import StrEnum

from lab.base.params import Value


class Severity(StrEnum):
    """How much a finding matters."""

    INFO = "info"
    WARNING = "warning"
    SERIOUS = "serious"


class ActionKind(StrEnum):
    """What one click can do about a finding."""

    IGNORE = "ignore"
    KIND = "kind"
    MISSING = "missing"
    DROP_DUPLICATES = "drop_duplicates"
    DROP_CLASSES = "drop_classes"
    MERGE_CLASSES = "merge_classes"
    GROUP = "group"
    TIME = "time"
    FOLDS = "folds"
    METRIC = "metric"
    STEP = "step"

    @property
    def is_of_data(self) -> bool:
        """Whether it changes the table or the roles of its columns."""
        return self not in {ActionKind.FOLDS, ActionKind.METRIC, ActionKind.STEP}


@dataclass(frozen=True, kw_only=True)
class Action:
    """A proposal that one click applies, and nothing applies by itself.

    Parameters
    ----------
    kind : ActionKind
        What is done.
    title : str
        What is done, in a few words that begin with a verb.
    columns : tuple of str
        The columns that it is done to.
    settings : dict of str to Value
        ``kind`` for another kind of column, ``value`` for one taken as missing, ``fewer_than``
        (and ``into``) for rare classes, ``folds`` at most, the ``metric`` that decides, the
        ``step`` that is added.
    """

    kind: ActionKind
    title: str
    columns: tuple[str, ...] = ()
    settings: dict[str, Value] = field(default_factory=dict)


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
    actions : tuple of Action
        What one click can do about it, the best first; any one of them settles it.
    """

    code: str
    severity: Severity
    title: str
    detail: str
    columns: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def action(self) -> Action | None:
        """The first of the actions, or None."""
        return self.actions[0] if self.actions else None
