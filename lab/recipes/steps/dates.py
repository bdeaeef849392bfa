"""Steps that turn dates into numbers."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Option, Toggle, Value
from lab.recipes.entry import Family, Place, StepEntry


def _build_date_parts(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.date_parts import DateParts

    return DateParts(**dict[str, Any](settings))


DATE_PARTS = StepEntry(
    key="date_parts",
    title="Parts of the date",
    family=Family.DATES,
    summary="Year, month, day, weekday and hour where they vary, and the days since the first "
    "training date.",
    use_when="Every column of dates; no model takes a date as it stands. Parts that are the same "
    "in all training rows are left out.",
    kinds=(ColumnKind.DATE,),
    build=_build_date_parts,
    makes_numbers=True,
    fills_missing=True,
    params=(
        Toggle(
            name="elapsed",
            label="Days since the first training date",
            default=True,
            help="Lets a model see a trend. Trees cannot go on with it beyond the last training "
            "date.",
        ),
        Option(
            name="missing",
            label="Missing dates",
            default="median",
            options=(
                ("median", "take the median date of the training rows"),
                ("keep", "stay missing, for models that handle it"),
            ),
        ),
        Toggle(
            name="add_indicator",
            label="Add a column that says what was missing",
            default=False,
            help="A 0/1 column for each column with missing dates in the training rows.",
            advanced=True,
        ),
    ),
)
DATES = (DATE_PARTS,)
