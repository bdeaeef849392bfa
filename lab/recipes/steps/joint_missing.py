"""Steps for missing values that look at several columns together, or at whole columns."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Number, Option, Value
from lab.recipes.entry import Family, Place, StepEntry

_NUMBERS = (ColumnKind.NUMBER, ColumnKind.BOOLEAN)


def _build_nearest(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.nearest_rows import NearestRowsImputer

    return NearestRowsImputer(**dict[str, Any](settings), random_state=place.seed)


def _build_iterative(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.averaged_imputer import AveragedImputer

    return AveragedImputer(**dict[str, Any](settings), random_state=place.seed)


def _build_model(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.model_imputer import ModelImputer

    return ModelImputer(**dict[str, Any](settings), random_state=place.seed)


def _build_random(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.random_sample import RandomSampleImputer

    return RandomSampleImputer(random_state=place.seed)


def _build_drop(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.gappy_columns import DropGappyColumns

    return DropGappyColumns(max_missing=float(settings["max_missing"] or 0.0))


def _build_flags(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.impute import MissingIndicator
    from sklearn.pipeline import FeatureUnion

    parts = [("values", "passthrough"), ("flags", MissingIndicator(error_on_new=False))]
    return FeatureUnion(parts, verbose_feature_names_out=False)


DROP_COLUMNS = StepEntry(
    key="drop_columns",
    title="Drop columns with many missing values",
    family=Family.MISSING,
    summary="Leaves out columns of which more than a share of the training values is missing.",
    use_when="Columns that are nearly empty. With less missing a filled column and the step that "
    "marks gaps keep what it knows. Each fold decides by its own training rows.",
    kinds=(*_NUMBERS, ColumnKind.CATEGORY, ColumnKind.DATE, ColumnKind.TEXT),
    build=_build_drop,
    joint=True,
    stands_beside=True,
    params=(
        Number(
            name="max_missing",
            label="Largest share missing",
            default=0.5,
            minimum=0.0,
            maximum=0.99,
            help="0.5 leaves out columns that are missing in more than half of the rows.",
        ),
    ),
)
MISSING_INDICATOR = StepEntry(
    key="missing_indicator",
    title="Mark missing values",
    family=Family.MISSING,
    summary="Adds a 0/1 column for each column with missing values in the training rows.",
    use_when="A value is missing for a reason, and another step fills it or the model takes gaps. "
    "Comes before the step that fills; costs a column each.",
    kinds=_NUMBERS,
    build=_build_flags,
    stands_beside=True,
)
KNN_IMPUTER = StepEntry(
    key="knn_imputer",
    title="Fill from the nearest rows",
    family=Family.MISSING,
    summary="Puts the mean of the most similar training rows in the place of a missing number "
    "(Troyanskaya et al. 2001).",
    use_when="Numbers that go together, on a common scale: put a scaler before it. Time "
    "grows with the square of the rows, so it looks in a sample of the training rows: 6 s for "
    "50,000 rows of 20 columns, 50 times as much when it looks in all.",
    kinds=_NUMBERS,
    default_kinds=(ColumnKind.NUMBER,),
    build=_build_nearest,
    joint=True,
    makes_numbers=True,
    fills_missing=True,
    params=(
        Number(
            name="n_neighbors",
            label="Neighbours",
            default=5,
            minimum=1,
            maximum=100,
            integer=True,
            help="Rows whose mean is taken. More are steadier and less particular.",
        ),
        Option(
            name="weights",
            label="Weight of the neighbours",
            default="uniform",
            options=(("uniform", "all alike"), ("distance", "near ones more")),
            advanced=True,
        ),
        Number(
            name="max_rows",
            label="Training rows to look in",
            default=2_000,
            minimum=100,
            maximum=100_000,
            integer=True,
            log_scale=True,
            none_label="all",
            help="A sample drawn by the seed; when it was taken is told. Time grows with it.",
        ),
    ),
)
ITERATIVE_IMPUTER = StepEntry(
    key="iterative_imputer",
    title="Fill by chained regressions",
    family=Family.MISSING,
    summary="Predicts each number from the others, round after round, until the gaps settle "
    "(MICE, van Buuren 2007).",
    use_when="Numbers that depend on each other, with values missing in several of them. Costs a "
    "model a column and round: 5 s with ridge for 50,000 rows of 20 columns, many minutes with "
    "trees.",
    kinds=_NUMBERS,
    default_kinds=(ColumnKind.NUMBER,),
    build=_build_iterative,
    joint=True,
    makes_numbers=True,
    fills_missing=True,
    params=(
        Option(
            name="model",
            label="Model of a column",
            default="ridge",
            options=(("ridge", "Bayesian ridge"), ("trees", "extremely randomised trees")),
            help="Trees follow curves and interactions, at 50 times the price.",
        ),
        Number(
            name="draws",
            label="Draws to average",
            default=1,
            minimum=1,
            maximum=20,
            integer=True,
            help="From 2 on, that many chains fill the training gaps with random draws from what "
            "the model holds likely (trees: with other seeds), and rows get the mean of the "
            "chains. Steadier where much is missing; costs as many times as much.",
        ),
        Number(
            name="rounds",
            label="Rounds",
            default=10,
            minimum=1,
            maximum=50,
            integer=True,
            help="Ends earlier when values settle; one draw only.",
            advanced=True,
        ),
    ),
)
MODEL_IMPUTER = StepEntry(
    key="model_imputer",
    title="Fill by a model",
    family=Family.MISSING,
    summary="Predicts each missing number from the other columns, gaps and all, by a tree model.",
    use_when="Numbers that depend on others in curves or jumps. One model a column with gaps: "
    "11 s for 50,000 rows of 20 columns. Filled values look more certain than they are.",
    kinds=_NUMBERS,
    default_kinds=(ColumnKind.NUMBER,),
    build=_build_model,
    joint=True,
    makes_numbers=True,
    fills_missing=True,
    params=(
        Option(
            name="model",
            label="Model of a column",
            default="boosting",
            options=(("boosting", "histogram gradient boosting"), ("forest", "random forest")),
            help="The forest is slower on many rows.",
        ),
    ),
)
RANDOM_SAMPLE_IMPUTER = StepEntry(
    key="random_sample_imputer",
    title="Fill with a random training value",
    family=Family.MISSING,
    summary="Puts a training value of the column, drawn by the seed and the row, in the place of "
    "a missing one.",
    use_when="The spread of a column must stay as it is. Adds noise: rarely better for prediction "
    "than the median. Equal rows are filled alike, so a single column gets one value.",
    kinds=(*_NUMBERS, ColumnKind.CATEGORY),
    build=_build_random,
    joint=True,
    fills_missing=True,
)
JOINT_MISSING = (
    DROP_COLUMNS,
    MISSING_INDICATOR,
    RANDOM_SAMPLE_IMPUTER,
    KNN_IMPUTER,
    ITERATIVE_IMPUTER,
    MODEL_IMPUTER,
)
