"""How rows are divided, how often, and from which seed."""

from dataclasses import dataclass

from lab.base import Choice, fingerprint


@dataclass(frozen=True, kw_only=True)
class ValidationPlan:
    """A splitter with its settings, the number of repeats and the seed.

    The same plan on the same data set always gives the same splits.

    Parameters
    ----------
    splitter : Choice
        A line of `SPLITTERS` with its settings (such as ``folds``).
    repeats : int, default 1
        How often the whole division is drawn anew, with seeds ``seed``, ``seed + 1``, ...
    seed : int, default 0
        Of the first repeat.
    """

    splitter: Choice
    repeats: int = 1
    seed: int = 0

    @property
    def id(self) -> str:
        """Fingerprint of everything in the plan."""
        return fingerprint(self)
