"""Settings that name levels: their order, and what each class costs."""

import math
import re

from lab.base import LabError


def levels_in_order(text: str) -> list[str]:
    """Return the levels that a text lists from lowest to highest.

    Parameters
    ----------
    text : str
        Levels with ``<`` between them; with blanks around it when a level holds that sign itself.

    Examples
    --------
    >>> levels_in_order("low<medium<high"), levels_in_order("<18 < 18-65")
    (['low', 'medium', 'high'], ['<18', '18-65'])
    """
    parts = re.split(r"\s+<\s+", text) if re.search(r"\s<\s", text) else text.split("<")
    return [part.strip() for part in parts if part.strip()]


def class_costs(text: str) -> dict[str, float]:
    """Return the weight of each class that a text lists.

    Parameters
    ----------
    text : str
        Pairs of a class and its weight, with commas between them.

    Raises
    ------
    LabError
        When the text cannot be read so.

    Examples
    --------
    >>> class_costs("yes: 5, no: 1")
    {'yes': 5.0, 'no': 1.0}
    """
    costs: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        label, colon, number = part.rpartition(":")
        weight = _positive(number) if colon else math.nan
        if not label.strip() or not 0 < weight < math.inf:
            raise LabError(
                f"the weights of classes hold {part!r}, which is no class with a number above 0",
                hint="Write them as: yes: 5, no: 1",
            )
        if label.strip() in costs:
            raise LabError(f"the weights of classes list {label.strip()!r} twice")
        costs[label.strip()] = weight
    return costs


def _positive(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
