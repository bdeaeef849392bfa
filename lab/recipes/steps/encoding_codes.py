"""Steps that turn categories into numbers without looking at the target."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Number, Option, Task, Text, Toggle, Value
from lab.recipes.entry import Family, Place, StepEntry
from lab.recipes.level_texts import levels_in_order


def _build_ordered(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.level_codes import OrderedLevels

    return OrderedLevels(order=str(settings["order"]), keep_missing=settings["missing"] == "keep")


def _build_native(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.category_codes import CategoryCodes

    return CategoryCodes(**dict[str, Any](settings))


def _problem_with_order(settings: Mapping[str, Value], task: Task) -> str:  # noqa: ARG001 - a SettingsCheck
    levels = levels_in_order(str(settings["order"]))
    twice = [level for level in levels if levels.count(level) > 1]
    if twice:
        return f"the order of ordered_codes lists {twice[0]!r} twice"
    if len(levels) == 1:
        return f"the order of ordered_codes is {levels[0]!r}: write levels with < between them"
    return ""


def _build_share(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.level_codes import LevelFrequencies

    return LevelFrequencies(**dict[str, Any](settings))


def _build_rank(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.level_codes import LevelFrequencies

    return LevelFrequencies(measure="rank")


def _build_binary(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.level_codes import BinaryDigits

    return BinaryDigits()


def _build_hashing(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.level_hashes import HashedLevels

    return HashedLevels(**dict[str, Any](settings), sparse_output=not place.dense)


def _build_similarity(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.level_hashes import LevelVectors

    return LevelVectors(**dict[str, Any](settings), random_state=place.seed)


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


NATIVE_CATEGORY = StepEntry(
    key="native_category",
    title="Categories for the model",
    family=Family.ENCODING,
    summary="One column of codes that the model is told to be a category: its trees divide levels "
    "into groups, not by order.",
    use_when="Boosted trees (histogram gradient boosting, XGBoost, LightGBM), with few or many "
    "levels; no other model takes it. Missing values and levels not seen in training are missing "
    "to the model. With few rows a level trees may learn noise: then take ordinal codes or target "
    "means.",
    kinds=(ColumnKind.CATEGORY,),
    build=_build_native,
    makes_numbers=True,
    makes_categories=True,
    params=(
        Number(
            name="most_levels",
            label="Most levels of a column",
            default=255,
            minimum=2,
            maximum=255,
            integer=True,
            log_scale=True,
            help="The most frequent levels of the training rows stay apart, the others become one. "
            "Histogram gradient boosting takes no more than 255.",
        ),
    ),
)
ORDERED_CODES = _entry(
    "ordered_codes",
    "Codes in a given order",
    summary="One column of codes 0, 1, 2, … in the order that you write down.",
    use_when="Levels with a natural order, such as grades or sizes, for any model. Put it on the "
    "columns that share the order; a level that the order does not list counts as unknown, and "
    "it is told.",
    build=_build_ordered,
    problem_with=_problem_with_order,
    params=(
        Text(
            name="order",
            label="Levels from lowest to highest",
            default="",
            max_length=2000,
            help="With < between them: low < medium < high. Empty takes sorted order, in which "
            "numbers inside levels go by size.",
        ),
        Option(
            name="missing",
            label="Missing and unknown levels",
            default="code",
            options=(
                ("code", "codes of their own (-2 missing, -1 unknown)"),
                ("keep", "stay missing, for models that handle it"),
            ),
        ),
    ),
)
FREQUENCY_CODES = _entry(
    "frequency_codes",
    "Codes by frequency",
    summary="One column of codes: 0 for the most frequent level of the training rows, 1 for the "
    "next and so on.",
    use_when="Trees with many levels: rare levels lie together. Not for linear models, which would "
    "take the order for real. A level not seen in training comes after all others.",
    build=_build_rank,
)
FREQUENCY = _entry(
    "frequency",
    "Frequency of the level",
    summary="How often the level occurs in the training rows, in one column.",
    use_when="Many levels, when being rare says something. Levels that are equally frequent become "
    "one; does not look at the target, so it cannot leak. A level not seen counts 0.",
    build=_build_share,
    params=(
        Option(
            name="measure",
            label="Measure",
            default="share",
            options=(
                ("share", "share of the training rows"),
                ("count", "number of training rows"),
                ("log", "logarithm of 1 + the number"),
            ),
        ),
    ),
)
BINARY_CODES = _entry(
    "binary_codes",
    "Binary digits",
    summary="The number of the level in binary digits, a 0/1 column for each.",
    use_when="Many levels and a model that needs few columns: 1,000 levels take 10. Levels that "
    "share digits look alike for no reason, so trees cope better than linear models.",
    build=_build_binary,
)
HASHING = _entry(
    "hashing",
    "Hashed columns",
    summary="Every level has its place in a fixed number of columns, found by a hash of its name.",
    use_when="Very many levels, or new ones all the time: nothing is learnt and none is unknown. "
    "Levels that share a place are mixed up, and columns cannot be explained.",
    build=_build_hashing,
    makes_many=True,
    params=(
        Number(
            name="n_columns",
            label="Columns for one column",
            default=16,
            minimum=2,
            maximum=4096,
            integer=True,
            log_scale=True,
            help="More columns mix up fewer levels, and cost more.",
        ),
        Toggle(
            name="signed",
            label="Half of the levels negative",
            default=True,
            help="Levels that share a place then differ in every other case.",
            advanced=True,
        ),
    ),
)
SIMILARITY = _entry(
    "similarity",
    "Similarity of spelling",
    summary="A few columns in which levels spelt alike lie near each other, learnt from their "
    "runs of letters.",
    use_when="Many levels that say something by their spelling: job titles, products, names with "
    "typing errors. A new level gets its place by its spelling. Not for codes without meaning; "
    "slower than the other encodings.",
    build=_build_similarity,
    params=(
        Number(
            name="n_columns",
            label="Most columns for one column",
            default=10,
            minimum=1,
            maximum=200,
            integer=True,
            help="More columns tell levels apart better, and cost more.",
        ),
        Number(
            name="shortest",
            label="Letters in a run, at least",
            default=2,
            minimum=1,
            maximum=8,
            integer=True,
            advanced=True,
        ),
        Number(
            name="longest",
            label="Letters in a run, at most",
            default=4,
            minimum=1,
            maximum=8,
            integer=True,
            advanced=True,
        ),
    ),
)
CODES = (
    NATIVE_CATEGORY,
    ORDERED_CODES,
    FREQUENCY_CODES,
    FREQUENCY,
    BINARY_CODES,
    HASHING,
    SIMILARITY,
)
