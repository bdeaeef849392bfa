"""Steps for missing values that go by the time and the group of the rows."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Value
from lab.recipes.entry import Family, Place, StepEntry

_KINDS = (ColumnKind.NUMBER, ColumnKind.BOOLEAN, ColumnKind.CATEGORY)


def _build_forward(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.carried_values import CarriedValueImputer

    return CarriedValueImputer(direction="forward")


def _build_backward(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.carried_values import CarriedValueImputer

    return CarriedValueImputer(direction="backward")


FORWARD_FILL = StepEntry(
    key="forward_fill",
    title="Fill forward in time",
    family=Family.MISSING,
    summary="Puts the value of the nearest earlier training row of the same group in the place of "
    "a missing one; without such a row the median of numbers, the most frequent category.",
    use_when="Values that hold until the next one: a price, a stock, the state of a machine. Goes "
    "by the columns with the roles time and group; without a group all rows are one series. Rows "
    "to predict get the last training value, which may be old; groups that training has not seen "
    "get the median, so it does nothing else in splits by group.",
    kinds=_KINDS,
    build=_build_forward,
    joint=True,
    needs_order=True,
    fills_missing=True,
)
BACKWARD_FILL = StepEntry(
    key="backward_fill",
    title="Fill backward in time",
    family=Family.MISSING,
    summary="Puts the value of the nearest later training row of the same group in the place of "
    "a missing one; without such a row the median of numbers, the most frequent category.",
    use_when="Values that are written down afterwards and held before, in tables that are complete "
    "when they are used. It uses the future within the training rows: not for forecasts, and not "
    "with splits by time, where no training row is later than a row to predict, so that all its "
    "gaps get the median; each fold tells how many. Goes by the columns with the roles time and "
    "group.",
    kinds=_KINDS,
    build=_build_backward,
    joint=True,
    needs_order=True,
    fills_missing=True,
)
ORDER_MISSING = (FORWARD_FILL, BACKWARD_FILL)
