"""Steps for missing values."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Number, Text, Toggle, Value
from lab.recipes.entry import Acts, Family, Place, StepEntry

_INDICATOR = Toggle(
    name="add_indicator",
    label="Add a column that says what was missing",
    default=False,
    help="One 0/1 column for each column with missing values in the training rows. Worth it when "
    "a value is missing for a reason; costs a column each.",
)
_FILLABLE = (ColumnKind.NUMBER, ColumnKind.BOOLEAN, ColumnKind.CATEGORY)


def _imputer(strategy: str, settings: Mapping[str, Value]) -> Any:
    from sklearn.impute import SimpleImputer

    return SimpleImputer(strategy=strategy, add_indicator=settings["add_indicator"])


def _build_mean(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    return _imputer("mean", settings)


def _build_median(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    return _imputer("median", settings)


def _build_most_frequent(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    return _imputer("most_frequent", settings)


def _build_constant(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.impute import SimpleImputer

    is_text = place.kind is ColumnKind.CATEGORY
    return SimpleImputer(
        strategy="constant",
        fill_value=settings["text"] if is_text else settings["number"],
        add_indicator=settings["add_indicator"],
    )


def _build_keep(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    return "passthrough"


def _build_drop_rows(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.incomplete_rows import DropIncompleteRows

    return DropIncompleteRows(columns=list(place.columns))


DROP_MISSING_ROWS = StepEntry(
    key="drop_missing_rows",
    title="Drop rows with missing values",
    family=Family.MISSING,
    summary="Leaves out training rows with a missing value; rows to predict are filled instead.",
    use_when="Few rows are incomplete, and by chance. Rows to predict cannot be dropped: they get "
    "the median or the most frequent value of the training rows that were kept.",
    kinds=(*_FILLABLE, ColumnKind.DATE),
    build=_build_drop_rows,
    fills_missing=True,
    acts=Acts.ROWS,
)
MEAN_IMPUTER = StepEntry(
    key="mean_imputer",
    title="Fill with the mean",
    family=Family.MISSING,
    summary="Puts the training rows' mean in the place of a missing number.",
    use_when="Numbers without outliers. The median is safer when a few values are very large.",
    kinds=(ColumnKind.NUMBER,),
    build=_build_mean,
    fills_missing=True,
    params=(_INDICATOR,),
)
MEDIAN_IMPUTER = StepEntry(
    key="median_imputer",
    title="Fill with the median",
    family=Family.MISSING,
    summary="Puts the training rows' median in the place of a missing number.",
    use_when="The usual choice for numbers; outliers do not move it.",
    kinds=(ColumnKind.NUMBER,),
    build=_build_median,
    fills_missing=True,
    params=(_INDICATOR,),
)
MOST_FREQUENT_IMPUTER = StepEntry(
    key="most_frequent_imputer",
    title="Fill with the most frequent value",
    family=Family.MISSING,
    summary="Puts the most frequent value of the training rows in the place of a missing one.",
    use_when="Booleans and categories with few missing values. Hides that a value was missing "
    "unless the indicator is on.",
    kinds=_FILLABLE,
    default_kinds=(ColumnKind.BOOLEAN, ColumnKind.CATEGORY),
    build=_build_most_frequent,
    fills_missing=True,
    params=(_INDICATOR,),
)
CONSTANT_IMPUTER = StepEntry(
    key="constant_imputer",
    title="Fill with a constant",
    family=Family.MISSING,
    summary="Puts a fixed number or word in the place of a missing value.",
    use_when="Categories: missing becomes a level of its own. Numbers: when missing means a "
    "known value, such as 0 purchases.",
    kinds=_FILLABLE,
    default_kinds=(ColumnKind.CATEGORY,),
    build=_build_constant,
    fills_missing=True,
    params=(
        Text(name="text", label="Word for categories", default="missing", max_length=50),
        Number(name="number", label="Number for numbers", default=0.0, minimum=-1e12, maximum=1e12),
        _INDICATOR,
    ),
)
KEEP_MISSING = StepEntry(
    key="keep_missing",
    title="Keep missing values",
    family=Family.MISSING,
    summary="Passes numbers on as they are, with their gaps.",
    use_when="Models that handle missing numbers themselves, such as boosted trees.",
    kinds=(ColumnKind.NUMBER, ColumnKind.BOOLEAN),
    build=_build_keep,
)
MISSING = (
    DROP_MISSING_ROWS,
    MEAN_IMPUTER,
    MEDIAN_IMPUTER,
    MOST_FREQUENT_IMPUTER,
    CONSTANT_IMPUTER,
    KEEP_MISSING,
)
