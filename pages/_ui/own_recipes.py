"""One's own recipes: kept in the workspace as they are changed, with a way back in the session.

In drafts a word stands for each: ``own:`` and its key in the store.
"""

from dataclasses import replace

from lab.base import LabError, plain_text
from lab.recipes import Recipe, recipe_from_json, recipe_to_json
from lab.store import KeptRecipe
from pages._ui import cached, session

PREFIX = "own:"
MOST_UNDONE = 50
MOST_STEPS = 100
MOST_BYTES = 200_000
TITLE_LENGTH = 60


def is_own(word: str) -> bool:
    """Return whether a word of a draft stands for one of one's own recipes."""
    return word.startswith(PREFIX)


def own_recipes() -> dict[str, Recipe]:
    """Return one's own recipes by their words, in the order of their titles."""
    kept = cached.store().recipes()
    return {f"{PREFIX}{one.key}": one.recipe for one in kept if one.recipe is not None}


def unreadable() -> tuple[KeptRecipe, ...]:
    """Return the recipes of the workspace that cannot be read."""
    return tuple(one for one in cached.store().recipes() if one.recipe is None)


def own_recipe(word: str) -> Recipe | None:
    """Return the recipe behind a word, or None when there is none that can be read."""
    try:
        return cached.store().load_recipe(_key(word)) if is_own(word) else None
    except LabError:  # told where recipes are chosen
        return None


def word_of(recipe: Recipe) -> str:
    """Return the word of the recipe of one's own that has the same steps, or "" without one."""
    known = own_recipes().items()
    return next((word for word, own in known if own.id == recipe.id), "")


def add(recipe: Recipe, *, title: str = "") -> str:
    """Keep a new recipe under a title that is free, and return its word."""
    key = cached.store().add_recipe(replace(recipe, title=free_title(title or recipe.title)))
    return f"{PREFIX}{key}"


def free_title(title: str, *, but: str = "") -> str:
    """Return a title that no recipe has but that of one word, with a number where it is taken."""
    wanted = plain_text(title, max_length=TITLE_LENGTH) or "Own recipe"
    taken = {recipe.title for word, recipe in own_recipes().items() if word != but}
    numbered = (f"{wanted} {number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)


def change(word: str, recipe: Recipe) -> None:
    """Keep a changed recipe; what it was can be had back."""
    before = own_recipe(word)
    if before is None or before == recipe:
        return
    past, future = session.history(word)
    past.append(recipe_to_json(before))
    del past[:-MOST_UNDONE]
    future.clear()
    _save(word, recipe)


def rename(word: str, title: str) -> None:
    """Give a recipe another title."""
    if (recipe := own_recipe(word)) is not None:
        change(word, replace(recipe, title=free_title(title, but=word)))


def undo(word: str) -> None:
    """Take the last change of a recipe back."""
    past, future = session.history(word)
    _step_over(word, past, future)


def redo(word: str) -> None:
    """Make the last change that was taken back again."""
    past, future = session.history(word)
    _step_over(word, future, past)


def delete(word: str) -> None:
    """Delete a recipe."""
    cached.store().delete_recipe(_key(word))


def read_shared(text: str | bytes) -> Recipe:
    """Return the recipe that somebody shared as JSON.

    Raises
    ------
    LabError
        With all problems, when it is none, or far too large for one.
    """
    if len(text) > MOST_BYTES:
        raise LabError("this is too big for a recipe", hint="Give the JSON of one recipe.")
    recipe = recipe_from_json(text)
    if len(recipe.steps) > MOST_STEPS:
        raise LabError(f"this recipe has {len(recipe.steps)} steps, at most {MOST_STEPS}")
    return recipe


def _step_over(word: str, source: list[str], target: list[str]) -> None:
    recipe = own_recipe(word)
    if recipe is not None and source:
        target.append(recipe_to_json(recipe))
        _save(word, recipe_from_json(source.pop()))


def _save(word: str, recipe: Recipe) -> None:
    cached.store().save_recipe(_key(word), recipe)


def _key(word: str) -> str:
    return word.removeprefix(PREFIX)
