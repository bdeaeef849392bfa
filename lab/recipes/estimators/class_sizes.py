"""How many rows each class shall have, as imbalanced-learn asks for it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class GrowClasses:
    """Rows wanted of each class that has fewer than a share of the largest.

    Parameters
    ----------
    ratio : float
        The share, above 0 and at most 1.

    Examples
    --------
    >>> GrowClasses(0.5)([0, 0, 0, 0, 1])
    {1: 2}
    """

    ratio: float

    def __call__(self, y: Iterable[int]) -> dict[int, int]:
        """Return the wanted number of rows by class, of the classes that shall grow."""
        counts = Counter(int(label) for label in y)
        wanted = round(self.ratio * max(counts.values()))
        return {label: wanted for label, count in sorted(counts.items()) if count < wanted}


@dataclass(frozen=True)
class ShrinkClasses:
    """Rows wanted of each class, so that the smallest has at least a share of every other.

    Parameters
    ----------
    ratio : float
        The share, above 0 and at most 1.

    Examples
    --------
    >>> ShrinkClasses(0.5)([0, 0, 0, 0, 1])
    {0: 2}
    """

    ratio: float

    def __call__(self, y: Iterable[int]) -> dict[int, int]:
        """Return the wanted number of rows by class, of the classes that shall shrink."""
        counts = Counter(int(label) for label in y)
        wanted = round(min(counts.values()) / self.ratio)
        return {label: wanted for label, count in sorted(counts.items()) if count > wanted}
