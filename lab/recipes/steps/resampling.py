"""Steps against unequal classes: they change training rows or their weights, never test rows."""

from collections.abc import Mapping
from typing import Any

from lab.base import CLASSIFICATION, Number, Value
from lab.recipes.entry import Acts, Family, Place, StepEntry

NEIGHBOURS = Number(
    name="k_neighbors",
    label="Neighbours",
    default=5,
    minimum=1,
    maximum=50,
    integer=True,
    help="New rows lie between a row and one of this many nearest rows of its class. Lowered, and "
    "told, where a class has too few rows.",
)
RATIO = Number(
    name="ratio",
    label="Smaller class as a share of the largest",
    default=1.0,
    minimum=0.05,
    maximum=1.0,
    help="1 makes all classes equally frequent; 0.5 brings them to at least half of the largest.",
)


def grown(settings: Mapping[str, Value]) -> Any:
    """Return the sizes of classes that grow to a share of the largest."""
    from lab.recipes.estimators.class_sizes import GrowClasses

    ratio = float(settings["ratio"] or 1.0)
    return "auto" if ratio == 1.0 else GrowClasses(ratio)


def shrunk(settings: Mapping[str, Value]) -> Any:
    """Return the sizes of classes that shrink until the smallest has a share of each."""
    from lab.recipes.estimators.class_sizes import ShrinkClasses

    ratio = float(settings["ratio"] or 1.0)
    return "auto" if ratio == 1.0 else ShrinkClasses(ratio)


def _build_smote(settings: Mapping[str, Value], place: Place) -> Any:
    from imblearn.over_sampling import SMOTE

    return SMOTE(
        sampling_strategy=grown(settings),
        random_state=place.seed,
        k_neighbors=settings["k_neighbors"],
    )


def _build_smote_nc(settings: Mapping[str, Value], place: Place) -> Any:
    from imblearn.over_sampling import SMOTENC

    return SMOTENC(
        categorical_features=list(place.columns),
        sampling_strategy=grown(settings),
        random_state=place.seed,
        k_neighbors=settings["k_neighbors"],
    )


def _build_random_over(settings: Mapping[str, Value], place: Place) -> Any:
    from imblearn.over_sampling import RandomOverSampler

    return RandomOverSampler(sampling_strategy=grown(settings), random_state=place.seed)


def _build_random_under(settings: Mapping[str, Value], place: Place) -> Any:
    from imblearn.under_sampling import RandomUnderSampler

    return RandomUnderSampler(sampling_strategy=shrunk(settings), random_state=place.seed)


def build_nothing(settings: Mapping[str, Value], place: Place) -> None:  # noqa: ARG001 - a Builder
    """Return nothing: weights need no estimator."""
    return


def smote_like(name: str, settings: Mapping[str, Value], place: Place) -> Any:
    """Return a sampler of imbalanced-learn that makes rows, with its own settings and a ratio."""
    import imblearn.over_sampling as samplers

    given = {key: value for key, value in settings.items() if key != "ratio"}
    kind = getattr(samplers, name)
    return kind(sampling_strategy=grown(settings), random_state=place.seed, **given)


def sampler_entry(key: str, title: str, **rest: Any) -> StepEntry:
    """Return a step for training rows of classes."""
    return StepEntry(
        key=key,
        title=title,
        family=Family.RESAMPLING,
        kinds=(),
        tasks=CLASSIFICATION,
        **{"acts": Acts.ROWS} | rest,
    )


SMOTE = StepEntry(
    key="smote",
    title="SMOTE",
    family=Family.RESAMPLING,
    summary="Makes new rows of the smaller classes between a row and its neighbours "
    "(Chawla et al. 2002).",
    use_when="Numbers, scaled and without missing values; comes last. Often no better than class "
    "weights or another threshold, and probabilities no longer mean frequencies.",
    kinds=(),
    build=_build_smote,
    tasks=CLASSIFICATION,
    acts=Acts.ROWS,
    params=(NEIGHBOURS, RATIO),
)
SMOTE_NC = StepEntry(
    key="smote_nc",
    title="SMOTE with categories",
    family=Family.RESAMPLING,
    summary="Like SMOTE; categories take the most frequent level among the neighbours.",
    use_when="Tables with numbers and categories; comes before encoding, after scaling. Slower "
    "than SMOTE.",
    kinds=(),
    build=_build_smote_nc,
    tasks=CLASSIFICATION,
    acts=Acts.ROWS,
    params=(NEIGHBOURS, RATIO),
)
RANDOM_OVER = StepEntry(
    key="random_over",
    title="Repeat rows of small classes",
    family=Family.RESAMPLING,
    summary="Draws rows of the smaller classes again until the classes are as frequent as asked.",
    use_when="Models that take no class weights. More rows to fit; repeated rows invite "
    "overfitting.",
    kinds=(),
    build=_build_random_over,
    tasks=CLASSIFICATION,
    acts=Acts.ROWS,
    params=(RATIO,),
)
RANDOM_UNDER = StepEntry(
    key="random_under",
    title="Leave out rows of large classes",
    family=Family.RESAMPLING,
    summary="Draws fewer rows of the larger classes.",
    use_when="Many rows of a rare class, when fitting must be fast. Throws information away.",
    kinds=(),
    build=_build_random_under,
    tasks=CLASSIFICATION,
    acts=Acts.ROWS,
    params=(RATIO,),
)
CLASS_WEIGHTS = StepEntry(
    key="class_weights",
    title="Class weights",
    family=Family.RESAMPLING,
    summary="Every class counts the same in fitting, however many rows it has.",
    use_when="The first thing to try with unequal classes: no rows are made up or lost. The model "
    "must take row weights.",
    kinds=(),
    build=build_nothing,
    tasks=CLASSIFICATION,
    acts=Acts.WEIGHTS,
)
RESAMPLING = (SMOTE, SMOTE_NC, RANDOM_OVER, RANDOM_UNDER, CLASS_WEIGHTS)
