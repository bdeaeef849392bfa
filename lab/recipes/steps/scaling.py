"""Steps that bring numbers to a common scale."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Number, Toggle, Value
from lab.recipes.entry import Family, Place, StepEntry

_KINDS = (ColumnKind.NUMBER, ColumnKind.BOOLEAN, ColumnKind.DATE, ColumnKind.CATEGORY)
_DEFAULT_KINDS = (ColumnKind.NUMBER, ColumnKind.DATE)
_TAKES = (ColumnKind.NUMBER, ColumnKind.BOOLEAN)


def _build_standard(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.preprocessing import StandardScaler

    return StandardScaler()


def _build_min_max(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.preprocessing import MinMaxScaler

    return MinMaxScaler(clip=settings["clip"])


def _build_max_abs(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.preprocessing import MaxAbsScaler

    return MaxAbsScaler()


def _build_robust(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.preprocessing import RobustScaler

    tail = float(settings["tail_percent"] or 0.0)
    return RobustScaler(quantile_range=(tail, 100.0 - tail))


STANDARD_SCALER = StepEntry(
    key="standard_scaler",
    title="Standardise",
    family=Family.SCALING,
    summary="Subtracts the mean and divides by the standard deviation of the training rows.",
    use_when="Linear models, neighbours, support vectors and neural networks. Trees do not need "
    "it.",
    kinds=_KINDS,
    default_kinds=_DEFAULT_KINDS,
    takes=_TAKES,
    build=_build_standard,
    makes_numbers=True,
)
MIN_MAX_SCALER = StepEntry(
    key="min_max_scaler",
    title="Scale to 0 to 1",
    family=Family.SCALING,
    summary="Maps the smallest training value to 0 and the largest to 1.",
    use_when="Values with natural bounds. One outlier squeezes all the others.",
    kinds=_KINDS,
    default_kinds=_DEFAULT_KINDS,
    takes=_TAKES,
    build=_build_min_max,
    makes_numbers=True,
    params=(
        Toggle(
            name="clip",
            label="Cut off values outside the training range",
            default=False,
            help="Keeps rows to predict within 0 and 1.",
        ),
    ),
)
ROBUST_SCALER = StepEntry(
    key="robust_scaler",
    title="Scale by quantiles",
    family=Family.SCALING,
    summary="Subtracts the median and divides by the range between two quantiles.",
    use_when="Numbers with outliers or long tails.",
    kinds=_KINDS,
    default_kinds=_DEFAULT_KINDS,
    takes=_TAKES,
    build=_build_robust,
    makes_numbers=True,
    params=(
        Number(
            name="tail_percent",
            label="Percent left out at each end",
            default=25.0,
            minimum=1.0,
            maximum=45.0,
            help="25 takes the range between the quartiles.",
            advanced=True,
        ),
    ),
)
MAX_ABS_SCALER = StepEntry(
    key="max_abs_scaler",
    title="Scale to -1 to 1",
    family=Family.SCALING,
    summary="Divides by the largest size in the training rows; 0 stays 0.",
    use_when="Numbers that are 0 in most rows, or whose sign matters. One outlier squeezes all the "
    "others; trees do not need it. Costs next to nothing.",
    kinds=_KINDS,
    default_kinds=_DEFAULT_KINDS,
    takes=_TAKES,
    build=_build_max_abs,
    makes_numbers=True,
)
SCALING = (STANDARD_SCALER, MIN_MAX_SCALER, ROBUST_SCALER, MAX_ABS_SCALER)
