"""Changed recipes: a step put in where its family allows, a family replaced or taken out."""

from dataclasses import replace

from lab.base import Choice, ColumnKind, Selection
from lab.recipes.catalogue import STEPS
from lab.recipes.column_paths import default_kinds
from lab.recipes.entry import Acts, Family
from lab.recipes.recipe import Recipe, Step

_FIRST, _BEFORE_ENCODING, _AFTER_ENCODING, _LAST = 0.0, 4.5, 5.5, 7.0
_FAMILY_PLACE = {
    Family.MISSING: 1.0,
    Family.DATES: 2.0,
    Family.TEXT: 3.0,
    Family.SHAPE: 3.5,
    Family.SCALING: 4.0,
    Family.ENCODING: 5.0,
    Family.RESAMPLING: 6.0,
}
_OWN_PLACE = {
    "drop_missing_rows": _FIRST,
    "smote_nc": _BEFORE_ENCODING,
    "smote_n": _BEFORE_ENCODING,
    "class_weights": _LAST,
    "class_costs": _LAST,
}


def add_step(recipe: Recipe, choice: Choice, selection: Selection | None = None) -> Recipe:
    """Return a recipe with one more step, at the place that its family allows.

    Parameters
    ----------
    recipe : Recipe
        Stays as it is.
    choice : Choice
        A line of `STEPS` with its settings.
    selection : Selection, optional
        The columns; the step's usual kinds when not given.
    """
    step = Step(choice=choice, selection=selection or default_selection(choice.key))
    place = _place(step)
    index = sum(_place(other) <= place for other in recipe.steps)
    steps = sorted(recipe.steps, key=_place)
    return _changed(recipe, (*steps[:index], step, *steps[index:]))


def replace_family(
    recipe: Recipe, family: Family, choice: Choice | None, kinds: tuple[ColumnKind, ...] = ()
) -> Recipe:
    """Return a recipe in which one step, or none, does a family's work for some kinds of columns.

    Parameters
    ----------
    recipe : Recipe
        Stays as it is.
    family : Family
        The family whose other steps give way. Those for named columns stay.
    choice : Choice or None
        The step that takes over; None for no step.
    kinds : tuple of ColumnKind, default ()
        The kinds of columns concerned; empty for all, and for steps that act on rows.
    """
    steps = tuple(
        kept for step in recipe.steps if (kept := _giving_way(step, family, kinds)) is not None
    )
    changed = _changed(recipe, steps)
    if choice is None:
        return changed
    return add_step(changed, choice, Selection(kinds=kinds) if kinds else None)


def default_selection(key: str) -> Selection:
    """Return the columns that a step is put on when nothing is said.

    Parameters
    ----------
    key : str
        A line of `STEPS`.
    """
    return Selection(kinds=default_kinds(STEPS[key]))


def _giving_way(step: Step, family: Family, kinds: tuple[ColumnKind, ...]) -> Step | None:
    entry = STEPS[step.choice.key]
    if entry.family is not family or step.selection.names:
        return step
    if not kinds or entry.acts is not Acts.COLUMNS:
        return None
    own = step.selection.kinds or default_kinds(entry)
    left = tuple(kind for kind in own if kind not in kinds)
    return replace(step, selection=Selection(kinds=left)) if left else None


def _place(step: Step) -> float:
    entry = STEPS[step.choice.key]
    on_codes = entry.family in {Family.SHAPE, Family.SCALING}
    if on_codes and ColumnKind.CATEGORY in step.selection.kinds:
        return _AFTER_ENCODING
    return _OWN_PLACE.get(entry.key, _FAMILY_PLACE[entry.family])


def _changed(recipe: Recipe, steps: tuple[Step, ...]) -> Recipe:
    title = recipe.title if recipe.title.endswith(", changed") else f"{recipe.title}, changed"
    return Recipe(title=title, steps=steps)
