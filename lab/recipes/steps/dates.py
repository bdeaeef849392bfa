"""Steps that turn dates into numbers."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Option, Toggle, Value
from lab.recipes.entry import Family, Place, StepEntry

_ELAPSED = Toggle(
    name="elapsed",
    label="Days since the first training date",
    default=True,
    help="Lets a model see a trend. Trees cannot go on with it beyond the last training date.",
)
_MISSING = Option(
    name="missing",
    label="Missing dates",
    default="median",
    options=(
        ("median", "take the median date of the training rows"),
        ("keep", "stay missing, for models that handle it"),
    ),
)
_INDICATOR = Toggle(
    name="add_indicator",
    label="Add a column that says what was missing",
    default=False,
    help="A 0/1 column for each column with missing dates in the training rows.",
    advanced=True,
)


def _build_date_parts(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.date_parts import DateParts

    return DateParts(**dict[str, Any](settings))


def _build_date_features(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.date_parts import CYCLES, DATE_PARTS, DateParts

    wanted = [name for name in DATE_PARTS if settings.get(name)]
    cycles = settings["cycles"]
    circles = [part for part in wanted if part in CYCLES and cycles != "numbers"]
    numbers = [part for part in wanted if part not in circles or cycles == "both"]
    waves = [f"{part}_{wave}" for part in circles for wave in ("sin", "cos")]
    rest: dict[str, Any] = {
        name: settings[name] for name in ("elapsed", "missing", "add_indicator")
    }
    return DateParts(parts=(*numbers, *waves), **rest)


def _part(name: str, label: str, *, default: bool, note: str = "") -> Toggle:
    return Toggle(name=name, label=label, default=default, help=note, advanced=not default)


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
    params=(_ELAPSED, _MISSING, _INDICATOR),
)
DATE_FEATURES = StepEntry(
    key="date_features",
    title="Chosen features of the date",
    family=Family.DATES,
    summary="The parts of the date that you tick, as numbers or on a circle, and the days since "
    "the first training date.",
    use_when="Dates with a season, a weekly or a daily rhythm: on a circle December lies beside "
    "January, which linear models, neighbours and neural networks need. Two columns a circle; "
    "trees are well served by plain parts. Parts that do not vary in training are left out.",
    kinds=(ColumnKind.DATE,),
    build=_build_date_features,
    makes_numbers=True,
    fills_missing=True,
    params=(
        Option(
            name="cycles",
            label="Month, weekday, hour and day of the year",
            default="circle",
            options=(
                ("circle", "on a circle (sine and cosine)"),
                ("numbers", "as numbers"),
                ("both", "both"),
            ),
        ),
        _part("year", "Year", default=True),
        _part("month", "Month", default=True),
        _part("weekday", "Weekday", default=True),
        _part("hour", "Hour", default=True),
        _part("is_weekend", "Weekend", default=True),
        _part("day", "Day of the month", default=False),
        _part("quarter", "Quarter", default=False),
        _part("week", "Week", default=False, note="Of ISO 8601: 1 to 53."),
        _part("day_of_year", "Day of the year", default=False),
        _part("time_of_day", "Time of day", default=False, note="In hours with fractions."),
        _ELAPSED,
        _MISSING,
        _INDICATOR,
    ),
)
DATES = (DATE_PARTS, DATE_FEATURES)
