"""One change of a recipe at a time: a step left out, another in its place, added, or set otherwise.

What an ablation compares. Nothing else of the recipe moves: steps keep their order and columns.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lab.base import LabError, Schema, Selection, Task, Value, value_words
from lab.recipes.catalogue import STEPS
from lab.recipes.column_paths import columns_of, default_kinds
from lab.recipes.editing import add_step
from lab.recipes.entry import Acts
from lab.recipes.recipe import Recipe, Step


@dataclass(frozen=True, kw_only=True)
class RecipeChange:
    """A recipe's one difference from another.

    Parameters
    ----------
    step : str, default ""
        Key of the step that gives way, wherever it stands in the recipe; empty to add one.
    instead : str, default ""
        Key of the step that takes its place, or is added; empty to leave the step out, and the
        same key to set it otherwise.
    settings : dict of str to Value
        Settings of `instead` that differ: from the step's own when the key is the same, from the
        defaults otherwise.
    """

    step: str = ""
    instead: str = ""
    settings: dict[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check keys and settings."""
        if not self.step and not self.instead:
            raise LabError("a change of a recipe names no step", hint="Name a step of STEPS.")
        for key in filter(None, (self.step, self.instead)):
            STEPS[key]
        if self.instead:
            STEPS.choose(self.instead, self.settings)
        if self.step and self.step == self.instead and not self.settings:
            raise LabError(f"{self.step} in place of itself changes nothing")

    @property
    def leaves_out(self) -> bool:
        """Whether a step is left out, so that the recipe itself is the one that has it."""
        return not self.instead

    @property
    def title(self) -> str:
        """What the change is about, in words: the step or setting whose effect is looked at.

        Examples
        --------
        >>> RecipeChange(step="one_hot", instead="ordinal").title
        'Ordinal codes instead of One-hot'
        """
        if self.leaves_out:
            return STEPS[self.step].title
        entry = STEPS[self.instead]
        params = {param.name: param for param in entry.params}
        told = ", ".join(
            f"{params[name].label.lower()} = {value_words(params[name], params[name].clean(value))}"
            for name, value in self.settings.items()
        )
        if self.step == self.instead:
            return f"{entry.title}: {told}"
        title = f"{entry.title} ({told})" if told else entry.title
        return f"{title} instead of {STEPS[self.step].title}" if self.step else title

    @property
    def words(self) -> str:
        """What a recipe with the change is called beside the one that it was made of."""
        if self.leaves_out:
            return f"without {self.title}"
        return self.title if self.step else f"with {self.title}"


def changed_recipe(recipe: Recipe, change: RecipeChange) -> Recipe:
    """Return a recipe with one change.

    A step that acts on columns takes over the columns of the one whose place it takes. One that
    acts on rows or weights, and one that is added, comes where its family belongs.

    Parameters
    ----------
    recipe : Recipe
        Stays as it is.
    change : RecipeChange
        What is changed.

    Raises
    ------
    LabError
        When the step that is to give way is not there, or one to be added is there already.

    Examples
    --------
    >>> recipe = Recipe(title="Mine", steps=(Step(choice=STEPS.choose("standard_scaler")),))
    >>> changed_recipe(recipe, RecipeChange(step="standard_scaler")).steps
    ()
    """
    keys = [step.choice.key for step in recipe.steps]
    if change.step and change.step not in keys:
        raise LabError(
            f"the recipe {recipe.title!r} has no step {change.step}",
            hint=f"Its steps: {', '.join(dict.fromkeys(keys)) or 'none'}.",
        )
    if not change.step and change.instead in keys:
        raise LabError(
            f"the recipe {recipe.title!r} has the step {change.instead} already",
            hint="Leave it out to see what it does.",
        )
    kept = replace(recipe, steps=tuple(s for s in recipe.steps if s.choice.key != change.step))
    if change.leaves_out:
        return _titled(kept, change)
    if not change.step or _moves(change):
        return _titled(_with_added(kept, change), change)
    return _titled(replace(recipe, steps=tuple(_swapped(recipe, change))), change)


def possible_changes(recipe: Recipe, schema: Schema, task: Task) -> Iterator[RecipeChange]:
    """Yield every step of a recipe left out, every other of its family in its place, and added.

    Steps without a column in the table are passed over: with or without them all stays the same.
    Whether a recipe with the change can be used is for `check_recipe` to say.

    Parameters
    ----------
    recipe : Recipe
        What is changed.
    schema : Schema
        The feature columns.
    task : Task
        The kind of question.
    """
    keys = tuple(dict.fromkeys(s.choice.key for s in recipe.steps if has_work(s, schema)))
    yield from (RecipeChange(step=key) for key in keys)
    suited = [entry for entry in STEPS if task in entry.tasks]
    for key in keys:
        family = STEPS[key].family
        others = (entry.key for entry in suited if entry.family is family and entry.key != key)
        yield from (RecipeChange(step=key, instead=other) for other in others)
    present = {step.choice.key for step in recipe.steps}
    for entry in suited:
        added = Step(choice=STEPS.choose(entry.key), selection=Selection())
        if entry.key not in present and has_work(added, schema):
            yield RecipeChange(instead=entry.key)


def has_work(step: Step, schema: Schema) -> bool:
    """Return whether a step acts on rows or weights, or on some column of a table."""
    entry = STEPS[step.choice.key]
    return entry.acts is not Acts.COLUMNS or bool(columns_of(step, schema)) or not entry.kinds


def _moves(change: RecipeChange) -> bool:
    if change.step == change.instead:
        return False
    acts = {STEPS[change.step].acts, STEPS[change.instead].acts}
    return acts != {Acts.COLUMNS}


def _with_added(recipe: Recipe, change: RecipeChange) -> Recipe:
    """Put the step behind the one that it would follow, were all steps in their usual order."""
    choice = STEPS.choose(change.instead, change.settings)
    placed = add_step(recipe, choice).steps
    place = next(i for i, step in enumerate(placed) if step.choice.key == change.instead)
    index = recipe.steps.index(placed[place - 1]) + 1 if place else 0
    steps = (*recipe.steps[:index], placed[place], *recipe.steps[index:])
    return replace(recipe, steps=steps)


def _swapped(recipe: Recipe, change: RecipeChange) -> Iterator[Step]:
    for step in recipe.steps:
        if step.choice.key != change.step:
            yield step
            continue
        if change.step == change.instead:
            settings = {**step.choice.settings, **change.settings}
            yield replace(step, choice=STEPS.choose(change.instead, settings))
            continue
        selection = step.selection
        if not selection.kinds and not selection.names:
            selection = Selection(kinds=default_kinds(STEPS[step.choice.key]))
        yield Step(choice=STEPS.choose(change.instead, change.settings), selection=selection)


def _titled(recipe: Recipe, change: RecipeChange) -> Recipe:
    return replace(recipe, title=f"{recipe.title}, {change.words}")
