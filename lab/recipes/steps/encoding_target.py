"""Steps that turn categories into what they say of the target, without leaking it."""

from collections.abc import Mapping
from typing import Any

from lab.base import CLASSIFICATION, ColumnKind, Number, Value
from lab.recipes.entry import Family, Place, StepEntry


def _target_type(place: Place) -> Any:
    return "auto" if place.task.is_classification else "continuous"


def _build_leave_one_out(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.level_targets import LeaveOneOut

    return LeaveOneOut(**dict[str, Any](settings), target_type=_target_type(place))


def _build_ordered(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.level_targets import OrderedTargets

    return OrderedTargets(
        **dict[str, Any](settings), random_state=place.seed, target_type=_target_type(place)
    )


def _build_evidence(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.level_targets import WeightOfEvidence

    return WeightOfEvidence(**dict[str, Any](settings), random_state=place.seed)


def _entry(key: str, title: str, **rest: Any) -> StepEntry:
    return StepEntry(
        key=key,
        title=title,
        family=Family.ENCODING,
        kinds=(ColumnKind.CATEGORY,),
        makes_numbers=True,
        fills_missing=True,
        **rest,
    )


def _smooth(default: float, *, minimum: float = 0.0) -> Number:
    return Number(
        name="smooth",
        label="Rows that the overall mean counts for",
        default=default,
        minimum=minimum,
        maximum=100_000.0,
        help="Higher pulls levels with few rows more to the overall mean.",
    )


LEAVE_ONE_OUT = _entry(
    "leave_one_out",
    "Leave-one-out target mean",
    summary="The mean target of all other training rows with the same level.",
    use_when="Many levels and linear models. Not for trees: within a level the own target can be "
    "read back from the mean, and they will; take the target mean or ordered statistics for them. "
    "Fast.",
    build=_build_leave_one_out,
    params=(_smooth(1.0),),
)
ORDERED_TARGET = _entry(
    "ordered_target",
    "Ordered target statistics",
    summary="The mean target of earlier training rows with the same level, in a random order (as "
    "in CatBoost).",
    use_when="Many levels and boosted trees: no row sees its own target. Rows early in the order "
    "get rough values; the more rows, the less it matters. One pass, faster than the target mean.",
    build=_build_ordered,
    params=(_smooth(1.0, minimum=0.01),),
)
WEIGHT_OF_EVIDENCE = _entry(
    "weight_of_evidence",
    "Weight of evidence",
    summary="The logarithm of how much more frequent the level is in one class than in the others.",
    use_when="Two classes and logistic regression, as in credit scoring: one column a level, on "
    "the model's own scale. Training rows are encoded from other training rows. More than two "
    "classes give a column each.",
    build=_build_evidence,
    tasks=CLASSIFICATION,
    params=(
        Number(
            name="smooth",
            label="Rows added to each level",
            default=1.0,
            minimum=0.01,
            maximum=100_000.0,
            help="Keeps levels that occur in one class only finite. Higher trusts levels with few "
            "rows less.",
        ),
        Number(
            name="folds",
            label="Folds of the cross-fitting",
            default=5,
            minimum=2,
            maximum=20,
            integer=True,
            advanced=True,
        ),
    ),
)
TARGETS = (LEAVE_ONE_OUT, ORDERED_TARGET, WEIGHT_OF_EVIDENCE)
