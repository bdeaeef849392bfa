"""Changed recipes: a step put in where its family allows, a family replaced or taken out."""

from dataclasses import replace

from lab.base import Choice, ColumnKind, Selection
from lab.recipes.catalogue import STEPS
from lab.recipes.column_paths import default_kinds, is_for_columns, is_joint
from lab.recipes.entry import Acts, Family
from lab.recipes.recipe import Recipe, Step

_FIRST, _JOINTLY, _BEFORE_ENCODING, _AFTER_ENCODING, _LAST = 0.0, 4.4, 4.5, 5.5, 7.0
_FAMILY_PLACE = {
    Family.MISSING: 1.0,
    Family.DATES: 2.0,
    Family.TEXT: 3.0,
    Family.SHAPE: 3.5,
    Family.SCALING: 4.0,
    Family.INTERACTIONS: 4.2,
    Family.ENCODING: 5.0,
    Family.SELECTION: 5.6,
    Family.REDUCTION: 5.8,
    Family.RESAMPLING: 6.0,
    Family.TARGET: 8.0,
}
_OWN_PLACE = {
    "drop_missing_rows": _FIRST,
    "drop_columns": 0.2,
    "missing_indicator": 0.4,
    "row_normalizer": 4.1,
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


def put_step(recipe: Recipe, choice: Choice) -> tuple[Recipe, int]:
    """Return a recipe with one more step among others that keep their order, and its place.

    It stands behind the last step that its family allows before it.

    Parameters
    ----------
    recipe : Recipe
        Stays as it is.
    choice : Choice
        A line of `STEPS` with its settings.
    """
    step = Step(choice=choice, selection=default_selection(choice.key))
    before = [n for n, other in enumerate(recipe.steps) if _place(other) <= _place(step)]
    place = before[-1] + 1 if before else 0
    steps = (*recipe.steps[:place], step, *recipe.steps[place:])
    return replace(recipe, steps=steps), place


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
    if choice is not None and STEPS[choice.key].stands_beside:
        return add_step(recipe, choice, Selection(kinds=kinds) if kinds else None)
    steps = tuple(
        kept
        for step in recipe.steps
        if (kept := _giving_way(step, family, kinds, whole=choice is None)) is not None
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
    entry = STEPS[key]
    return Selection() if entry.acts is Acts.FEATURES else Selection(kinds=default_kinds(entry))


def _giving_way(
    step: Step, family: Family, kinds: tuple[ColumnKind, ...], *, whole: bool
) -> Step | None:
    entry = STEPS[step.choice.key]
    if entry.family is not family or step.selection.names:
        return step
    if entry.stands_beside and not whole:
        return step
    if not kinds or not is_for_columns(step):
        return None
    own = step.selection.kinds or default_kinds(entry)
    left = tuple(kind for kind in own if kind not in kinds)
    return replace(step, selection=Selection(kinds=left)) if left else None


def _place(step: Step) -> float:
    entry = STEPS[step.choice.key]
    on_codes = entry.family in {Family.SHAPE, Family.SCALING}
    if on_codes and ColumnKind.CATEGORY in step.selection.kinds:
        return _AFTER_ENCODING
    if entry.acts is Acts.FEATURES and is_joint(step):
        return _JOINTLY
    return _OWN_PLACE.get(entry.key, _FAMILY_PLACE[entry.family])


def _changed(recipe: Recipe, steps: tuple[Step, ...]) -> Recipe:
    title = recipe.title if recipe.title.endswith(", changed") else f"{recipe.title}, changed"
    return Recipe(title=title, steps=steps)
