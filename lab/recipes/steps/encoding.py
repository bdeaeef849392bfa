"""Steps that turn categories into numbers."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Number, Option, Toggle, Value
from lab.recipes.entry import Family, Place, StepEntry


def _build_one_hot(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.preprocessing import OneHotEncoder

    return OneHotEncoder(
        handle_unknown="infrequent_if_exist",
        min_frequency=settings["min_frequency"],
        max_categories=settings["max_categories"],
        drop="if_binary" if settings["drop_binary"] else None,
        sparse_output=not place.dense,
    )


def _build_ordinal(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.preprocessing import OrdinalEncoder

    keep = settings["missing"] == "keep"
    nan = float("nan")
    return OrdinalEncoder(
        handle_unknown="use_encoded_value",
        unknown_value=nan if keep else -1,
        encoded_missing_value=nan if keep else -2,
    )


def _build_target(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.model_selection import KFold
    from sklearn.preprocessing import TargetEncoder

    # Codes of classes are told apart by their number in the training rows: a fold can lack a class.
    return TargetEncoder(
        target_type="auto" if place.task.is_classification else "continuous",
        smooth="auto" if settings["smooth"] is None else settings["smooth"],
        cv=KFold(n_splits=int(settings["folds"] or 0), shuffle=True, random_state=place.seed),
    )


ONE_HOT = StepEntry(
    key="one_hot",
    title="One-hot",
    family=Family.ENCODING,
    summary="A 0/1 column for each level; rare levels share one.",
    use_when="Few levels, and models that need numbers without an order. A level not seen in "
    "training counts as rare. Many levels make many columns.",
    kinds=(ColumnKind.CATEGORY,),
    build=_build_one_hot,
    makes_numbers=True,
    makes_many=True,
    fills_missing=True,
    params=(
        Number(
            name="min_frequency",
            label="Smallest number of rows for a column of its own",
            default=2,
            minimum=1,
            maximum=100_000,
            integer=True,
            log_scale=True,
            none_label="no grouping",
            help="Levels with fewer training rows share one column. Higher means fewer columns "
            "and less noise, and less detail.",
        ),
        Number(
            name="max_categories",
            label="Most columns for one column",
            default=200,
            minimum=2,
            maximum=10_000,
            integer=True,
            log_scale=True,
            none_label="no limit",
            help="The most frequent levels keep a column; the others share one.",
            advanced=True,
        ),
        Toggle(
            name="drop_binary",
            label="One column for two levels",
            default=False,
            help="With two levels, one column says it all. A level not seen in training then "
            "looks like the first of the two.",
            advanced=True,
        ),
    ),
)
ORDINAL = StepEntry(
    key="ordinal",
    title="Ordinal codes",
    family=Family.ENCODING,
    summary="One column of codes 0, 1, 2, … in alphabetical order of the levels.",
    use_when="Trees: they need no order and one column is fast. Not for linear models, which "
    "would take the order for real.",
    kinds=(ColumnKind.CATEGORY,),
    build=_build_ordinal,
    makes_numbers=True,
    fills_missing=True,
    params=(
        Option(
            name="missing",
            label="Missing and unseen levels",
            default="code",
            options=(
                ("code", "codes of their own (-2 missing, -1 unseen)"),
                ("keep", "stay missing, for models that handle it"),
            ),
        ),
    ),
)
TARGET_ENCODING = StepEntry(
    key="target_encoding",
    title="Target mean",
    family=Family.ENCODING,
    summary="The mean of the target for each level, shrunk to the overall mean where rows are few.",
    use_when="Many levels. Training rows are encoded from other training rows (cross-fitting), so "
    "that the target does not leak; costs as many passes as there are folds. Several classes "
    "give a column each.",
    kinds=(ColumnKind.CATEGORY,),
    build=_build_target,
    makes_numbers=True,
    fills_missing=True,
    params=(
        Number(
            name="smooth",
            label="Rows that the overall mean counts for",
            default=None,
            minimum=0.0,
            maximum=100_000.0,
            none_label="estimated from the data",
            help="Higher pulls levels with few rows more to the overall mean.",
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
ENCODING = (ONE_HOT, ORDINAL, TARGET_ENCODING)
