"""Ready recipes, and the one that suits a model."""

from dataclasses import dataclass

from lab.base import Catalogue, ColumnKind, Param, Selection, Value
from lab.recipes.catalogue import STEPS
from lab.recipes.recipe import Recipe, Step


@dataclass(frozen=True, kw_only=True)
class PresetEntry:
    """One ready recipe.

    Parameters
    ----------
    key, title, summary : str
        Name for files and commands, for people, and what it is for.
    recipe : Recipe
        For models that take no missing values.
    keeping_missing : Recipe
        For models that take missing values; the same where that makes no difference.
    params : tuple of Param, default ()
        It has no settings.
    """

    key: str
    title: str
    summary: str
    recipe: Recipe
    keeping_missing: Recipe
    params: tuple[Param, ...] = ()


def _step(key: str, *kinds: ColumnKind, **settings: Value) -> Step:
    return Step(choice=STEPS.choose(key, settings), selection=Selection(kinds=kinds))


_NUMBER, _BOOLEAN, _CATEGORY = ColumnKind.NUMBER, ColumnKind.BOOLEAN, ColumnKind.CATEGORY
_DATE, _TEXT = ColumnKind.DATE, ColumnKind.TEXT

_LINEAR = Recipe(
    title="For linear models",
    steps=(
        _step("median_imputer", _NUMBER, add_indicator=True),
        _step("most_frequent_imputer", _BOOLEAN),
        _step("constant_imputer", _CATEGORY),
        _step("date_parts", _DATE, add_indicator=True),
        _step("tfidf", _TEXT),
        _step("standard_scaler", _NUMBER, _DATE),
        _step("one_hot", _CATEGORY),
    ),
)
_TREES = Recipe(
    title="For trees",
    steps=(
        _step("median_imputer", _NUMBER, add_indicator=True),
        _step("most_frequent_imputer", _BOOLEAN),
        _step("date_parts", _DATE),
        _step("tfidf", _TEXT),
        _step("ordinal", _CATEGORY),
    ),
)
_TREES_KEEPING = Recipe(
    title="For trees",
    steps=(
        _step("keep_missing", _NUMBER, _BOOLEAN),
        _step("date_parts", _DATE, missing="keep"),
        _step("tfidf", _TEXT),
        _step("ordinal", _CATEGORY, missing="keep"),
    ),
)
_MINIMAL = Recipe(
    title="Minimal",
    steps=(
        _step("median_imputer", _NUMBER),
        _step("most_frequent_imputer", _BOOLEAN, _CATEGORY),
        _step("date_parts", _DATE),
        _step("tfidf", _TEXT),
        _step("one_hot", _CATEGORY, min_frequency=None),
    ),
)

PRESETS: Catalogue[PresetEntry] = Catalogue(
    "ready recipe",
    PresetEntry(
        key="linear",
        title="For linear models",
        summary="Fills gaps and marks them, scales numbers, one-hot columns for categories. "
        "Also for neighbours, support vectors and neural networks.",
        recipe=_LINEAR,
        keeping_missing=_LINEAR,
    ),
    PresetEntry(
        key="trees",
        title="For trees",
        summary="Numbers as they are, categories as codes. Fast, and all that trees and boosting "
        "need.",
        recipe=_TREES,
        keeping_missing=_TREES_KEEPING,
    ),
    PresetEntry(
        key="minimal",
        title="Minimal",
        summary="Only what is needed for any model to run: gaps filled, a column for every level.",
        recipe=_MINIMAL,
        keeping_missing=_MINIMAL,
    ),
)


def preset_recipe(key: str) -> Recipe:
    """Return a ready recipe that any model can take.

    Parameters
    ----------
    key : str
        A line of `PRESETS`.
    """
    return PRESETS[key].recipe


def auto_recipe(preset: str, *, takes_missing: bool) -> Recipe:
    """Return what ``auto`` means for a model; the same value for all models of a sort.

    Parameters
    ----------
    preset : str
        The ready recipe that suits the model.
    takes_missing : bool
        Whether the model handles missing numbers itself.
    """
    entry = PRESETS[preset]
    return entry.keeping_missing if takes_missing else entry.recipe
